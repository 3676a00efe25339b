"""The database itself sees that each act follows from the one before, and says what its record
says; that a proposal changes only from waiting to settled; that only an act reopens a case."""

from django.db import migrations, models

FOLLOWS = """
CREATE FUNCTION casework_act_says(act casework_act) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT (r ->> 'place')::int = act.place
    AND r ->> 'kind' = act.kind
    AND (r ->> 'done_on')::date = act.done_on
    AND (r ->> 'served_on')::date IS NOT DISTINCT FROM act.served_on
    AND r ->> 'function' = act.function
    AND r ->> 'office' = act.office
    AND r -> 'organisation' = jsonb_build_array(act.organisation_zh, act.organisation_en)
    AND r -> 'basis' = act.basis
    AND r -> 'facts' = act.facts
    AND r -> 'detail' = act.detail
    AND r ->> 'reason' = act.reason
    AND (r ->> 'key')::uuid = act.key
    AND (r ->> 'recorded_at')::timestamptz = act.recorded_at
    AND (r -> 'signed_by' = 'null') = (act.signed_by_id IS NULL)
  FROM (SELECT act.record::jsonb AS r) AS text
$$;

CREATE FUNCTION casework_act_digest(previous text, record text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(previous || record, 'UTF8')), 'hex')
$$;

CREATE FUNCTION casework_act_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before text := repeat('0', 64);
BEGIN
  IF NEW.place > 1 THEN
    SELECT digest INTO before FROM casework_act
      WHERE case_id = NEW.case_id AND place = NEW.place - 1;
  END IF;
  IF NEW.previous IS DISTINCT FROM before
     OR NEW.digest <> casework_act_digest(NEW.previous, NEW.record) THEN
    RAISE EXCEPTION 'act % of case % does not follow from the act before', NEW.place, NEW.case_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT casework_act_says(NEW) THEN
    RAISE EXCEPTION 'act % of case % is not what its record says', NEW.place, NEW.case_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER act_follows BEFORE INSERT ON casework_act
  FOR EACH ROW EXECUTE FUNCTION casework_act_follows();
"""

REOPENED = """
CREATE OR REPLACE FUNCTION casework_case_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  derived CONSTANT text[] := ARRAY['stage', 'closed_on'];
  last_kind text;
BEGIN
  IF to_jsonb(NEW) - derived IS DISTINCT FROM to_jsonb(OLD) - derived THEN
    RAISE EXCEPTION 'a case changes only where it stands (%)', array_to_string(derived, ', ')
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.closed_on IS NOT NULL THEN
    SELECT kind INTO last_kind FROM casework_act
      WHERE case_id = NEW.id ORDER BY place DESC LIMIT 1;
    IF last_kind NOT IN ('reopen', 'restart_after_exit')
       AND last_kind NOT LIKE '%%decision_annulled' THEN
      RAISE EXCEPTION 'case % is closed and stays closed', OLD.number
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
"""

SETTLED = """
CREATE FUNCTION casework_proposal_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  settling CONSTANT text[] :=
    ARRAY['state', 'settled_by_id', 'settled_on', 'answer', 'act_id'];
BEGIN
  IF OLD.state <> 'waiting'
     OR to_jsonb(NEW) - settling IS DISTINCT FROM to_jsonb(OLD) - settling THEN
    RAISE EXCEPTION 'a proposal changes once, from waiting to settled'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposal_changes BEFORE UPDATE ON casework_proposal
  FOR EACH ROW EXECUTE FUNCTION casework_proposal_changes();
CREATE TRIGGER proposal_is_kept BEFORE DELETE ON casework_proposal
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
"""

BACK = """
DROP TRIGGER act_follows ON casework_act;
DROP TRIGGER proposal_changes ON casework_proposal;
DROP TRIGGER proposal_is_kept ON casework_proposal;
DROP FUNCTION casework_act_follows, casework_act_says, casework_act_digest,
  casework_proposal_changes;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0007_acts_sealed")]

    operations = [
        migrations.AlterField(
            model_name="act",
            name="digest",
            field=models.CharField(max_length=64, unique=True, verbose_name="摘要"),
        ),
        migrations.AlterField(
            model_name="act",
            name="previous",
            field=models.CharField(max_length=64, verbose_name="前一行为摘要"),
        ),
        migrations.AlterField(
            model_name="act",
            name="record",
            field=models.TextField(verbose_name="记录原文"),
        ),
        migrations.RunSQL(FOLLOWS + REOPENED.replace("%%", "%") + SETTLED, BACK),
    ]
