"""An index of what waits for a signature under a norm row: the work list of confirming reads it.

Without it each look at the list, and at what waits on the home page, reads every finding.
"""

from django.db import migrations

# The reasons in the order of `confirming.worklist.NOT_VERIFIED`: PostgreSQL takes the index only
# where the question asks for these very ones.
INDEX = """
CREATE INDEX finding_waits_on_row ON casework_finding (dimension, norm_row)
  INCLUDE (division_code, enterprise_id, line_id, verdict)
  WHERE ended_on IS NULL
    AND reasons && ARRAY['norm_not_verified', 'product_reading_not_verified',
                         'marks_not_verified']::varchar(80)[];
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_findings_stand")]

    operations = [migrations.RunSQL(INDEX, "DROP INDEX finding_waits_on_row;")]
