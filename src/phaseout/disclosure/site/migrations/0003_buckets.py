"""How often a network address has asked for public pages (`limiting`): one count for all processes.
Unlogged: writing it costs no wait for the disk, and after a crash everybody begins anew."""

from django.db import migrations

MAKE = """
CREATE UNLOGGED TABLE publicsite_bucket (
  address text PRIMARY KEY,
  remaining double precision NOT NULL,
  given double precision NOT NULL,
  at timestamptz NOT NULL
) WITH (fillfactor = 70);
"""


class Migration(migrations.Migration):
    dependencies = [("publicsite", "0002_rows_stand")]

    operations = [migrations.RunSQL(MAKE, "DROP TABLE publicsite_bucket")]
