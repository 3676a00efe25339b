"""What the database itself refuses: changing or deleting any row; and what it shows: planned lines
within the places of the request, the rest to people of offices."""

from django.db import migrations

APPENDED = (
    "planact", "workplan", "goal", "goalamount", "milestone", "measure", "plannedline", "edition",
    "consultation", "asked", "reply", "opinion", "answer",
)  # fmt: skip

STANDS = "".join(
    f"""
CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON planning_{table}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON planning_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
    for table in APPENDED
)
FALLS = "".join(
    f"DROP TRIGGER {table}_stands ON planning_{table};\n"
    f"DROP TRIGGER {table}_is_kept ON planning_{table};\n"
    for table in APPENDED
)

PLACE = "division_code LIKE ANY ((SELECT phaseout_reach('places'))::text[])"
OFFICIALS = "cardinality((SELECT phaseout_reach('places'))::text[]) > 0"
ON = "".join(
    f"ALTER TABLE planning_{table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON planning_{table} USING"
    f" (CASE WHEN {PLACE if table == 'plannedline' else OFFICIALS} THEN true ELSE false END);\n"
    for table in APPENDED
)
OFF = "".join(
    f"DROP POLICY IF EXISTS within_reach ON planning_{table};\n"
    f"ALTER TABLE planning_{table} DISABLE ROW LEVEL SECURITY;\n"
    for table in reversed(APPENDED)
)


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0001_initial"),
        ("casework", "0002_acts_stand"),
        ("web", "0003_row_security"),
    ]
    operations = [migrations.RunSQL(STANDS + ON, OFF + FALLS)]
