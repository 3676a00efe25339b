"""What the database itself sees to: deadlines that come in too late for the sweep are put before
the next one; a task has its standing as long as it is there; lapses, amendments and what was done
with a task are appended to only."""

from django.db import migrations

# Two days of grace: what is written beside a sweep that runs at the same moment is looked at again.
LATE = """
CREATE FUNCTION casework_deadline_comes_late() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.due IS NOT DISTINCT FROM NEW.due AND OLD.going = NEW.going THEN
    RETURN NULL;
  END IF;
  IF NEW.due < (SELECT max("on") FROM casework_sweep) + 2 THEN
    INSERT INTO casework_latecomer (case_id, period, opened_by)
      VALUES (NEW.case_id, NEW.period, NEW.opened_by);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER deadline_comes_late AFTER INSERT OR UPDATE OF due, going ON casework_casedeadline
  FOR EACH ROW WHEN (NEW.going AND NEW.due IS NOT NULL)
  EXECUTE FUNCTION casework_deadline_comes_late();
"""

# A task of the office of the case itself needs no acceptance; one whose holder is outside this
# system is watched by that office.
TASKS = """
CREATE FUNCTION casework_task_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE casework_taskstanding SET ended_on = coalesce(
        (SELECT done_on FROM casework_act WHERE case_id = OLD.case_id ORDER BY place DESC LIMIT 1),
        OLD.arisen_on)
      WHERE (case_id, task, item, arisen_by) = (OLD.case_id, OLD.task, OLD.item, OLD.arisen_by)
        AND ended_on IS NULL;
    RETURN NULL;
  END IF;
  INSERT INTO casework_taskstanding AS s (case_id, task, item, arisen_by, arisen_on, reported,
      holder, office, case_office, division_code, state, since, ended_on)
    SELECT NEW.case_id, NEW.task, NEW.item, NEW.arisen_by, NEW.arisen_on, NEW.reported,
      NEW.holder, coalesce(nullif(NEW.office, ''), c.office), c.office, NEW.division_code,
      CASE WHEN NEW.office IN ('', c.office) THEN 'accepted' ELSE 'arisen' END,
      NEW.arisen_on, NEW.done_on
    FROM casework_case AS c WHERE c.id = NEW.case_id
  ON CONFLICT (case_id, task, item, arisen_by) DO UPDATE
    SET ended_on = EXCLUDED.ended_on WHERE NOT (s.reported AND s.state = 'reported');
  RETURN NULL;
END $$;
CREATE TRIGGER task_stands AFTER INSERT OR DELETE OR UPDATE OF done_on ON casework_casetask
  FOR EACH ROW EXECUTE FUNCTION casework_task_stands();
"""

APPENDED = "".join(
    f"""
CREATE TRIGGER {name}_stands BEFORE UPDATE OR DELETE ON casework_{name}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {name}s_stand BEFORE TRUNCATE ON casework_{name}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
    for name in ("lapse", "deadlineamendment", "taskact")
)

THERE_ALREADY = """
INSERT INTO casework_taskstanding (case_id, task, item, arisen_by, arisen_on, reported, holder,
    office, case_office, division_code, state, since, ended_on)
  SELECT t.case_id, t.task, t.item, t.arisen_by, t.arisen_on, t.reported, t.holder,
    coalesce(nullif(t.office, ''), c.office), c.office, t.division_code,
    CASE WHEN t.office IN ('', c.office) THEN 'accepted' ELSE 'arisen' END, t.arisen_on, t.done_on
  FROM casework_casetask AS t JOIN casework_case AS c ON c.id = t.case_id;
"""

BACK = """
DROP TRIGGER deadline_comes_late ON casework_casedeadline;
DROP TRIGGER task_stands ON casework_casetask;
DROP FUNCTION casework_deadline_comes_late, casework_task_stands;
""" + "".join(
    f"DROP TRIGGER {name}_stands ON casework_{name};DROP TRIGGER {name}s_stand ON casework_{name};"
    for name in ("lapse", "deadlineamendment", "taskact")
)


class Migration(migrations.Migration):
    dependencies = [("casework", "0011_watching_and_tasks")]

    operations = [migrations.RunSQL(LATE + TASKS + APPENDED + THERE_ALREADY, BACK)]
