"""What the database itself does for findings: refuses to change a version that was given, and
counts those that stand, statement by statement."""

from django.db import migrations

STAND = """
CREATE FUNCTION casework_version_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ending CONSTANT text[] := ARRAY['ended_on', 'ended_by_id', 'gravity', 'until'];
BEGIN
  IF OLD.ended_on IS NOT NULL OR NEW.ended_on IS NULL
     OR to_jsonb(NEW) - ending IS DISTINCT FROM to_jsonb(OLD) - ending THEN
    RAISE EXCEPTION '%: a version only ends, once', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER finding_ends BEFORE UPDATE ON casework_finding
  FOR EACH ROW EXECUTE FUNCTION casework_version_ends();
CREATE TRIGGER standing_ends BEFORE UPDATE ON casework_linestanding
  FOR EACH ROW EXECUTE FUNCTION casework_version_ends();

CREATE FUNCTION casework_version_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: a version is kept for ever', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER finding_is_kept BEFORE DELETE ON casework_finding
  FOR EACH ROW EXECUTE FUNCTION casework_version_is_kept();
CREATE TRIGGER standing_is_kept BEFORE DELETE ON casework_linestanding
  FOR EACH ROW EXECUTE FUNCTION casework_version_is_kept();
CREATE TRIGGER reasoning_is_kept BEFORE UPDATE OR DELETE ON casework_reasoning
  FOR EACH ROW EXECUTE FUNCTION casework_version_is_kept();
"""

# Versions are never deleted, so that counting what begins and what ends is counting all.
TALLY = """
CREATE FUNCTION casework_tally_begun() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO casework_findingtally AS t
    (division_code, industry, dimension, verdict, provisional, effect, count)
  SELECT division_code, industry, dimension, verdict, provisional, effect, count(*)
  FROM begun WHERE ended_on IS NULL
  GROUP BY division_code, industry, dimension, verdict, provisional, effect
  ON CONFLICT (division_code, industry, dimension, verdict, provisional, effect)
  DO UPDATE SET count = t.count + excluded.count;
  RETURN NULL;
END $$;
CREATE TRIGGER finding_tally_begun AFTER INSERT ON casework_finding
  REFERENCING NEW TABLE AS begun
  FOR EACH STATEMENT EXECUTE FUNCTION casework_tally_begun();

CREATE FUNCTION casework_tally_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE casework_findingtally AS t SET count = t.count - e.count
  FROM (
    SELECT division_code, industry, dimension, verdict, provisional, effect, count(*) AS count
    FROM ended
    GROUP BY division_code, industry, dimension, verdict, provisional, effect
  ) AS e
  WHERE (t.division_code, t.industry, t.dimension, t.verdict, t.provisional, t.effect)
    = (e.division_code, e.industry, e.dimension, e.verdict, e.provisional, e.effect);
  RETURN NULL;
END $$;
CREATE TRIGGER finding_tally_ended AFTER UPDATE ON casework_finding
  REFERENCING NEW TABLE AS ended
  FOR EACH STATEMENT EXECUTE FUNCTION casework_tally_ended();
"""

BACK = """
DROP TRIGGER finding_tally_ended ON casework_finding;
DROP TRIGGER finding_tally_begun ON casework_finding;
DROP TRIGGER reasoning_is_kept ON casework_reasoning;
DROP TRIGGER standing_is_kept ON casework_linestanding;
DROP TRIGGER finding_is_kept ON casework_finding;
DROP TRIGGER standing_ends ON casework_linestanding;
DROP TRIGGER finding_ends ON casework_finding;
DROP FUNCTION casework_tally_ended();
DROP FUNCTION casework_tally_begun();
DROP FUNCTION casework_version_is_kept();
DROP FUNCTION casework_version_ends();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_acts_stand")]

    operations = [migrations.RunSQL(STAND + TALLY, BACK)]
