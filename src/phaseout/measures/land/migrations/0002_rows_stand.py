"""What the database itself refuses: changing or deleting a row, giving more than came in; and what
it shows: parcels within the reach of the request, and what belongs to them."""

from django.db import migrations

TABLES = ("landact", "parcel", "continueduse", "landmoney")

STANDS = "".join(
    f"""
CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON land_{table}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON land_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
    for table in TABLES
)
FALLS = "".join(
    f"DROP TRIGGER {table}_stands ON land_{table};\nDROP TRIGGER {table}_is_kept ON land_{table};\n"
    for table in TABLES
)

# Whoever wrote the row: the function looks over all rows of the parcel.
COVERED = """
CREATE FUNCTION land_money_is_covered() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM land_parcel WHERE id = NEW.parcel_id FOR NO KEY UPDATE;
  IF (SELECT COALESCE(SUM(CASE kind WHEN 'income' THEN amount ELSE -amount END), 0)
      FROM land_landmoney WHERE parcel_id = NEW.parcel_id) < 0 THEN
    RAISE EXCEPTION 'more is assigned than the parcel brought in' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER landmoney_is_covered AFTER INSERT ON land_landmoney
  FOR EACH ROW EXECUTE FUNCTION land_money_is_covered();
"""
UNCOVERED = """
DROP TRIGGER landmoney_is_covered ON land_landmoney;
DROP FUNCTION land_money_is_covered();
"""

PLACE = "division_code LIKE ANY ((SELECT phaseout_reach('places'))::text[])"
OWN = "enterprise_id = ANY ((SELECT phaseout_reach('usccs'))::text[])"


def _of_parcel(table):
    return f"EXISTS (SELECT FROM land_parcel AS seen WHERE seen.id = land_{table}.parcel_id)"


POLICIES = {
    "parcel": f"{PLACE} OR {OWN}",
    "landact": _of_parcel("landact"),
    "continueduse": _of_parcel("continueduse"),
    "landmoney": _of_parcel("landmoney"),
}
ON = "".join(
    f"ALTER TABLE land_{table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON land_{table}"
    f" USING (CASE WHEN {condition} THEN true ELSE false END);\n"
    for table, condition in POLICIES.items()
)
OFF = "".join(
    f"DROP POLICY IF EXISTS within_reach ON land_{table};\n"
    f"ALTER TABLE land_{table} DISABLE ROW LEVEL SECURITY;\n"
    for table in reversed(POLICIES)
)


class Migration(migrations.Migration):
    dependencies = [
        ("land", "0001_initial"),
        ("casework", "0002_acts_stand"),
        ("web", "0003_row_security"),
    ]
    operations = [migrations.RunSQL(STANDS + COVERED + ON, OFF + UNCOVERED + FALLS)]
