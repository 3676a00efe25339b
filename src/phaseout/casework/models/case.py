"""Cases: one proceeding against one line in one dimension."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from phaseout.casework.models.finding import DIMENSIONS, Finding
from phaseout.registry.models import Enterprise, ProductionLine


class Register(models.Model):
    """The last serial an office gave in one series of one year: cases now, documents later.

    `registers.next_serial` counts it up under the row's lock, inside the act's transaction, so a
    series has neither gap nor double.
    """

    office = models.CharField("机关", max_length=32)
    series = models.CharField("编号类别", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("末号")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "series", "year"], name="register_once"),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.series} {self.year}: {self.last}"


class Case(models.Model):
    """One proceeding against one line in one dimension.

    Stage and closing day are what its acts make of it (`proceeding.deriving`). A closed case stays
    closed unless its last act reopens it: a relapse opens a new one. It keeps the version of the
    procedure it began under; an act that moves it to another is read with the acts.
    """

    number = models.CharField("案号", max_length=60, unique=True)
    office = models.CharField("承办机关", max_length=32)
    year = models.PositiveSmallIntegerField("年度")
    serial = models.PositiveIntegerField("序号")
    line = models.ForeignKey(ProductionLine, models.PROTECT, related_name="cases")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="cases")
    dimension = models.CharField("标准", max_length=12, choices=list(DIMENSIONS.items()))
    division_code = models.CharField("行政区划代码", max_length=6)
    lead_function = models.CharField("牵头职能", max_length=32)
    procedure = models.CharField("程序", max_length=20)
    procedure_version = models.CharField("程序版本", max_length=20)
    stage = models.CharField("阶段", max_length=40)
    opened_on = models.DateField("立案日")
    closed_on = models.DateField("结案日", null=True, blank=True)
    findings = models.ManyToManyField(Finding, through="casework.Ground", related_name="cases")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                # The exit from a decision is a case beside the one that led to the decision.
                fields=["line", "dimension", "procedure"],
                condition=Q(closed_on=None),
                name="case_one_open_per_line_and_procedure",
                violation_error_message="该生产线在此标准下已有未结案件，请在原案件中办理。",
            ),
            models.UniqueConstraint(
                fields=["office", "dimension", "procedure", "year", "serial"],
                name="case_serial_given_once",
            ),
            models.CheckConstraint(
                name="case_closes_after_it_opens",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
            ),
        ]
        indexes = [
            # The list of cases, newest first; its pages are read by this key, as `pages.keyset`
            # orders it.
            models.Index(
                F("opened_on").desc(nulls_last=True),
                F("id").desc(nulls_last=True),
                name="case_newest_first",
            ),
        ]

    def __str__(self) -> str:
        return self.number
