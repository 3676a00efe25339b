"""Retrofit projects, each from a finding, and the acts on them. All appended to only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phaseout.casework.models import Finding, KeptAct
from phaseout.registry.models import Enterprise, ProductionLine


class Project(models.Model):
    """技术改造项目: what a line is to come to, from the value it was found at.

    `before`, `aimed` (of the norm row `target_row`) and `expected` are in `unit`. `output` a year
    is in `output_unit`, what the unit counts per; empty where the unit counts nothing per output.
    """

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="retrofits")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="retrofits")
    line = models.ForeignKey(ProductionLine, models.PROTECT, null=True, related_name="retrofits")
    division_code = models.CharField("行政区划代码", max_length=6)
    dimension = models.CharField("标准", max_length=12)
    name = models.CharField("项目名称", max_length=120)
    method = models.TextField("采用的技术")
    unit = models.CharField("单位", max_length=60)
    before = models.DecimalField("改造前", max_digits=18, decimal_places=6)
    target_row = models.CharField("目标标准记录", max_length=200)
    aimed = models.DecimalField("目标限值", max_digits=18, decimal_places=6)
    expected = models.DecimalField("预计改造后", max_digits=18, decimal_places=6)
    output = models.DecimalField("年产量", max_digits=18, decimal_places=6, null=True)
    output_unit = models.CharField("产量单位", max_length=60, blank=True)
    investment = models.DecimalField("投资（元）", max_digits=16, decimal_places=2)
    begins = models.DateField("计划开工")
    ends = models.DateField("计划竣工")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="retrofit_ends_after_it_begins", condition=Q(ends__gte=F("begins"))
            ),
            models.CheckConstraint(
                name="retrofit_costs_are_not_negative", condition=Q(investment__gte=0)
            ),
        ]
        indexes = [models.Index(fields=["division_code", "id"], name="retrofit_by_place")]

    def __str__(self) -> str:
        return self.name


class RetrofitAct(KeptAct):
    """What an office, or the enterprise itself (`office` empty), did on a project."""

    class Kind(models.TextChoices):
        PROPOSE = "propose", "拟定项目"
        ADMIT = "admit", "纳入技术扶持"
        START = "start", "登记开工"
        COMPLETE = "complete", "登记竣工"
        DROP = "drop", "终止项目"

    kind = models.CharField("行为", max_length=10, choices=Kind)
    project = models.ForeignKey(Project, models.PROTECT, related_name="acts")
    office = models.CharField("机关", max_length=32, blank=True)
    organisation_zh = models.CharField("机关名称", max_length=200)
    organisation_en = models.CharField("机关英文名称", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="retrofit_acts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "kind"], name="retrofit_act_once_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.done_on} {self.get_kind_display()}"
