"""What the database itself refuses: changing or deleting any row; and what it shows: everything
about single people to the human-resources office and their own enterprise only."""

from django.db import migrations

TABLES = (
    "employeeact", "wagestandard", "settlement", "procedure", "employeelist", "employee",
    "assessment", "paid", "step",
)  # fmt: skip
STANDS = "".join(
    f"""
CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON employees_{table}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON employees_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
    for table in TABLES
)
FALLS = "".join(
    f"DROP TRIGGER {table}_stands ON employees_{table};\n"
    f"DROP TRIGGER {table}_is_kept ON employees_{table};\n"
    for table in TABLES
)

PLACE = "division_code LIKE ANY ((SELECT phaseout_reach('places'))::text[])"
OWN = "= ANY ((SELECT phaseout_reach('usccs'))::text[])"
# Not the office of a city: its bureaus share one, and only the human-resources office sees names.
HR = "'hr:' || division_code LIKE ANY ((SELECT phaseout_reach('offices'))::text[])"


def _through(table, column):
    return f"EXISTS (SELECT FROM employees_{table} AS seen WHERE seen.id = {column})"


# Published wages (wagestandard) are everybody's.
POLICIES = {
    "employeeact": f"{HR} OR uscc {OWN}",
    "settlement": f"{PLACE} OR enterprise_id {OWN}",
    "procedure": _through("settlement", "employees_procedure.settlement_id"),
    "employeelist": _through("employeeact", "employees_employeelist.act_id"),
    "employee": f"{HR} OR uscc {OWN}",
    "assessment": _through("employee", "employees_assessment.employee_id"),
    "paid": _through("employeeact", "employees_paid.act_id"),
    "step": _through("employeeact", "employees_step.act_id"),
}
ON = "".join(
    f"ALTER TABLE employees_{table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON employees_{table}"
    f" USING (CASE WHEN {condition} THEN true ELSE false END);\n"
    for table, condition in POLICIES.items()
)
OFF = "".join(
    f"DROP POLICY IF EXISTS within_reach ON employees_{table};\n"
    f"ALTER TABLE employees_{table} DISABLE ROW LEVEL SECURITY;\n"
    for table in reversed(POLICIES)
)


class Migration(migrations.Migration):
    dependencies = [
        ("employees", "0001_initial"),
        ("casework", "0002_acts_stand"),
        ("web", "0003_row_security"),
    ]
    operations = [migrations.RunSQL(STANDS + ON, OFF + FALLS)]
