"""What the database itself refuses: changing or deleting any row; and what it shows: everything to
people of offices, nothing to others. Nothing here is of one enterprise."""

from django.db import migrations

APPENDED = ("mechanismact", "meeting", "minutes", "point", "issue", "report", "check")

STANDS = "".join(
    f"""
CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON mechanism_{table}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON mechanism_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
    for table in APPENDED
)
FALLS = "".join(
    f"DROP TRIGGER {table}_stands ON mechanism_{table};\n"
    f"DROP TRIGGER {table}_is_kept ON mechanism_{table};\n"
    for table in APPENDED
)
OFFICIALS = "cardinality((SELECT phaseout_reach('places'))::text[]) > 0"
ON = "".join(
    f"ALTER TABLE mechanism_{table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON mechanism_{table}"
    f" USING (CASE WHEN {OFFICIALS} THEN true ELSE false END);\n"
    for table in APPENDED
)
OFF = "".join(
    f"DROP POLICY IF EXISTS within_reach ON mechanism_{table};\n"
    f"ALTER TABLE mechanism_{table} DISABLE ROW LEVEL SECURITY;\n"
    for table in reversed(APPENDED)
)


class Migration(migrations.Migration):
    dependencies = [
        ("mechanism", "0001_initial"),
        ("casework", "0002_acts_stand"),
        ("web", "0003_row_security"),
    ]
    operations = [migrations.RunSQL(STANDS + ON, OFF + FALLS)]
