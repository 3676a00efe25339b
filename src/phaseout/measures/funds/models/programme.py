"""Programmes, applications, allocations."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from phaseout.measures.funds.models.act import FundAct
from phaseout.registry.models import Enterprise


class Programme(models.Model):
    """资金项目: money with its document. Its rules are those of `fund` in the norm store (`award`,
    `regional`, `surcharge`); what it may pay was written down with it (`ProgrammeUse`)."""

    class Fund(models.TextChoices):
        AWARD = "award", _("工业企业结构调整专项奖补资金")
        REGIONAL = "regional", _("自治区淘汰落后产能专项资金")
        SURCHARGE = "surcharge", _("差别电价加价收入")

    act = models.OneToOneField(FundAct, models.PROTECT, related_name="programme")
    name = models.CharField("名称", max_length=120, unique=True)
    fund = models.CharField("资金", max_length=12, choices=Fund)
    document = models.CharField("依据文件", max_length=200)
    division_code = models.CharField("行政区划代码", max_length=6)
    runs_from = models.DateField("起")
    runs_to = models.DateField("止", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fund_programme_ends_after_it_begins",
                condition=Q(runs_to=None) | Q(runs_to__gte=F("runs_from")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProgrammeUse(models.Model):
    """What a programme may pay: the row of the norm store as it stood when the programme was made.
    The database lets a payment name nothing else."""

    act = models.ForeignKey(FundAct, models.PROTECT, related_name="uses")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="uses")
    use = models.CharField("用途", max_length=32)
    zh = models.CharField("用途", max_length=200)
    en = models.CharField("用途（英文）", max_length=200)
    row_id = models.CharField("依据", max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "use"], name="fund_use_once")]

    def __str__(self) -> str:
        return f"{self.programme} {self.use}"


class Application(models.Model):
    """An enterprise applies for money of a year. What it says of itself is checked against the
    record when it is examined."""

    class Ownership(models.TextChoices):
        STATE = "state", _("国有")
        PRIVATE = "private", _("民营")

    act = models.OneToOneField(FundAct, models.PROTECT, related_name="application")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="applications")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="fund_applications")
    division_code = models.CharField("行政区划代码", max_length=6)
    year = models.PositiveSmallIntegerField("资金年度")
    ownership = models.CharField("企业性质", max_length=8, choices=Ownership)
    capacity = models.DecimalField("退出产能", max_digits=18, decimal_places=3)
    capacity_unit = models.CharField("产能单位", max_length=24)
    exit_year = models.PositiveSmallIntegerField("退出年度")
    mines = models.PositiveSmallIntegerField("矿井数", null=True)
    employees = models.PositiveIntegerField("需安置职工人数")
    purpose = models.TextField("用途说明", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "enterprise", "year"], name="fund_application_once_a_year"
            ),
            models.CheckConstraint(
                name="fund_application_capacity_is_positive", condition=Q(capacity__gt=0)
            ),
        ]
        indexes = [models.Index(fields=["programme", "year", "id"], name="fund_application_year")]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.year}"


class Allocation(models.Model):
    """One division of a programme's money. `by_factors`: by the formula of the fund, `basis` with
    its figures; else the amounts were decided by `document`."""

    act = models.OneToOneField(FundAct, models.PROTECT, related_name="allocation")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="allocations")
    year = models.PositiveSmallIntegerField("年度")
    by_factors = models.BooleanField("因素法")
    total = models.DecimalField("分配总额", max_digits=16, decimal_places=2)
    provisional = models.BooleanField("暂定", default=False)
    document = models.CharField("文件", max_length=200)

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"


class Share(models.Model):
    """What one application gets of an allocation, and why so much."""

    act = models.ForeignKey(FundAct, models.PROTECT, related_name="shares")
    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="shares")
    application = models.ForeignKey(Application, models.PROTECT, related_name="shares")
    amount = models.DecimalField("金额", max_digits=16, decimal_places=2)
    difficulty = models.DecimalField("困难程度", max_digits=10, decimal_places=4, null=True)
    reasoning = models.JSONField("推理", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["allocation", "application"], name="fund_share_once"),
            models.CheckConstraint(name="fund_share_is_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.amount}"
