"""Watched lines, and the meters that tell of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from phaseout.casework.models import Case
from phaseout.exits.restart.models.act import RestartAct
from phaseout.registry.models import Enterprise, ProductionLine


class WatchedLine(models.Model):
    """A line that must not run: what the acts of its cases make of it (`watching.derive`).

    `cut_on` is the day from which no production may draw power: of the first such act since the
    line was last let run. `case` is the one whose act came last.
    """

    class State(models.TextChoices):
        CUT = "cut", "已断电"
        SEALED = "sealed", "已封存"
        STOPPED = "stopped", "整体停业"
        DISMANTLED = "dismantled", "已拆除"
        EXITED = "exited", "已退出"

    line = models.OneToOneField(
        ProductionLine, models.PROTECT, primary_key=True, related_name="watched"
    )
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="watched_lines")
    case = models.ForeignKey(Case, models.PROTECT, related_name="watched_lines")
    division_code = models.CharField("行政区划代码", max_length=6)
    state = models.CharField("状态", max_length=12, choices=State)
    cut_on = models.DateField("断电日")
    since = models.DateField("状态起始日")

    class Meta:
        indexes = [models.Index(fields=["division_code", "line"], name="restart_watched_place")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.get_state_display()}"


class Meter(models.Model):
    """An electricity meter whose readings tell of a line from a day on, until its `MeterEnd`.

    `covers` the line alone, or the whole site: the latter tells nothing while another line of the
    site is at work. `multiplier` turns the difference of two register readings into kWh.
    """

    class Covers(models.TextChoices):
        LINE = "line", "只计该生产线"
        SITE = "site", "计整个厂区"

    act = models.OneToOneField(RestartAct, models.PROTECT, related_name="meter")
    number = models.CharField("电表编号", max_length=40)
    line = models.ForeignKey(ProductionLine, models.PROTECT, related_name="meters")
    division_code = models.CharField("行政区划代码", max_length=6)
    covers = models.CharField("计量范围", max_length=8, choices=Covers)
    multiplier = models.DecimalField("倍率", max_digits=10, decimal_places=2, default=1)
    held_from = models.DateField("起")

    class Meta:
        constraints = [
            models.CheckConstraint(name="meter_multiplies", condition=Q(multiplier__gt=0)),
        ]
        indexes = [
            models.Index(fields=["number", "held_from"], name="restart_meter_number"),
        ]

    def __str__(self) -> str:
        return self.number


class MeterEnd(models.Model):
    """That a meter tells of its line no longer: `held_to` is the last day, inside."""

    act = models.OneToOneField(RestartAct, models.PROTECT, related_name="meter_end")
    meter = models.OneToOneField(Meter, models.PROTECT, related_name="end")
    division_code = models.CharField("行政区划代码", max_length=6)
    held_to = models.DateField("止")

    def __str__(self) -> str:
        return f"{self.meter} – {self.held_to}"
