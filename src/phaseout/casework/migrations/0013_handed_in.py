"""Evidence that an enterprise hands in; it stands."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE TRIGGER handed_in_stands BEFORE UPDATE OR DELETE ON casework_handedin
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
"""
BACK = "DROP TRIGGER handed_in_stands ON casework_handedin;"


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0012_watched_by_the_database"),
        ("evidence", "0002_days_and_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HandedIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.CharField(max_length=500, verbose_name="证明内容")),
                ("handed_on", models.DateField(verbose_name="提交日")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handed_in",
                        to="casework.case",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.evidencefile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "file"), name="file_handed_in_once")
                ],
            },
        ),
        migrations.RunSQL(KEPT, BACK),
    ]
