"""Row-level security: what somebody was told is read and marked as read by that person alone;
anybody's act may tell. (Messages say whom and when, not what; addresses and choices are asked for
by their person; the administrator's page counts both.)"""

from django.db import migrations

OWN = "user_id::text = (SELECT current_setting('phaseout.person', true))"
ON = f"""
ALTER TABLE notices_notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY told_to_oneself ON notices_notice FOR SELECT USING ({OWN});
CREATE POLICY read_by_oneself ON notices_notice FOR UPDATE USING ({OWN}) WITH CHECK ({OWN});
CREATE POLICY told_by_anybody ON notices_notice FOR INSERT WITH CHECK (true);
"""
OFF = """
DROP POLICY told_by_anybody ON notices_notice;
DROP POLICY read_by_oneself ON notices_notice;
DROP POLICY told_to_oneself ON notices_notice;
ALTER TABLE notices_notice DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]
    operations = [migrations.RunSQL(ON, OFF)]
