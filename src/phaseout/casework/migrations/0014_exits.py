"""An exit is a case beside the one that decided it: uniqueness and serials count by procedure."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0013_handed_in"),
        ("registry", "0002_versions"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="case",
            name="case_one_open_per_line_and_dimension",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_serial_given_once",
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on", None)),
                fields=("line", "dimension", "procedure"),
                name="case_one_open_per_line_and_procedure",
                violation_error_message="该生产线在此标准下已有未结案件，请在原案件中办理。",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                fields=("office", "dimension", "procedure", "year", "serial"),
                name="case_serial_given_once",
            ),
        ),
    ]
