"""Checkpoints: appended, never changed or deleted."""

from django.db import migrations, models

KEPT = """
CREATE TRIGGER checkpoint_stands BEFORE UPDATE OR DELETE ON casework_checkpoint
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER checkpoints_stand BEFORE TRUNCATE ON casework_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
BACK = """
DROP TRIGGER checkpoint_stands ON casework_checkpoint;
DROP TRIGGER checkpoints_stand ON casework_checkpoint;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0008_acts_follow"),
    ]

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="日期")),
                ("acts", models.PositiveBigIntegerField(verbose_name="行为总数")),
                ("last_act", models.PositiveBigIntegerField(verbose_name="最后一行为")),
                ("root", models.CharField(max_length=64, verbose_name="总摘要")),
                ("previous", models.CharField(max_length=64, verbose_name="前一总摘要")),
                ("key", models.CharField(max_length=16, verbose_name="密钥标识")),
                ("signature", models.CharField(max_length=128, verbose_name="签名")),
                ("made_at", models.DateTimeField(verbose_name="形成时间")),
            ],
        ),
        migrations.RunSQL(KEPT, BACK),
    ]
