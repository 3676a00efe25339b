"""Findings through time, what they make of a line, and the runs that gave them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Greatest, Least

from phaseout.law.judgement.dimensions import Dimension, Effect, Verdict
from phaseout.registry.models import Enterprise, ProductionLine

DIMENSIONS = {
    Dimension.ENERGY: "能耗",
    Dimension.ENVIRONMENT: "环保",
    Dimension.QUALITY: "质量",
    Dimension.SAFETY: "安全",
    Dimension.TECHNOLOGY: "技术",
}
VERDICTS = {
    Verdict.COMPLIANT: "达标",
    Verdict.NONCOMPLIANT: "不达标",
    Verdict.UNDETERMINED: "无法判定",
}
STANDS = Q(ended_on=None)


class JudgementRun(models.Model):
    """One time that facts met norms: why, as of which day, over which enterprises."""

    class Cause(models.TextChoices):
        FACTS = "facts", "数据变动"
        NORMS = "norms", "标准变动"
        DAY = "day", "日期推移"
        ALL = "all", "全部重判"

    cause = models.CharField("缘由", max_length=10, choices=Cause)
    detail = models.CharField("说明", max_length=300, blank=True)
    on_day = models.DateField("判定日")
    started_at = models.DateTimeField("开始")
    finished_at = models.DateTimeField("完成", null=True)
    enterprises = models.IntegerField("涉及企业", default=0)
    judged = models.IntegerField("结论数", default=0)
    begun = models.IntegerField("新结论", default=0)
    ended = models.IntegerField("失效结论", default=0)

    class Meta:
        indexes = [models.Index(fields=["-on_day", "-id"], name="run_latest_first")]

    def __str__(self) -> str:
        return f"{self.on_day} {self.get_cause_display()}"


V = TypeVar("V", bound=models.Model)


class VersionQuerySet(models.QuerySet[V]):
    """Versions that stand from `found_on` until the day before `ended_on`."""

    def standing(self) -> VersionQuerySet[V]:
        """The answers of now."""
        return self.filter(STANDS)

    def standing_on(self, day: date) -> VersionQuerySet[V]:
        """The answers at the end of `day`, with what was known then."""
        return self.filter(STANDS | Q(ended_on__gt=day), found_on__lte=day)


# How far beyond its limit, whichever way the limit looks: a tensile strength under its least value
# weighs as its reciprocal. What may not be there at all (listed equipment, a hazard, a missing
# permit) has no ratio and weighs most; other misses without a ratio (pH) weigh as just beyond. Only
# a miss weighs more than 1, so that misses come before everything else.
MOST_GRAVE = Decimal(1000)
_LOOKS_DOWN = (">=", ">", "lt", "le")
_NUMBER = models.DecimalField(max_digits=18, decimal_places=4)
_DISTANCE = Case(
    When(comparator__in=_LOOKS_DOWN, ratio=0, then=Value(MOST_GRAVE)),
    When(comparator__in=_LOOKS_DOWN, then=Value(Decimal(1)) / F("ratio")),
    default=F("ratio"),
    output_field=_NUMBER,
)
_GRAVITY = Case(
    When(
        ~Q(verdict="noncompliant"),
        then=Least(Coalesce(_DISTANCE, Value(Decimal(0))), Value(Decimal(1))),
    ),
    When(
        ratio__isnull=False, then=Greatest(Least(_DISTANCE, Value(MOST_GRAVE)), Value(Decimal(1)))
    ),
    When(Q(comparator="presence") | Q(dimension="technology"), then=Value(MOST_GRAVE)),
    default=Value(Decimal(1)),
    output_field=_NUMBER,
)


def _from_the_last(*names: str) -> list[models.expressions.OrderBy]:
    """Descending as `pages.keyset` orders, so that the index is read in either direction."""
    return [F(name).desc(nulls_last=True) for name in (*names, "id")]


class Finding(models.Model):
    """One version of one answer: it stood from `found_on` until the day before `ended_on`.

    `finding_id` stays the same from version to version; `(finding_id, ended_on is null)` is unique.
    Both days are business days; a version that was replaced on its own day has them equal and was
    never the answer at the end of a day. Nothing else in a version ever changes (the database
    refuses it).
    """

    finding_id = models.CharField("结论编号", max_length=21)
    # Of everything the engine said, the day of asking left out: equal digests, equal answers.
    digest = models.UUIDField(editable=False)
    dimension = models.CharField("标准", max_length=12, choices=list(DIMENSIONS.items()))
    judged_by = models.CharField(max_length=12)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="findings", db_index=False
    )
    line = models.ForeignKey(
        ProductionLine, models.PROTECT, null=True, related_name="findings", db_index=False
    )
    # Of the line, or of the enterprise where the finding concerns all of it: repeated here so that
    # an inbox of a million rows is read from one index.
    division_code = models.CharField("行政区划代码", max_length=6)
    industry = models.CharField("行业", max_length=40)
    subject = models.CharField("对象", max_length=300)
    norm_row = models.CharField("标准记录", max_length=200, null=True)
    source_id = models.CharField("依据", max_length=80, null=True)
    clause = models.CharField("条款", max_length=200, null=True)
    indicator = models.CharField("指标", max_length=200, null=True)
    period_start = models.DateField("期间起", null=True)
    period_end = models.DateField("期间止", null=True)
    value = models.DecimalField("实测值", max_digits=18, decimal_places=6, null=True)
    comparator = models.CharField("比较", max_length=20, null=True)
    limit_value = models.DecimalField("限值", max_digits=18, decimal_places=6, null=True)
    limit_text = models.CharField("限值", max_length=200, null=True)
    unit = models.CharField("单位", max_length=60, null=True)
    ratio = models.DecimalField("比值", max_digits=18, decimal_places=4, null=True)
    verdict = models.CharField("结论", max_length=12, choices=list(VERDICTS.items()))
    provisional = models.BooleanField("暂定")
    reasons = ArrayField(models.CharField(max_length=80), verbose_name="原因", default=list)
    effect = models.CharField(max_length=10, choices=[(e, e) for e in Effect])
    summary_zh = models.CharField(max_length=1000)
    summary_en = models.CharField(max_length=1000)
    run = models.ForeignKey(JudgementRun, models.PROTECT, related_name="findings", db_index=False)
    found_on = models.DateField("认定日")
    ended_on = models.DateField("失效日", null=True)
    ended_by = models.ForeignKey(
        JudgementRun, models.PROTECT, null=True, related_name="ended_findings", db_index=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    # What lists are sorted by: never null, so that a page is found in its index at one place.
    gravity = models.GeneratedField(
        expression=_GRAVITY,
        output_field=models.DecimalField(max_digits=18, decimal_places=4),
        db_persist=True,
    )
    until = models.GeneratedField(
        expression=Coalesce(F("period_end"), Value(date(1, 1, 1))),
        output_field=models.DateField(),
        db_persist=True,
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding_id"],
                condition=STANDS,
                name="finding_has_one_standing_version",
            ),
            models.CheckConstraint(
                name="finding_ends_after_it_begins",
                condition=STANDS | Q(ended_on__gte=F("found_on")),
            ),
        ]
        indexes = [
            models.Index(*_from_the_last("gravity"), name="finding_gravest", condition=STANDS),
            models.Index(*_from_the_last("found_on"), name="finding_newest", condition=STANDS),
            models.Index(*_from_the_last("until"), name="finding_by_period", condition=STANDS),
            # An office sees one or two standards: the newest and the last period of each.
            models.Index(
                F("dimension"),
                *_from_the_last("found_on"),
                name="finding_newest_of",
                condition=STANDS,
            ),
            models.Index(
                F("dimension"),
                *_from_the_last("until"),
                name="finding_by_period_of",
                condition=STANDS,
            ),
            models.Index(
                fields=["enterprise", "id"], name="finding_of_enterprise", condition=STANDS
            ),
            # Ended ones too: an answer by another edition is found by its line.
            models.Index(fields=["line", "id"], name="finding_of_line"),
            models.Index(
                F("norm_row"), *_from_the_last("gravity"), name="finding_on_row", condition=STANDS
            ),
            # Ended ones too: what was found as of an earlier day.
            models.Index(
                F("industry"),
                F("dimension"),
                F("verdict"),
                *_from_the_last("gravity"),
                name="finding_of_industry",
            ),
            # What may open a case: the home page counts those that wait for one.
            models.Index(
                fields=["dimension", "division_code", "line"],
                name="finding_that_opens",
                condition=STANDS & Q(effect="opens", provisional=False),
            ),
            models.Index(
                fields=["dimension", "division_code"],
                name="finding_that_warns",
                condition=STANDS & Q(effect="warns"),
            ),
            models.Index(fields=["finding_id", "-id"], name="finding_versions"),
            models.Index(*_from_the_last("gravity"), name="finding_gravest_ever"),
        ]

    def __str__(self) -> str:
        return self.finding_id


class Reasoning(models.Model):
    """The explanation tree of a version, beside it: lists never read it, pages read one."""

    finding = models.OneToOneField(
        Finding, models.CASCADE, primary_key=True, related_name="reasoning"
    )
    tree = models.JSONField("推理")

    def __str__(self) -> str:
        return str(self.finding_id)


class FindingTally(models.Model):
    """How many findings stand, by what an inbox is filtered by: kept true by the database itself
    with every statement that writes findings (migration 0002), so that no page counts a million."""

    division_code = models.CharField(max_length=6)
    industry = models.CharField(max_length=40)
    dimension = models.CharField(max_length=12)
    verdict = models.CharField(max_length=12)
    provisional = models.BooleanField()
    effect = models.CharField(max_length=10)
    count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "division_code",
                    "industry",
                    "dimension",
                    "verdict",
                    "provisional",
                    "effect",
                ],
                name="tally_once_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.verdict}: {self.count}"
