"""What the database itself refuses: changing or deleting any row but drafts and knocks; and what
it shows: rows within the reach of the request, who brought a tip to its office only."""

from django.db import migrations

APPENDED = (
    "inspectionact", "plan", "planline", "recusal", "draw", "assignment", "assignedinspector",
    "record", "recordimport", "tip", "tipperson",
)  # fmt: skip

STANDS = "".join(
    f"""
CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON inspections_{table}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON inspections_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
    for table in APPENDED
)
FALLS = "".join(
    f"DROP TRIGGER {table}_stands ON inspections_{table};\n"
    f"DROP TRIGGER {table}_is_kept ON inspections_{table};\n"
    for table in APPENDED
)

MATTER = "dimension || ':' || division_code LIKE ANY ((SELECT phaseout_reach('matters'))::text[])"
OFFICE = "office || ':' || division_code LIKE ANY ((SELECT phaseout_reach('offices'))::text[])"


def _through(table, column):
    return f"EXISTS (SELECT FROM inspections_{table} AS seen WHERE seen.id = {column})"


POLICIES = {
    "inspectionact": MATTER,
    "plan": MATTER,
    "planline": _through("plan", "inspections_planline.plan_id"),
    "draw": MATTER,
    "assignment": MATTER,
    "assignedinspector": _through("assignment", "inspections_assignedinspector.assignment_id"),
    "draft": _through("assignment", "inspections_draft.assignment_id"),
    "record": _through("assignment", "inspections_record.assignment_id"),
    "recordimport": _through("record", "inspections_recordimport.record_id"),
    "tip": MATTER,
    "tipperson": OFFICE,
}
ON = "".join(
    f"ALTER TABLE inspections_{table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON inspections_{table}"
    f" USING (CASE WHEN {condition} THEN true ELSE false END);\n"
    for table, condition in POLICIES.items()
)
OFF = "".join(
    f"DROP POLICY IF EXISTS within_reach ON inspections_{table};\n"
    f"ALTER TABLE inspections_{table} DISABLE ROW LEVEL SECURITY;\n"
    for table in reversed(POLICIES)
)


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0001_initial"),
        ("casework", "0002_acts_stand"),
        ("web", "0003_row_security"),
    ]
    operations = [migrations.RunSQL(STANDS + ON, OFF + FALLS)]
