"""What the database itself refuses: changing or deleting any row; and what it shows: measures on
the places within the reach of the request. An enterprise sees none of it."""

from django.db import migrations

APPENDED = (
    "supervisionact", "measure", "signed", "record", "demand", "answer", "check", "lifted",
)  # fmt: skip

STANDS = "".join(
    f"""
CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON supervision_{table}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON supervision_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
    for table in APPENDED
)
FALLS = "".join(
    f"DROP TRIGGER {table}_stands ON supervision_{table};\n"
    f"DROP TRIGGER {table}_is_kept ON supervision_{table};\n"
    for table in APPENDED
)

# The place of a measure is its target's: a city's own code, the region's for a department.
PLACE = "division_code LIKE ANY ((SELECT phaseout_reach('places'))::text[])"


def _with(table, column, own):
    """What belongs to another row is seen with it."""
    return f"EXISTS (SELECT FROM supervision_{table} AS seen WHERE seen.id = {own}.{column})"


POLICIES = {
    "supervisionact": PLACE,
    "measure": PLACE,
    "signed": _with("measure", "measure_id", "supervision_signed"),
    "record": _with("measure", "measure_id", "supervision_record"),
    "demand": _with("measure", "measure_id", "supervision_demand"),
    "answer": _with("demand", "demand_id", "supervision_answer"),
    "check": _with("answer", "answer_id", "supervision_check"),
    "lifted": _with("measure", "measure_id", "supervision_lifted"),
}
ON = "".join(
    f"ALTER TABLE supervision_{table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON supervision_{table}"
    f" USING (CASE WHEN {condition} THEN true ELSE false END);\n"
    for table, condition in POLICIES.items()
)
OFF = "".join(
    f"DROP POLICY IF EXISTS within_reach ON supervision_{table};\n"
    f"ALTER TABLE supervision_{table} DISABLE ROW LEVEL SECURITY;\n"
    for table in reversed(POLICIES)
)


class Migration(migrations.Migration):
    dependencies = [
        ("supervision", "0001_initial"),
        ("casework", "0002_acts_stand"),
        ("web", "0003_row_security"),
    ]
    operations = [migrations.RunSQL(STANDS + ON, OFF + FALLS)]
