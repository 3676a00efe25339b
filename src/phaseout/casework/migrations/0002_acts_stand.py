"""What the database itself refuses: changing or deleting an act or a ground, changing a case
otherwise than acts do, a case without the act that opened it or without grounds."""

from django.db import migrations

APPENDED = """
CREATE FUNCTION casework_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is appended to only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER act_stands BEFORE UPDATE OR DELETE ON casework_act
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER acts_stand BEFORE TRUNCATE ON casework_act
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER ground_stands BEFORE UPDATE OR DELETE ON casework_ground
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER grounds_stand BEFORE TRUNCATE ON casework_ground
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER case_is_kept BEFORE DELETE ON casework_case
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER cases_are_kept BEFORE TRUNCATE ON casework_case
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER register_is_kept BEFORE DELETE ON casework_register
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
"""

# Everything of a case but where it stands: `to_jsonb(row) - columns` compares all others, those
# that a later migration adds among them.
DERIVED = """
CREATE FUNCTION casework_case_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  derived CONSTANT text[] := ARRAY['stage', 'closed_on'];
BEGIN
  IF to_jsonb(NEW) - derived IS DISTINCT FROM to_jsonb(OLD) - derived THEN
    RAISE EXCEPTION 'a case changes only where it stands (%)', array_to_string(derived, ', ')
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.closed_on IS NOT NULL THEN
    RAISE EXCEPTION 'case % is closed and stays closed', OLD.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER case_changes BEFORE UPDATE ON casework_case
  FOR EACH ROW EXECUTE FUNCTION casework_case_changes();

CREATE FUNCTION casework_register_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.office, NEW.series, NEW.year) IS DISTINCT FROM (OLD.office, OLD.series, OLD.year)
     OR NEW.last <> OLD.last + 1 THEN
    RAISE EXCEPTION 'a register counts up by one'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER register_counts BEFORE UPDATE ON casework_register
  FOR EACH ROW EXECUTE FUNCTION casework_register_counts();
"""

# Checked when the transaction ends: the act is written after the case it opens.
WHOLE = """
CREATE FUNCTION casework_case_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM casework_act WHERE case_id = NEW.id)
     OR NOT EXISTS (SELECT FROM casework_ground WHERE case_id = NEW.id) THEN
    RAISE EXCEPTION 'case % has no act or no ground', NEW.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER case_is_whole AFTER INSERT ON casework_case
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_case_is_whole();

CREATE FUNCTION casework_ground_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM casework_case AS c
    JOIN casework_finding AS f ON f.id = NEW.finding_id
    JOIN casework_act AS a ON a.id = NEW.act_id AND a.case_id = c.id
    WHERE c.id = NEW.case_id AND f.dimension = c.dimension AND f.enterprise_id = c.enterprise_id
      AND (f.line_id IS NULL OR f.line_id = c.line_id)
  ) THEN
    RAISE EXCEPTION 'a ground is of the dimension, the enterprise and the line of its case'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ground_fits BEFORE INSERT ON casework_ground
  FOR EACH ROW EXECUTE FUNCTION casework_ground_fits();
"""

BACK = """
DROP TRIGGER act_stands ON casework_act;
DROP TRIGGER acts_stand ON casework_act;
DROP TRIGGER ground_stands ON casework_ground;
DROP TRIGGER grounds_stand ON casework_ground;
DROP TRIGGER ground_fits ON casework_ground;
DROP TRIGGER case_is_kept ON casework_case;
DROP TRIGGER cases_are_kept ON casework_case;
DROP TRIGGER case_changes ON casework_case;
DROP TRIGGER case_is_whole ON casework_case;
DROP TRIGGER register_is_kept ON casework_register;
DROP TRIGGER register_counts ON casework_register;
DROP FUNCTION casework_refuse_change, casework_case_changes, casework_register_counts,
  casework_case_is_whole, casework_ground_fits;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]

    operations = [migrations.RunSQL(APPENDED + DERIVED + WHOLE, BACK)]
