"""The number of the notice. Editions before it have none: they get their list and number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lists", "0002_rows_stand")]
    operations = [
        migrations.AddField(
            "edition",
            "document",
            models.CharField("文号", max_length=60, null=True),
        ),
        # Rows stand: the triggers are not told of what was not there before.
        migrations.RunSQL(
            "ALTER TABLE lists_edition DISABLE TRIGGER edition_stands;"
            "UPDATE lists_edition SET document = list_kind || '-' || number;"
            "ALTER TABLE lists_edition ENABLE TRIGGER edition_stands;",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            "edition", "document", models.CharField("文号", max_length=60, unique=True)
        ),
    ]
