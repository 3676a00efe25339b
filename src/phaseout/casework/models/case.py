"""Cases: one proceeding against one line, the findings it rests on, the acts that move it."""

from __future__ import annotations

from django.conf import settings
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

    A closed case stays closed: a relapse opens a new one. The procedures of part 3 add acts; the
    stage is what the acts make of it. It keeps the version of the procedure it began under.
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
    stage = models.CharField("阶段", max_length=30)
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
            models.UniqueConstraint(
                fields=["office", "dimension", "year", "serial"], name="case_serial_given_once"
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


class Act(models.Model):
    """One administrative act: appended, never changed or deleted (the database refuses).

    `place` counts the acts of the case from 1. `office` is who acted, `organisation_zh` and `_en`
    the name it bore on that day. `basis` cites the clause of the Opinions, the law in force and the
    norm rows; `detail` is what the act was about, as it stood.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="acts")
    place = models.PositiveIntegerField("次序")
    kind = models.CharField("行为", max_length=40)
    done_on = models.DateField("日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="acts")
    function = models.CharField("职能", max_length=32)
    office = models.CharField("机关", max_length=32)
    organisation_zh = models.CharField("机关名称", max_length=120)
    organisation_en = models.CharField("机关英文名称", max_length=160)
    basis = models.JSONField("法律依据", default=list)
    detail = models.JSONField("内容", default=dict)
    reason = models.TextField("理由", blank=True)
    key = models.UUIDField("一次性标识", unique=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

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
