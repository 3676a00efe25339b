"""What the database itself refuses: changing or deleting a message or what was done with it; and to
whom it shows them: the office that answers, nobody else. (Who holds a code is answered by a view
that says so.)"""

from django.db import migrations

TABLES = ("messageact", "message", "messagewriter")
OFFICE = "office || ':' || division_code LIKE ANY ((SELECT phaseout_reach('offices'))::text[])"

ON = "".join(
    f"""
CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON publicsite_{table}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON publicsite_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
ALTER TABLE publicsite_{table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY within_reach ON publicsite_{table}
  USING (CASE WHEN {OFFICE} THEN true ELSE false END);
"""
    for table in TABLES
)
OFF = "".join(
    f"""
DROP POLICY IF EXISTS within_reach ON publicsite_{table};
ALTER TABLE publicsite_{table} DISABLE ROW LEVEL SECURITY;
DROP TRIGGER {table}_stands ON publicsite_{table};
DROP TRIGGER {table}_is_kept ON publicsite_{table};
"""
    for table in reversed(TABLES)
)


class Migration(migrations.Migration):
    dependencies = [
        ("publicsite", "0001_initial"),
        ("casework", "0002_acts_stand"),
        ("web", "0003_row_security"),
    ]
    operations = [migrations.RunSQL(ON, OFF)]
