"""The standing of a task has the dimension of its case, as a deadline has: who may see it is told
from its row alone, and a count over many looks up no case for each."""

from django.db import migrations, models

STANDS = """
CREATE OR REPLACE FUNCTION casework_task_stands() RETURNS trigger LANGUAGE plpgsql AS $$
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
      holder, office, case_office, division_code,{column} state, since, ended_on)
    SELECT NEW.case_id, NEW.task, NEW.item, NEW.arisen_by, NEW.arisen_on, NEW.reported,
      NEW.holder, coalesce(nullif(NEW.office, ''), c.office), c.office, NEW.division_code,{value}
      CASE WHEN NEW.office IN ('', c.office) THEN 'accepted' ELSE 'arisen' END,
      NEW.arisen_on, NEW.done_on
    FROM casework_case AS c WHERE c.id = NEW.case_id
  ON CONFLICT (case_id, task, item, arisen_by) DO UPDATE
    SET ended_on = EXCLUDED.ended_on WHERE NOT (s.reported AND s.state = 'reported');
  RETURN NULL;
END $$;
"""
WITH = STANDS.format(column=" dimension,", value=" c.dimension,")
WITHOUT = STANDS.format(column="", value="")
THERE_ALREADY = """
UPDATE casework_taskstanding AS s SET dimension = c.dimension
  FROM casework_case AS c WHERE c.id = s.case_id;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0020_notices_in_their_room")]

    operations = [
        migrations.AddField(
            model_name="taskstanding",
            name="dimension",
            field=models.CharField(default="", max_length=12, verbose_name="标准"),
            preserve_default=False,
        ),
        migrations.RunSQL(WITH + THERE_ALREADY, WITHOUT),
    ]
