"""Records of the national credit publicity, the batches they are sent in, and what came of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from phaseout.casework.models import Case
from phaseout.measures.sanctions.models.act import SanctionAct
from phaseout.measures.sanctions.models.sanction import Sanction
from phaseout.registry.models import Enterprise


class CreditRecord(models.Model):
    """One record as it is sent: checked against its edition when it was drawn up. A correction is a
    further version (`replaces`); `root` is the first of its versions (itself: None)."""

    act = models.OneToOneField(SanctionAct, models.PROTECT, related_name="record")
    record = models.CharField("记录类型", max_length=20)
    edition = models.CharField("格式版本", max_length=20)
    sanction = models.ForeignKey(Sanction, models.PROTECT, null=True, related_name="records")
    case = models.ForeignKey(Case, models.PROTECT, related_name="credit_records")
    item = models.CharField("证照", max_length=200, blank=True)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="credit_records")
    division_code = models.CharField("行政区划代码", max_length=6)
    decided_on = models.DateField("决定日")
    values = models.JSONField("内容")
    digest = models.CharField("摘要", max_length=64)
    root = models.ForeignKey("self", models.PROTECT, null=True, related_name="versions")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "record", "sanction", "item"],
                condition=Q(root=None),
                nulls_distinct=False,
                name="credit_record_drawn_up_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.enterprise}"

    @property
    def root_id_or_own(self) -> int:
        return self.root_id or self.pk


class Batch(models.Model):
    """Records sent together, as two files with the same rows. `resend_of`: the batch whose rest
    this one carries."""

    act = models.OneToOneField(SanctionAct, models.PROTECT, related_name="sent")
    year = models.PositiveSmallIntegerField("年度")
    serial = models.PositiveIntegerField("序号")
    record = models.CharField("记录类型", max_length=20)
    edition = models.CharField("格式版本", max_length=20)
    division_code = models.CharField("行政区划代码", max_length=6)
    sheet = models.CharField("XLSX摘要", max_length=64)
    data = models.CharField("JSON摘要", max_length=64)
    resend_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="resends")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="credit_batch_numbered_once")
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"XY{self.year}-{self.serial:04d}"


class BatchRow(models.Model):
    """A record at its place in a batch; places count from 1, as the rows of the files."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="rows")
    place = models.PositiveIntegerField("行")
    credit_record = models.ForeignKey(CreditRecord, models.PROTECT, related_name="sendings")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="batch_row_in_its_place"),
            models.UniqueConstraint(fields=["batch", "credit_record"], name="batch_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.batch} {self.place}"


class RowOutcome(models.Model):
    """What the receiver did with a row. A record, whatever its version, is accepted once: the
    database refuses it a second time."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "已接收"
        REFUSED = "refused", "被退回"
        UNSENT = "unsent", "未处理"

    act = models.ForeignKey(SanctionAct, models.PROTECT, related_name="outcomes")
    row = models.OneToOneField(BatchRow, models.PROTECT, related_name="outcome")
    root = models.ForeignKey(CreditRecord, models.PROTECT, related_name="+")
    outcome = models.CharField("结果", max_length=10, choices=Outcome)
    reason = models.TextField("退回原因", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["root"],
                condition=Q(outcome="accepted"),
                name="credit_record_accepted_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.row} {self.outcome}"
