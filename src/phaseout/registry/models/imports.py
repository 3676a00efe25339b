"""An import: files brought by a person on a day, what was found in them, what became of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from phaseout.evidence.models import EvidenceFile


class Import(models.Model):
    """One change of the registry, as a whole or not at all; every version names the one it is of.

    Nearly always files that somebody brought. Merging two entries, parting them again and the
    sale of a line are changes too, and stand in the same row of numbers.
    """

    class Kind(models.TextChoices):
        FILES = "files", "导入文件"
        MERGE = "merge", "合并企业"
        PARTING = "parting", "撤销合并"
        TRANSFER = "transfer", "转让生产线"

    class State(models.TextChoices):
        RECEIVED = "received", "已收到"
        CHECKED = "checked", "已核对"
        TAKEN = "taken", "已入库"
        REFUSED = "refused", "已退回"
        ABANDONED = "abandoned", "已放弃"

    kind = models.CharField("种类", max_length=10, choices=Kind, default=Kind.FILES)
    state = models.CharField("状态", max_length=10, choices=State, default=State.RECEIVED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports", verbose_name="提交人"
    )
    # The territory the uploader may import for, as a prefix of division codes: who covers it may
    # see the import.
    reach = models.CharField("管辖范围", max_length=6, blank=True)
    received_on = models.DateField("收到日")
    received_at = models.DateTimeField("收到时间", auto_now_add=True)
    # How far the check or the taking is, for the page that waits for it.
    stage = models.CharField("进度", max_length=40, blank=True)
    done = models.BigIntegerField("已处理", default=0)
    total = models.BigIntegerField("总数", default=0)
    attempts = models.SmallIntegerField("核对次数", default=0)
    # What the check found: table → rows read, new, changed, unchanged, refused …; examples.
    counts = models.JSONField("核对结果", default=dict)
    samples = models.JSONField("示例", default=dict)
    # Columns that the files do not have: table → columns, rows that keep what stands in them.
    absent = models.JSONField("文件中没有的列", default=dict)
    problem_count = models.IntegerField("问题数", default=0)
    refusal = models.JSONField("退回原因", null=True)
    # What the check left to be taken (table → rows), which of it is kept as files, and what it saw
    # of the registry: the last import taken before it, and a sum of the versions met.
    staged = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)
    seen = models.BigIntegerField(null=True)
    fingerprint = models.JSONField(default=dict)
    checked_at = models.DateTimeField("核对时间", null=True)
    # Somebody asked for the taking: who, when, all rows or the good ones only.
    taking_asked = models.JSONField("入库要求", null=True)
    taken_no = models.BigIntegerField("入库顺序", null=True, unique=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="决定人"
    )
    decided_on = models.DateField("决定日", null=True)
    decided_at = models.DateTimeField("决定时间", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_decided_by_somebody_on_a_day",
                condition=~Q(state__in=["taken", "abandoned"])
                | Q(decided_by__isnull=False, decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="import_refused_for_a_reason",
                condition=~Q(state="refused") | Q(refusal__isnull=False),
            ),
            models.CheckConstraint(
                name="import_taken_has_its_place_in_the_order",
                condition=Q(state="taken", taken_no__isnull=False)
                | ~Q(state="taken") & Q(taken_no=None),
            ),
        ]
        indexes = [models.Index(fields=["-id", "state"], name="import_latest_first")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class ImportFile(models.Model):
    """One file of an import, kept as evidence, under the name it was brought by."""

    of_import = models.ForeignKey(Import, models.PROTECT, related_name="files")
    evidence = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="+")
    position = models.SmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["of_import", "position"], name="import_file_in_its_place"
            )
        ]

    def __str__(self) -> str:
        return self.evidence.name


class ImportProblem(models.Model):
    """A cell or row that was refused, or is worth a look (`facts.problems.BadCell`)."""

    of_import = models.ForeignKey(Import, models.PROTECT, related_name="problems", db_index=False)
    position = models.IntegerField()
    file = models.TextField()
    sheet = models.TextField()
    row = models.BigIntegerField()
    column = models.TextField()
    value = models.TextField()
    expected_zh = models.TextField()
    expected_en = models.TextField()
    code = models.TextField()
    severity = models.TextField()
    count = models.BigIntegerField()
    table = models.TextField()
    head = models.TextField()
    place = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["of_import", "position"], name="import_problem_in_its_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file} {self.row} {self.column}: {self.code}"
