"""Electricity that the grid company has metered, as its monthly files say it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from phaseout.evidence.models import EvidenceFile
from phaseout.measures.prices.models.act import PriceAct
from phaseout.registry.models import Enterprise, ProductionLine


class ConsumptionFile(models.Model):
    """A file that arrived, kept as evidence. It is taken whole or not at all; `problems` are what
    is wrong with its rows: row, column, value, what was expected (zh, en)."""

    act = models.OneToOneField(PriceAct, models.PROTECT, related_name="consumption_file")
    file = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="+")
    month = models.DateField("月份")
    rows = models.PositiveIntegerField("行数")
    taken = models.BooleanField("已收取")
    problems = models.JSONField("问题", default=list)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.file}"


class Consumption(models.Model):
    """One line's electricity from a day to a day, both inside and in one month. The row of the
    latest file stands; earlier ones of the same days stay for the record."""

    file = models.ForeignKey(
        ConsumptionFile, models.PROTECT, related_name="consumption", db_index=False
    )
    line = models.ForeignKey(ProductionLine, models.PROTECT, related_name="consumption")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="consumption", db_index=False
    )
    division_code = models.CharField("行政区划代码", max_length=6)
    month = models.DateField("月份")
    begins = models.DateField("起")
    ends = models.DateField("止")
    kwh = models.DecimalField("用电量", max_digits=18, decimal_places=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "line", "begins", "ends"], name="price_consumption_once_a_file"
            ),
            models.CheckConstraint(
                name="price_consumption_has_days", condition=Q(ends__gte=F("begins"), kwh__gte=0)
            ),
        ]
        indexes = [models.Index(fields=["month", "line"], name="price_consumption_of_a_month")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.begins} {self.kwh}"
