"""The list of cases is read in the order of `pages.keyset`: nulls last, also where there are none."""

from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_findings_waiting_on_rows")]

    operations = [
        migrations.RemoveIndex("case", "case_newest_first"),
        migrations.AddIndex(
            "case",
            models.Index(
                F("opened_on").desc(nulls_last=True),
                F("id").desc(nulls_last=True),
                name="case_newest_first",
            ),
        ),
    ]
