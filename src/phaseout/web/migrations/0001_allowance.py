"""The buckets that `web.api.limits` takes requests from."""

from django.db import migrations

MAKE = """
CREATE UNLOGGED TABLE web_allowance (
  key varchar(80) PRIMARY KEY,
  left_over double precision NOT NULL,
  at timestamptz NOT NULL,
  given boolean NOT NULL
);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [migrations.RunSQL(MAKE, "DROP TABLE web_allowance")]
