"""Row-level security: to the site's role a table shows what lies within the reach of the request.

The reach is in four settings of the session (`phaseout.database.reach`); where they are not set a
comparison with them is never true. Policies are of every role; owners of tables are not bound by
them, so that jobs, migrations and commands see everything.

Case tables ask functions that run as the owner: a case is seen by who covers its dimension and
place, by its enterprise, and by the offices that hold a task of it.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION phaseout_reach(what text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT string_to_array(current_setting('phaseout.' || what, true), ',') $$;

CREATE FUNCTION phaseout_has_task(asked bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM casework_casetask AS t
    WHERE t.case_id = asked
      AND t.office || ':' || t.division_code LIKE ANY (phaseout_reach('offices'))
  ) OR EXISTS (  -- it may have been handed on
    SELECT FROM casework_taskstanding AS t
    WHERE t.case_id = asked
      AND t.office || ':' || t.division_code LIKE ANY (phaseout_reach('offices'))
  );
END $$;

CREATE FUNCTION phaseout_sees_case(asked bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM casework_case AS c
    WHERE c.id = asked
      AND (c.dimension || ':' || c.division_code LIKE ANY (phaseout_reach('matters'))
        OR c.enterprise_id = ANY (phaseout_reach('usccs')))
  ) OR phaseout_has_task(asked);
END $$;

CREATE FUNCTION phaseout_is_ground(asked bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM casework_ground AS g
    WHERE g.finding_id = asked AND phaseout_sees_case(g.case_id)
  );
END $$;
"""

PLACE = "division_code LIKE ANY ((SELECT phaseout_reach('places'))::text[])"
MATTER = "dimension || ':' || division_code LIKE ANY ((SELECT phaseout_reach('matters'))::text[])"
OFFICE = "office || ':' || division_code LIKE ANY ((SELECT phaseout_reach('offices'))::text[])"


def _own(column):
    return f"{column} = ANY ((SELECT phaseout_reach('usccs'))::text[])"


def _through(table, key, column):
    """What belongs to a row of another table is seen with that row."""
    return f"EXISTS (SELECT FROM {table} AS seen WHERE seen.{key} = {column})"


# The names of columns are those of the table itself: a subquery names them with it.
POLICIES = {
    # An enterprise is seen with any of its lines: its seat may be in another city.
    "registry_enterprise": f"{PLACE} OR {_own('uscc')} OR "
    + _through("registry_productionline", "enterprise_id", "registry_enterprise.uscc"),
    "registry_site": f"{PLACE} OR {_own('enterprise_id')}",
    "registry_productionline": f"{PLACE} OR {_own('enterprise_id')}",
    "casework_finding": f"{MATTER} OR {_own('enterprise_id')} OR phaseout_is_ground(id)",
    "casework_reasoning": _through("casework_finding", "id", "casework_reasoning.finding_id"),
    "casework_linestanding": f"{PLACE} OR {_own('enterprise_id')}",
    "casework_case": f"{MATTER} OR {_own('enterprise_id')} OR phaseout_has_task(id)",
    "casework_casedeadline": f"{MATTER} OR phaseout_sees_case(case_id)",
    "casework_casetask": f"{OFFICE} OR phaseout_sees_case(case_id)",
    "casework_taskstanding": f"{OFFICE} OR phaseout_sees_case(case_id)",
    "casework_paperreceipt": _through(
        "casework_issuedpaper", "id", "casework_paperreceipt.paper_id"
    ),
}
OF_A_CASE = (
    "act", "ground", "proposal", "taskact", "lapse", "latecomer", "notice", "deadlineamendment",
    "issuedpaper", "namedfile", "handedin", "handedin",
)  # fmt: skip
for table in OF_A_CASE:
    POLICIES[f"casework_{table}"] = "phaseout_sees_case(case_id)"
for facts in ("enterprises", "lines", "allowances", "permits"):
    POLICIES[f"fact_{facts}"] = _through("registry_enterprise", "uscc", f"fact_{facts}.uscc")
for facts in ("equipment", "energy", "energy_inputs", "outputs", "outlets", "tests", "hazards"):
    POLICIES[f"fact_{facts}"] = _through(
        "registry_productionline", "line_id", f"fact_{facts}.line_id"
    )
for facts in ("permitted", "monitoring"):
    POLICIES[f"fact_{facts}"] = _through("fact_outlets", "outlet_id", f"fact_{facts}.outlet_id")
POLICIES["fact_conditions"] = " OR ".join(
    _through(f"fact_{table}", key, "fact_conditions.owner_id")
    for table, key in (("outlets", "outlet_id"), ("energy", "fact_id"))
)

# The planner knows nothing of a list it will only get to see when it runs, and takes it to let
# hardly any row pass; of a CASE it takes half to pass, which is nearer for most who ask.
ON = "".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON {table}"
    f" USING (CASE WHEN {condition} THEN true ELSE false END);\n"
    for table, condition in POLICIES.items()
)
OFF = "".join(
    f"DROP POLICY IF EXISTS within_reach ON {table};\nALTER TABLE {table} DISABLE ROW LEVEL SECURITY;\n"
    for table in reversed(POLICIES)
)
GONE = """
DROP FUNCTION phaseout_is_ground(bigint);
DROP FUNCTION phaseout_sees_case(bigint);
DROP FUNCTION phaseout_has_task(bigint);
DROP FUNCTION phaseout_reach(text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0002_counts"),
        ("casework", "0014_exits"),
        ("registry", "0002_versions"),
    ]
    operations = [migrations.RunSQL(FUNCTIONS + ON, OFF + GONE)]
