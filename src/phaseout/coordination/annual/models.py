"""Freezes of the annual report, the acts on it and its errata; all appended to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from phaseout.casework.models import KeptAct
from phaseout.coordination.returns.models import Columns, CountedRow


class AnnualAct(KeptAct):
    """What somebody did about the report on a year: one row, one function, one transaction.
    `content` is all that the act says, `digest` SHA-256 over it as canonical JSON."""

    class Kind(models.TextChoices):
        FREEZE = "freeze", "取数冻结"
        SIGN = "sign", "签报"
        APPROVE = "approve", "同意"
        DECLINE = "decline", "不同意"
        SEND = "send", "报送"
        CORRECT = "correct", "勘误"

    kind = models.CharField("行为", max_length=8, choices=Kind)
    year = models.PositiveSmallIntegerField("年度")
    division_code = models.CharField("行政区划代码", max_length=6)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="annual_acts")

    class Meta:
        indexes = [models.Index(fields=["year", "id"], name="annual_act_of_a_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["year"], condition=Q(kind="approve"), name="annual_approved_once"
            ),
            models.UniqueConstraint(
                fields=["year"], condition=Q(kind="send"), name="annual_sent_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} · {self.get_kind_display()}"


class Freeze(models.Model):
    """The figures of one moment. `head` says what they rest on: the plan, the returns as they
    stood, how many rows; `digest` is SHA-256 over head, rows and balances (`freezing.digest_of`).
    """

    act = models.OneToOneField(AnnualAct, models.PROTECT, related_name="freeze")
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版次")
    head = models.JSONField("依据", default=dict)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "version"], name="freeze_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.year} 第{self.version}版"


class FrozenRow(Columns):
    """A row of the report. `origin`: a return that was accepted, or, where none was, the ledger.
    `counted` leads to the return. It is no foreign key of the figures: they stand by themselves."""

    class Origin(models.TextChoices):
        RETURN = "return", "市级报送"
        LEDGER = "ledger", "产能台账"

    freeze = models.ForeignKey(Freeze, models.PROTECT, related_name="rows")
    department = models.CharField("自治区主管部门", max_length=32)
    origin = models.CharField("来源", max_length=6, choices=Origin)
    counted = models.ForeignKey(CountedRow, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["freeze", "place"], name="frozen_row_in_its_place"),
            models.CheckConstraint(name="frozen_row_is_some", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.freeze}/{self.place} {self.enterprise}"


class FrozenBalance(models.Model):
    """What stands in a state at the end of the year: of an industry, in a city, in one unit."""

    freeze = models.ForeignKey(Freeze, models.PROTECT, related_name="balances")
    industry = models.CharField("行业", max_length=40)
    division_code = models.CharField("市", max_length=6)
    unit = models.CharField("单位", max_length=40)
    account = models.CharField("状态", max_length=14)
    amount = models.DecimalField("数量", max_digits=26, decimal_places=6)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["freeze", "industry", "division_code", "unit", "account"],
                name="frozen_balance_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.freeze} {self.industry} {self.account}"


class Erratum(models.Model):
    """A numbered correction of an approved report. `place`: the row it corrects, null: a row that
    was left out. `before` and `after` are the row as plain data (`returns.rows.Row.plain`), `after`
    with an amount of nought where the row is struck off."""

    act = models.OneToOneField(AnnualAct, models.PROTECT, related_name="erratum")
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("序号")
    freeze = models.ForeignKey(Freeze, models.PROTECT, related_name="errata")
    place = models.PositiveIntegerField("行", null=True)
    before = models.JSONField("原载", null=True)
    after = models.JSONField("更正为")
    reason = models.CharField("理由", max_length=1000)
    document = models.CharField("依据文件", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="erratum_number_once"),
            models.CheckConstraint(
                name="erratum_says_why", condition=~Q(reason="") & ~Q(document="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} 勘误第{self.number}号"
