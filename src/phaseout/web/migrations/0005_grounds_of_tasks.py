"""Who sees a case for a task only does not read the findings it rests on, nor how they were judged:
what the task needs to know stands in the document of the act that raised it (decision 0045).
"""

from django.db import migrations

FINDINGS = """
CREATE OR REPLACE FUNCTION phaseout_is_ground(asked bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM casework_ground AS g
    WHERE g.finding_id = asked AND {}(g.case_id)
  );
END $$;
"""
GROUNDS = (
    "ALTER POLICY within_reach ON casework_ground"
    " USING (CASE WHEN {}(case_id) THEN true ELSE false END);\n"
)


class Migration(migrations.Migration):
    dependencies = [("web", "0004_papers_of_tasks")]

    operations = [
        migrations.RunSQL(
            (FINDINGS + GROUNDS).replace("{}", "phaseout_reads_case"),
            (FINDINGS + GROUNDS).replace("{}", "phaseout_sees_case"),
        )
    ]
