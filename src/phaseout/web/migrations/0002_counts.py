"""Where allauth counts wrong passwords: shared by all processes, or each would allow five."""

from django.db import migrations

MAKE = """
CREATE UNLOGGED TABLE web_counts (
  cache_key varchar(255) PRIMARY KEY,
  value text NOT NULL,
  expires timestamptz NOT NULL
);
CREATE INDEX web_counts_expires ON web_counts (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("web", "0001_allowance")]

    operations = [migrations.RunSQL(MAKE, "DROP TABLE web_counts")]
