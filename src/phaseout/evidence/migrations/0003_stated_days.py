"""Every statement of a file's days is a row of its own, chained to the one before; the database
gives place and digest, writes the days to the file, and refuses every other change of a file."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STANDS = """
CREATE FUNCTION evidence_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is appended to only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER statement_stands BEFORE UPDATE OR DELETE ON evidence_stateddays
  FOR EACH ROW EXECUTE FUNCTION evidence_refuse_change();
CREATE TRIGGER statements_stand BEFORE TRUNCATE ON evidence_stateddays
  FOR EACH STATEMENT EXECUTE FUNCTION evidence_refuse_change();
CREATE TRIGGER file_is_kept BEFORE DELETE ON evidence_evidencefile
  FOR EACH ROW EXECUTE FUNCTION evidence_refuse_change();
CREATE TRIGGER files_are_kept BEFORE TRUNCATE ON evidence_evidencefile
  FOR EACH STATEMENT EXECUTE FUNCTION evidence_refuse_change();
"""

# The text that is hashed stands in `evidence.chain.said` too: the audit computes it without us.
CHAINED = """
CREATE FUNCTION evidence_chain_statement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  file evidence_evidencefile;
  last evidence_stateddays;
BEGIN
  SELECT * INTO file FROM evidence_evidencefile WHERE id = NEW.file_id FOR UPDATE;
  SELECT * INTO last FROM evidence_stateddays WHERE file_id = NEW.file_id
    ORDER BY place DESC LIMIT 1;
  NEW.place := coalesce(last.place, 0) + 1;
  NEW.previous := coalesce(last.digest, repeat('0', 64));
  IF NEW.key IS NULL THEN
    NEW.was_dated_on := NULL;
    NEW.was_expires_on := NULL;
  ELSE
    NEW.was_dated_on := file.dated_on;
    NEW.was_expires_on := file.expires_on;
  END IF;
  NEW.digest := encode(sha256(convert_to(NEW.previous || concat_ws(E'\\n',
    NEW.file_id::text, file.digest, NEW.place::text,
    coalesce(to_char(NEW.was_dated_on, 'YYYY-MM-DD'), ''),
    coalesce(to_char(NEW.was_expires_on, 'YYYY-MM-DD'), ''),
    coalesce(to_char(NEW.dated_on, 'YYYY-MM-DD'), ''),
    coalesce(to_char(NEW.expires_on, 'YYYY-MM-DD'), ''),
    NEW.by_id::text,
    coalesce(to_char(NEW.stated_on, 'YYYY-MM-DD'), ''),
    coalesce(NEW.key::text, ''),
    to_char(NEW.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    NEW.reason), 'UTF8')), 'hex');
  RETURN NEW;
END $$;
CREATE TRIGGER statement_follows BEFORE INSERT ON evidence_stateddays
  FOR EACH ROW EXECUTE FUNCTION evidence_chain_statement();

CREATE FUNCTION evidence_days_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE evidence_evidencefile SET dated_on = NEW.dated_on, expires_on = NEW.expires_on
    WHERE id = NEW.file_id
      AND (dated_on, expires_on) IS DISTINCT FROM (NEW.dated_on, NEW.expires_on);
  RETURN NULL;
END $$;
CREATE TRIGGER days_follow AFTER INSERT ON evidence_stateddays
  FOR EACH ROW EXECUTE FUNCTION evidence_days_follow();

CREATE FUNCTION evidence_first_statement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO evidence_stateddays
    (file_id, place, dated_on, expires_on, reason, by_id, recorded_at, previous, digest)
  VALUES (NEW.id, 1, NEW.dated_on, NEW.expires_on, '', NEW.kept_by_id, NEW.kept_at, '', '');
  RETURN NULL;
END $$;
CREATE TRIGGER days_stated_with_the_file AFTER INSERT ON evidence_evidencefile
  FOR EACH ROW WHEN (NEW.dated_on IS NOT NULL OR NEW.expires_on IS NOT NULL)
  EXECUTE FUNCTION evidence_first_statement();

CREATE FUNCTION evidence_file_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  days CONSTANT text[] := ARRAY['dated_on', 'expires_on'];
  last evidence_stateddays;
BEGIN
  IF to_jsonb(NEW) - days IS DISTINCT FROM to_jsonb(OLD) - days THEN
    RAISE EXCEPTION 'a file that is kept changes in nothing but its days'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT * INTO last FROM evidence_stateddays WHERE file_id = NEW.id ORDER BY place DESC LIMIT 1;
  IF (NEW.dated_on, NEW.expires_on) IS DISTINCT FROM (last.dated_on, last.expires_on) THEN
    RAISE EXCEPTION 'the days of file % change by a statement only', NEW.id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER file_changes BEFORE UPDATE ON evidence_evidencefile
  FOR EACH ROW EXECUTE FUNCTION evidence_file_changes();
"""

# What was stated before this migration is known as it stands now.
KNOWN = """
INSERT INTO evidence_stateddays
  (file_id, place, dated_on, expires_on, reason, by_id, recorded_at, previous, digest)
SELECT id, 1, dated_on, expires_on, '', kept_by_id, kept_at, '', ''
FROM evidence_evidencefile WHERE dated_on IS NOT NULL OR expires_on IS NOT NULL ORDER BY id;
"""

BACK = """
DROP TRIGGER file_changes ON evidence_evidencefile;
DROP TRIGGER days_stated_with_the_file ON evidence_evidencefile;
DROP TRIGGER file_is_kept ON evidence_evidencefile;
DROP TRIGGER files_are_kept ON evidence_evidencefile;
DROP TRIGGER statement_stands ON evidence_stateddays;
DROP TRIGGER statements_stand ON evidence_stateddays;
DROP TRIGGER statement_follows ON evidence_stateddays;
DROP TRIGGER days_follow ON evidence_stateddays;
DROP FUNCTION evidence_refuse_change, evidence_chain_statement, evidence_days_follow,
  evidence_first_statement, evidence_file_changes;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0002_days_and_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StatedDays",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveIntegerField(verbose_name="次序")),
                ("was_dated_on", models.DateField(null=True, verbose_name="原文件日期")),
                ("was_expires_on", models.DateField(null=True, verbose_name="原有效期至")),
                ("dated_on", models.DateField(null=True, verbose_name="文件日期")),
                ("expires_on", models.DateField(null=True, verbose_name="有效期至")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="理由")),
                ("stated_on", models.DateField(null=True, verbose_name="日期")),
                ("key", models.UUIDField(null=True, unique=True, verbose_name="一次性标识")),
                ("recorded_at", models.DateTimeField(verbose_name="记录时间")),
                ("previous", models.CharField(max_length=64, verbose_name="前一记录摘要")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stated",
                        to="evidence.evidencefile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file", "place"), name="statement_has_its_place"
                    )
                ],
            },
        ),
        migrations.RunSQL(STANDS + CHAINED + KNOWN, BACK),
    ]
