"""What the database itself refuses: changing or deleting any row but drafts; and what it shows:
rows of the places within the reach of the request. An enterprise sees none of them."""

from django.db import migrations

APPENDED = ("returnact", "return", "returnrow", "countedrow")

STANDS = "".join(
    f"""
CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON returns_{table}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON returns_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
    for table in APPENDED
)
FALLS = "".join(
    f"DROP TRIGGER {table}_stands ON returns_{table};\n"
    f"DROP TRIGGER {table}_is_kept ON returns_{table};\n"
    for table in APPENDED
)

# Of a return the place is its city, of a row the county: a post of a county sees no return.
PLACE = "division_code LIKE ANY ((SELECT phaseout_reach('places'))::text[])"
TABLES = (*APPENDED, "draft")
ON = "".join(
    f"ALTER TABLE returns_{table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON returns_{table}"
    f" USING (CASE WHEN {PLACE} THEN true ELSE false END);\n"
    for table in TABLES
)
OFF = "".join(
    f"DROP POLICY IF EXISTS within_reach ON returns_{table};\n"
    f"ALTER TABLE returns_{table} DISABLE ROW LEVEL SECURITY;\n"
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [
        ("returns", "0001_initial"),
        ("casework", "0002_acts_stand"),
        ("web", "0003_row_security"),
    ]
    operations = [migrations.RunSQL(STANDS + ON, OFF + FALLS)]
