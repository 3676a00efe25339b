from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_capacity_of_equipment")]

    operations = [
        migrations.AddField(
            model_name="import",
            name="absent",
            field=models.JSONField(default=dict, verbose_name="文件中没有的列"),
        ),
    ]
