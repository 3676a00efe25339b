"""Who sees a case for a task only reads what concerns the task: what the act that raised it issued,
served and named, and what the own office did. `casework.papers.concerning` says the same in Django.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION phaseout_reads_case(asked bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM casework_case AS c
    WHERE c.id = asked
      AND (c.dimension || ':' || c.division_code LIKE ANY (phaseout_reach('matters'))
        OR c.enterprise_id = ANY (phaseout_reach('usccs')))
  );
END $$;

CREATE FUNCTION phaseout_office_acts(asked bigint, held text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM casework_case AS c
    WHERE c.id = asked AND held || ':' || c.division_code LIKE ANY (phaseout_reach('offices'))
  );
END $$;

CREATE FUNCTION phaseout_raised(asked bigint, act bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM casework_act AS a JOIN casework_casetask AS t
      ON t.case_id = a.case_id AND t.arisen_by = a.place
    WHERE a.id = act AND a.case_id = asked
      AND t.office || ':' || t.division_code LIKE ANY (phaseout_reach('offices'))
  ) OR EXISTS (  -- it may have been handed on
    SELECT FROM casework_act AS a JOIN casework_taskstanding AS t
      ON t.case_id = a.case_id AND t.arisen_by = a.place
    WHERE a.id = act AND a.case_id = asked
      AND t.office || ':' || t.division_code LIKE ANY (phaseout_reach('offices'))
  );
END $$;

CREATE FUNCTION phaseout_own_act(asked bigint, act bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM casework_act AS a
    WHERE a.id = act AND a.case_id = asked AND phaseout_office_acts(asked, a.office)
  );
END $$;
"""
GONE = """
DROP FUNCTION phaseout_own_act(bigint, bigint);
DROP FUNCTION phaseout_raised(bigint, bigint);
DROP FUNCTION phaseout_office_acts(bigint, text);
DROP FUNCTION phaseout_reads_case(bigint);
"""

POLICIES = {
    "issuedpaper": "phaseout_reads_case(case_id) OR phaseout_raised(case_id, act_id)"
    " OR phaseout_raised(case_id, served_by_id) OR phaseout_own_act(case_id, act_id)",
    "namedfile": "phaseout_reads_case(case_id) OR phaseout_raised(case_id, act_id)"
    " OR phaseout_own_act(case_id, act_id)",
    "proposal": "phaseout_reads_case(case_id) OR phaseout_office_acts(case_id, office)",
    "handedin": "phaseout_reads_case(case_id)",
}
NARROWER = "".join(
    f"ALTER POLICY within_reach ON casework_{table}"
    f" USING (CASE WHEN {condition} THEN true ELSE false END);\n"
    for table, condition in POLICIES.items()
)
AS_BEFORE = "".join(
    f"ALTER POLICY within_reach ON casework_{table}"
    " USING (CASE WHEN phaseout_sees_case(case_id) THEN true ELSE false END);\n"
    for table in POLICIES
)


class Migration(migrations.Migration):
    dependencies = [("web", "0003_row_security"), ("casework", "0016_applied_for")]

    operations = [migrations.RunSQL(FUNCTIONS + NARROWER, AS_BEFORE + GONE)]
