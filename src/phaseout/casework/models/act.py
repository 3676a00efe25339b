"""Acts: appended one by one, each chained to the one before it in its case."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from phaseout.casework.models.case import Case
from phaseout.casework.models.finding import Finding

FIRST = "0" * 64
"""What stands in the place of a digest before the first act of a case."""


class Act(models.Model):
    """One administrative act: appended, never changed or deleted (the database refuses).

    `place` counts the acts of the case from 1. `kind` and `facts` are of the procedure's table;
    `served_on` is the day on which the document counts as served. `office` is who acted,
    `organisation_zh` and `_en` the name it bore on that day. `basis` cites the clause of the
    Opinions, the law in force and the norm rows; `detail` is what the act was about, as it stood.

    `record` is all of it as one canonical text; `digest` is SHA-256 over the digest of the act
    before (`previous`) and that text (`proceeding.chain`). The database computes it again when the
    row comes in, so no row can stand that does not follow from the one before.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="acts")
    place = models.PositiveIntegerField("次序")
    kind = models.CharField("行为", max_length=40)
    done_on = models.DateField("日期")
    served_on = models.DateField("送达日", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="acts")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="signed_acts"
    )
    function = models.CharField("职能", max_length=32)
    office = models.CharField("机关", max_length=32)
    organisation_zh = models.CharField("机关名称", max_length=120)
    organisation_en = models.CharField("机关英文名称", max_length=160)
    basis = models.JSONField("法律依据", default=list)
    facts = models.JSONField("所附事项", default=dict)
    detail = models.JSONField("内容", default=dict)
    reason = models.TextField("理由", blank=True)
    key = models.UUIDField("一次性标识", unique=True)
    recorded_at = models.DateTimeField("记录时间")
    record = models.TextField("记录原文")
    previous = models.CharField("前一行为摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "place"], name="act_has_its_place_in_the_case"),
            models.CheckConstraint(name="act_places_count_from_one", condition=Q(place__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.kind}"


class Ground(models.Model):
    """A version of a finding that a case rests on, as it stood when an act took it up."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="grounds")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="grounds")
    act = models.ForeignKey(Act, models.PROTECT, related_name="grounds")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "finding"], name="ground_once_a_case")
        ]

    def __str__(self) -> str:
        return f"{self.case} ← {self.finding}"
