"""A meeting is moved or called off: a row beside it, which stands as all rows of the room do."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

STANDS = """
CREATE TRIGGER change_stands BEFORE UPDATE OR DELETE ON mechanism_change
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER change_is_kept BEFORE TRUNCATE ON mechanism_change
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
FALLS = """
DROP TRIGGER change_stands ON mechanism_change;
DROP TRIGGER change_is_kept ON mechanism_change;
"""
OFFICIALS = "cardinality((SELECT phaseout_reach('places'))::text[]) > 0"
ON = f"""
ALTER TABLE mechanism_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY within_reach ON mechanism_change
  USING (CASE WHEN {OFFICIALS} THEN true ELSE false END);
"""
OFF = """
DROP POLICY IF EXISTS within_reach ON mechanism_change;
ALTER TABLE mechanism_change DISABLE ROW LEVEL SECURITY;
"""
KINDS = [
    ("call", "召集会议"),
    ("move", "会议改期"),
    ("call_off", "取消会议"),
    ("minutes", "拟写纪要"),
    ("issue", "印发纪要"),
    ("report", "反馈落实情况"),
    ("check", "核实落实情况"),
]


class Migration(migrations.Migration):
    dependencies = [("mechanism", "0002_rows_stand")]
    operations = [
        migrations.AlterField(
            model_name="mechanismact",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=10, verbose_name="行为"),
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("called_off", models.BooleanField(verbose_name="取消")),
                ("on", models.DateField(null=True, verbose_name="会议日期")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                ("reason", models.TextField(verbose_name="原因")),
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change",
                        to="mechanism.mechanismact",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="mechanism.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("called_off", True)),
                        fields=("meeting",),
                        name="meeting_called_off_once",
                    ),
                    models.CheckConstraint(
                        condition=Q(("called_off", True), ("on", None), ("place", ""))
                        | (Q(("called_off", False), ("on__isnull", False)) & ~Q(("place", ""))),
                        name="meeting_moved_to_a_day_and_a_place",
                    ),
                    models.CheckConstraint(
                        condition=~Q(("reason", "")), name="meeting_changed_for_a_reason"
                    ),
                ],
            },
        ),
        migrations.RunSQL(STANDS + ON, OFF + FALLS),
    ]
