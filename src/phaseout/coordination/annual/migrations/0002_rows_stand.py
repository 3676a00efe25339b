"""What the database itself refuses: changing or deleting any row; and what it shows: rows of the
places within the reach of the request. The acts and errata are of the region: who reads over it
sees them."""

from django.db import migrations

TABLES = ("annualact", "freeze", "frozenrow", "frozenbalance", "erratum")

STANDS = "".join(
    f"""
CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON annual_{table}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON annual_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
    for table in TABLES
)
FALLS = "".join(
    f"DROP TRIGGER {table}_stands ON annual_{table};\n"
    f"DROP TRIGGER {table}_is_kept ON annual_{table};\n"
    for table in TABLES
)

# A freeze says nothing of an enterprise: any office may know that it is there (returns ask whether
# a year stands fixed). Errata name a row: they are seen with the act, which is of the region.
PLACE = "division_code LIKE ANY ((SELECT phaseout_reach('places'))::text[])"
REGION = "EXISTS (SELECT FROM annual_annualact AS seen WHERE seen.id = annual_erratum.act_id)"
POLICIES = {"frozenrow": PLACE, "annualact": PLACE, "erratum": REGION}
ON = "".join(
    f"ALTER TABLE annual_{table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON annual_{table}"
    f" USING (CASE WHEN {condition} THEN true ELSE false END);\n"
    for table, condition in POLICIES.items()
)
OFF = "".join(
    f"DROP POLICY IF EXISTS within_reach ON annual_{table};\n"
    f"ALTER TABLE annual_{table} DISABLE ROW LEVEL SECURITY;\n"
    for table in POLICIES
)


class Migration(migrations.Migration):
    dependencies = [
        ("annual", "0001_initial"),
        ("returns", "0002_rows_stand"),
    ]
    operations = [migrations.RunSQL(STANDS + ON, OFF + FALLS)]
