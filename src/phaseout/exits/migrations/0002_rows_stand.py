"""What the database itself refuses: changing or deleting any row; and what it shows: the rows of
cases within the reach of the request."""

from django.db import migrations

APPENDED = ("exitact", "exitfile")

STANDS = "".join(
    f"""
CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON exits_{table}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON exits_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
    for table in APPENDED
)
FALLS = "".join(
    f"DROP TRIGGER {table}_stands ON exits_{table};\n"
    f"DROP TRIGGER {table}_is_kept ON exits_{table};\n"
    for table in APPENDED
)
POLICIES = {
    "exitact": "phaseout_sees_case(case_id)",
    "exitfile": "EXISTS (SELECT FROM exits_exitact AS seen WHERE seen.id = exits_exitfile.act_id)",
}
ON = "".join(
    f"ALTER TABLE exits_{table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON exits_{table}"
    f" USING (CASE WHEN {condition} THEN true ELSE false END);\n"
    for table, condition in POLICIES.items()
)
OFF = "".join(
    f"DROP POLICY IF EXISTS within_reach ON exits_{table};\n"
    f"ALTER TABLE exits_{table} DISABLE ROW LEVEL SECURITY;\n"
    for table in reversed(POLICIES)
)


class Migration(migrations.Migration):
    dependencies = [
        ("exits", "0001_initial"),
        ("casework", "0002_acts_stand"),
        ("web", "0003_row_security"),
    ]
    operations = [migrations.RunSQL(STANDS + ON, OFF + FALLS)]
