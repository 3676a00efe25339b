"""The workbench finds what an office waits for by an index of its own."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("casework", "0018_grounds_of_capacity")]

    operations = [
        migrations.AddIndex(
            model_name="taskstanding",
            index=models.Index(
                fields=["case_office", "due", "id"],
                name="task_open_with_others",
                condition=Q(("ended_on", None))
                & (~Q(("office", F("case_office"))) | Q(("state", "returned"))),
            ),
        ),
    ]
