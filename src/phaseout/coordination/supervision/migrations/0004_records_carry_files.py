from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("supervision", "0003_answers_carry_files"),
    ]

    operations = [
        migrations.AddField(
            model_name="record",
            name="files",
            field=models.JSONField(default=list, verbose_name="附件"),
        ),
    ]
