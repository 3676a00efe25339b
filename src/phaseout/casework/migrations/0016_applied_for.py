"""A case that an enterprise opens by its application rests on no finding: that one act needs none."""

from django.db import migrations

WHOLE = """
CREATE OR REPLACE FUNCTION casework_case_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM casework_act WHERE case_id = NEW.id)
     OR NOT (EXISTS (SELECT FROM casework_ground WHERE case_id = NEW.id){without}) THEN
    RAISE EXCEPTION 'case % has no act or no ground', NEW.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
"""
APPLIED_FOR = """
       OR NEW.procedure = 'exit' AND EXISTS (
         SELECT FROM casework_act
         WHERE case_id = NEW.id AND place = 1 AND kind = 'apply_exit')"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0015_deadlines_next")]

    operations = [
        migrations.RunSQL(WHOLE.replace("{without}", APPLIED_FOR), WHOLE.replace("{without}", ""))
    ]
