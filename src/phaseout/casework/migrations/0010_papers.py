"""Documents that acts issued; confirmed receipts; files that acts name. They stand."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE FUNCTION casework_paper_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  later CONSTANT text[] := ARRAY['pdf_digest', 'served_by_id', 'served_on', 'withdrawn_by_id'];
BEGIN
  IF to_jsonb(NEW) - later IS DISTINCT FROM to_jsonb(OLD) - later
     OR (OLD.pdf_digest <> '' AND NEW.pdf_digest <> OLD.pdf_digest)
     OR (OLD.served_by_id IS NOT NULL AND NEW.served_by_id IS DISTINCT FROM OLD.served_by_id)
     OR (OLD.served_on IS NOT NULL AND NEW.served_on IS DISTINCT FROM OLD.served_on)
     OR (OLD.withdrawn_by_id IS NOT NULL
         AND NEW.withdrawn_by_id IS DISTINCT FROM OLD.withdrawn_by_id) THEN
    RAISE EXCEPTION 'paper % stands as it was issued', OLD.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER paper_changes BEFORE UPDATE ON casework_issuedpaper
  FOR EACH ROW EXECUTE FUNCTION casework_paper_changes();
CREATE TRIGGER paper_is_kept BEFORE DELETE ON casework_issuedpaper
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER papers_are_kept BEFORE TRUNCATE ON casework_issuedpaper
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER receipt_stands BEFORE UPDATE OR DELETE ON casework_paperreceipt
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER named_file_stands BEFORE UPDATE OR DELETE ON casework_namedfile
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
"""
BACK = """
DROP TRIGGER paper_changes ON casework_issuedpaper;
DROP TRIGGER paper_is_kept ON casework_issuedpaper;
DROP TRIGGER papers_are_kept ON casework_issuedpaper;
DROP TRIGGER receipt_stands ON casework_paperreceipt;
DROP TRIGGER named_file_stands ON casework_namedfile;
DROP FUNCTION casework_paper_changes;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_inspectors"),
        ("casework", "0009_checkpoints"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IssuedPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document", models.CharField(max_length=40, verbose_name="文书")),
                ("form", models.CharField(max_length=40, verbose_name="格式")),
                ("office", models.CharField(max_length=32, verbose_name="机关")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("serial", models.PositiveIntegerField(null=True, verbose_name="序号")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                ("title_zh", models.CharField(max_length=80, verbose_name="名称")),
                ("title_en", models.CharField(max_length=120, verbose_name="英文名称")),
                (
                    "addressee",
                    models.CharField(blank=True, max_length=200, verbose_name="受送达人"),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[("enterprise", "企业"), ("own", "企业提交"), ("internal", "内部")],
                        max_length=10,
                        verbose_name="阅读范围",
                    ),
                ),
                ("needs_service", models.BooleanField(verbose_name="须送达")),
                ("issued_on", models.DateField(verbose_name="成文日")),
                ("content", models.JSONField(verbose_name="内容")),
                ("digest", models.CharField(max_length=64, verbose_name="内容摘要")),
                ("pdf_digest", models.CharField(blank=True, max_length=64, verbose_name="PDF摘要")),
                ("served_on", models.DateField(null=True, verbose_name="送达日")),
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper",
                        to="casework.act",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="casework.case",
                    ),
                ),
                (
                    "served_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers_served",
                        to="casework.act",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers_withdrawn",
                        to="casework.act",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "document", "year", "serial"),
                        name="paper_serial_given_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number",),
                        name="paper_number_given_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("served_by", None), ("served_on", None)),
                            models.Q(("served_by__isnull", False), ("served_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="paper_served_by_an_act",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NamedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=40, verbose_name="事项")),
                ("digest", models.CharField(db_index=True, max_length=64, verbose_name="SHA-256")),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named_files",
                        to="casework.act",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named_files",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("act", "item", "digest"), name="file_named_once_an_act"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperReceipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("received_on", models.DateField(verbose_name="确认日")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipt",
                        to="casework.issuedpaper",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(KEPT, BACK),
    ]
