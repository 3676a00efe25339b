"""Signatures under norm rows, and what authorities decided where the norms leave a choice.

All of it is appended: the database refuses to change or delete a signature or a decision.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phaseout.evidence.models import EvidenceFile


class Confirmation(models.Model):
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
    recorded_at = models.DateTimeField(auto_now_add=True)
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


class Countersignature(models.Model):
    """The second signature, by another person; from its day on the row counts as verified."""

    confirmation = models.OneToOneField(
        Confirmation, models.PROTECT, related_name="countersignature"
    )
    # Repeated here so that the database itself can refuse one person signing twice.
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="countersignatures"
    )
    countersigned_on = models.DateField("复核日")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="countersignature_is_of_another_person",
                condition=~Q(countersigned_by=F("confirmed_by")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.confirmation} · {self.countersigned_by}"


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
