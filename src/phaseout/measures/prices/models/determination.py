"""What the price authority determined, and when and why it ended."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from phaseout.casework.models import Act, Case, Finding, JudgementRun
from phaseout.measures.prices.models.act import PriceAct
from phaseout.measures.prices.models.assessment import CLASSES, MEASURES, Assessment
from phaseout.registry.models import EnergyVersion, Enterprise, ProductionLine


class Determination(models.Model):
    """One line pays one surcharge for its consumption from `applies_from` to `applies_to`, both
    inside. It rests on a version of a finding, or of an energy fact, and perhaps on a case.

    `explanation` is the computation as it stood: steps, band, rows. Two for the same line do not
    overlap (the database refuses), since one kWh carries one surcharge.
    """

    act = models.ForeignKey(PriceAct, models.PROTECT, related_name="determinations")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="determinations")
    line = models.ForeignKey(ProductionLine, models.PROTECT, related_name="price_determinations")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="price_determinations")
    division_code = models.CharField("行政区划代码", max_length=6)
    industry = models.CharField("行业", max_length=40)
    year = models.PositiveSmallIntegerField("用电年度")
    measure = models.CharField("措施", max_length=12, choices=MEASURES)
    price_class = models.CharField("类别", max_length=10, choices=CLASSES, blank=True)
    rate = models.DecimalField("加价标准", max_digits=9, decimal_places=6)
    row_id = models.CharField("价格记录", max_length=120)
    source_id = models.CharField("文件", max_length=80)
    applies_from = models.DateField("起")
    applies_to = models.DateField("止")
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, related_name="price_determinations"
    )
    fact = models.ForeignKey(EnergyVersion, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="price_determinations")
    explanation = models.JSONField("计算")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="price_determination_has_a_ground",
                condition=Q(finding__isnull=False) | Q(fact__isnull=False),
            ),
            models.CheckConstraint(
                name="price_determination_has_days",
                condition=Q(applies_to__gte=F("applies_from")),
            ),
            models.CheckConstraint(name="price_determination_charges", condition=Q(rate__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.measure} {self.year}"


class Ending(models.Model):
    """The end of a determination: from `ended_on` on nothing more is charged. What ended it: an act
    of a case, a run of the judgement, a corrected fact, or an officer with a reason."""

    class Cause(models.TextChoices):
        EXIT = "exit", "产能已退出"
        MET = "met", "已达标结案"
        DROPPED = "dropped", "案件未予决定"
        FINDING = "finding", "结论已不成立"
        FACT = "fact", "所据数值已更正"
        OFFICER = "officer", "工作人员终止"

    determination = models.OneToOneField(Determination, models.PROTECT, related_name="ending")
    act = models.ForeignKey(PriceAct, models.PROTECT, related_name="endings")
    cause = models.CharField("原因", max_length=10, choices=Cause)
    ended_on = models.DateField("终止日")
    reason = models.CharField("说明", max_length=400)
    case_act = models.ForeignKey(Act, models.PROTECT, null=True, related_name="+")
    judged_by = models.ForeignKey(JudgementRun, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.determination} → {self.ended_on}"
