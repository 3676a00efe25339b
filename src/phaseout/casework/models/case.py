"""Cases: one proceeding against one line, the findings it rests on, the acts that move it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phaseout.casework.models.finding import DIMENSIONS, Finding
from phaseout.registry.models import Enterprise, ProductionLine


class Case(models.Model):
    """One proceeding against one line in one dimension.

    A closed case stays closed: a relapse opens a new one. The procedures of part 3 add acts; the
    stage is what the acts make of it.
    """

    number = models.CharField("案号", max_length=40, unique=True)
    line = models.ForeignKey(ProductionLine, models.PROTECT, related_name="cases")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="cases")
    dimension = models.CharField("标准", max_length=12, choices=list(DIMENSIONS.items()))
    division_code = models.CharField("行政区划代码", max_length=6)
    lead_function = models.CharField("牵头职能", max_length=32)
    procedure = models.CharField("程序", max_length=20)
    procedure_version = models.CharField("程序版本", max_length=20)
    stage = models.CharField("阶段", max_length=30, default="opened")
    opened_on = models.DateField("立案日")
    closed_on = models.DateField("结案日", null=True, blank=True)
    findings = models.ManyToManyField(Finding, through="Ground", related_name="cases")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "dimension"],
                condition=Q(closed_on=None),
                name="case_one_open_per_line_and_dimension",
                violation_error_message="该生产线在此标准下已有未结案件，请在原案件中办理。",
            ),
            models.CheckConstraint(
                name="case_closes_after_it_opens",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Ground(models.Model):
    """A version of a finding that a case rests on, as it stood when it was taken up."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="grounds")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="grounds")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "finding"], name="ground_once_a_case")
        ]

    def __str__(self) -> str:
        return f"{self.case} ← {self.finding}"


class Act(models.Model):
    """One administrative act: appended, never changed or deleted (the database refuses)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="acts")
    kind = models.CharField("行为", max_length=40)
    done_on = models.DateField("日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="acts")
    function = models.CharField("职能", max_length=32)
    basis = models.JSONField("法律依据", default=list)
    detail = models.JSONField("内容", default=dict)
    reason = models.TextField("理由", blank=True)
    key = models.UUIDField("一次性标识", unique=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.case} · {self.kind}"
