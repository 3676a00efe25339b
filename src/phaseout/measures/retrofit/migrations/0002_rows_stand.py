"""What the database itself refuses: changing or deleting a row; and what it shows: projects within
the reach of the request, and what belongs to them."""

from django.db import migrations

TABLES = ("project", "retrofitact")

STANDS = "".join(
    f"""
CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON retrofit_{table}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON retrofit_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
    for table in TABLES
)
FALLS = "".join(
    f"DROP TRIGGER {table}_stands ON retrofit_{table};\n"
    f"DROP TRIGGER {table}_is_kept ON retrofit_{table};\n"
    for table in TABLES
)

MATTER = "dimension || ':' || division_code LIKE ANY ((SELECT phaseout_reach('matters'))::text[])"
OWN = "enterprise_id = ANY ((SELECT phaseout_reach('usccs'))::text[])"
POLICIES = {
    "project": f"{MATTER} OR {OWN}",
    "retrofitact": "EXISTS (SELECT FROM retrofit_project AS seen"
    " WHERE seen.id = retrofit_retrofitact.project_id)",
}
ON = "".join(
    f"ALTER TABLE retrofit_{table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON retrofit_{table}"
    f" USING (CASE WHEN {condition} THEN true ELSE false END);\n"
    for table, condition in POLICIES.items()
)
OFF = "".join(
    f"DROP POLICY IF EXISTS within_reach ON retrofit_{table};\n"
    f"ALTER TABLE retrofit_{table} DISABLE ROW LEVEL SECURITY;\n"
    for table in reversed(POLICIES)
)


class Migration(migrations.Migration):
    dependencies = [
        ("retrofit", "0001_initial"),
        ("casework", "0002_acts_stand"),
        ("web", "0003_row_security"),
    ]
    operations = [migrations.RunSQL(STANDS + ON, OFF + FALLS)]
