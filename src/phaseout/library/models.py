"""Signatures under norm rows, doubts about them, and what authorities decided.

All of it is appended: the database refuses to change, delete or empty any of these tables
(`migrations/0002_append_only.py`).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phaseout.evidence.models import EvidenceFile


class Signature(models.Model):
    """For which office somebody signed: the public reads the office, never the person."""

    function = models.CharField("职能", max_length=32, blank=True)
    division_code = models.CharField("管辖区划", max_length=6, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Confirmation(Signature):
    """The first signature: an officer read the row against the official print."""

    row_id = models.CharField("记录编号", max_length=200, db_index=True)
    row_digest = models.CharField("记录摘要", max_length=64)
    document = models.CharField("正式文本", max_length=200)
    page = models.CharField("页码或条款", max_length=80)
    print = models.ForeignKey(
        EvidenceFile, models.PROTECT, null=True, blank=True, verbose_name="正式文本页面"
    )
    note = models.CharField("备注", max_length=500, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="confirmations"
    )
    confirmed_on = models.DateField("核对日")
    demo = models.BooleanField("演示", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["row_id", "row_digest"],
                name="confirmation_once_for_a_row_as_it_stands",
                violation_error_message="该记录已有人核对，请由另一人复核。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.row_id} · {self.confirmed_by}"


class Countersignature(Signature):
    """The second signature, by another person; from its day on the row counts as verified.

    That `confirmed_by` is the one of the confirmation is a foreign key over both columns.
    """

    confirmation = models.OneToOneField(
        Confirmation, models.PROTECT, related_name="countersignature"
    )
    # Repeated here so that the database itself can refuse one person signing twice.
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="countersignatures"
    )
    countersigned_on = models.DateField("复核日")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="countersignature_is_of_another_person",
                condition=~Q(countersigned_by=F("confirmed_by")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.confirmation} · {self.countersigned_by}"


class Discrepancy(Signature):
    """The print says otherwise: from its day on no signature under the row counts.

    It stands until another person has looked again (`Clearance`), or the row is succeeded.
    """

    row_id = models.CharField("记录编号", max_length=200, db_index=True)
    row_digest = models.CharField("记录摘要", max_length=64)
    document = models.CharField("正式文本", max_length=200)
    page = models.CharField("页码或条款", max_length=80)
    print = models.ForeignKey(
        EvidenceFile, models.PROTECT, null=True, blank=True, verbose_name="正式文本页面"
    )
    says = models.CharField("正式文本所载", max_length=500)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="discrepancies"
    )
    noted_on = models.DateField("提出日")

    class Meta:
        constraints = [
            models.CheckConstraint(name="discrepancy_says_something", condition=~Q(says="")),
        ]

    def __str__(self) -> str:
        return f"{self.row_id} · {self.says}"


class Clearance(Signature):
    """Another person looked again and found the row right after all."""

    discrepancy = models.OneToOneField(Discrepancy, models.PROTECT, related_name="clearance")
    # Repeated here so that the database itself can refuse one person doing both.
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="clearances"
    )
    cleared_on = models.DateField("复查日")
    reason = models.CharField("理由", max_length=500)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clearance_is_of_another_person", condition=~Q(cleared_by=F("noted_by"))
            ),
            models.CheckConstraint(name="clearance_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.discrepancy} · {self.cleared_by}"


class Decision(models.Model):
    """What an authority decided by a document with a number (`law.judgement.authority`)."""

    kind = models.CharField("种类", max_length=20)
    subject = models.CharField("对象", max_length=120)
    key = models.CharField("键", max_length=200, blank=True)
    value = models.CharField("决定", max_length=200)
    valid_from = models.DateField("适用起", null=True, blank=True)
    valid_to = models.DateField("适用止", null=True, blank=True)
    document = models.CharField("文号", max_length=200)
    decided_on = models.DateField("决定日")
    decided_by_name = models.CharField("决定机关", max_length=120)
    note = models.CharField("备注", max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="decisions"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    demo = models.BooleanField("演示", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="decision_has_a_document", condition=~Q(document="")),
            models.CheckConstraint(
                name="decision_ends_after_it_begins",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.kind} · {self.subject}"
