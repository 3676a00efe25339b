"""What people were told moves to the room of notices, with whether it was read and had gone out.
Addresses move too, but must be confirmed: until now a code was asked of nobody."""

from django.db import migrations

NOTICES = """
WITH out AS (
  INSERT INTO notices_message (id, user_id, purpose, "on", state, count, title, way, address,
      tries, why, made_at, next_try_at, claimed_at, ended_at)
    SELECT gen_random_uuid(), user_id, 'at_once', max(given_on), 'sent', count(*), '', '', '', 1,
      '', max(sent_at), max(sent_at), max(sent_at), max(sent_at)
    FROM casework_notice WHERE sent_at IS NOT NULL GROUP BY user_id
  RETURNING id, user_id)
INSERT INTO notices_notice (user_id, subject, kind, about, item, place, due, step, given_on,
    recorded_at, read_at, message_id)
  SELECT n.user_id, 'case:' || n.case_id,
    CASE WHEN n.kind = 'task' AND (n.step = 'overdue' OR n.step LIKE 'urged%') THEN 'urged'
      ELSE n.kind END,
    n.about, n.item, n.place, n.due, n.step, n.given_on, n.recorded_at, n.read_at,
    CASE WHEN n.sent_at IS NOT NULL THEN out.id END
  FROM casework_notice AS n LEFT JOIN out USING (user_id) ORDER BY n.id;
INSERT INTO notices_address (user_id, way, address, language, set_on, code_digest, code_tries,
    failed_why)
  SELECT user_id, way, address, 'zh-hans', set_on, '', 0, '' FROM casework_noticeaddress;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0019_tasks_with_others"),
        ("notices", "0002_own_rows"),
        ("web", "0005_grounds_of_tasks"),  # policies of the table that goes
    ]

    operations = [
        migrations.RunSQL(NOTICES, migrations.RunSQL.noop),
        migrations.DeleteModel("Notice"),
        migrations.DeleteModel("NoticeAddress"),
    ]
