"""What a run found for each line: measure, band, rate, or why there is none."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from phaseout.law.prices.asking import CLASS_WORDS, MEASURE_WORDS, Measure, PriceClass
from phaseout.law.prices.outcomes import Outcome
from phaseout.measures.prices.models.act import PriceAct
from phaseout.registry.models import Enterprise, ProductionLine

MEASURES = [(one.value, MEASURE_WORDS[one][0]) for one in Measure]
CLASSES = [(one.value, CLASS_WORDS[one][0]) for one in PriceClass]


class Run(models.Model):
    """One assessment of every line for the consumption of a year, as things stood on a day."""

    act = models.OneToOneField(PriceAct, models.PROTECT, related_name="run")
    year = models.PositiveSmallIntegerField("用电年度")
    on_day = models.DateField("测算日")
    lines = models.PositiveIntegerField("生产线数")
    charged = models.PositiveIntegerField("应加价数")
    unsettled = models.PositiveIntegerField("无法判定数")

    def __str__(self) -> str:
        return f"{self.year} · {self.on_day}"


class Assessment(models.Model):
    """One measure that meets one line in a run; `chosen` is the one its kWh carry.

    `ground` names what the answer rests on: `finding` (a version of a finding) or `fact` (a version
    of an energy fact). `conflicts` are weaker measures that would charge the same kWh, `unsettled`
    stronger ones of which that is not known. `kwh` is of the whole year, None where not known.
    """

    # All three come from rows that are never deleted, by the join that makes the run: a check row
    # by row and more indexes would cost more than the run itself.
    run = models.ForeignKey(
        Run, models.PROTECT, related_name="assessments", db_constraint=False, db_index=False
    )
    line = models.ForeignKey(
        ProductionLine,
        models.PROTECT,
        related_name="assessments",
        db_constraint=False,
        db_index=False,
    )
    enterprise = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        related_name="assessments",
        db_constraint=False,
        db_index=False,
    )
    division_code = models.CharField("行政区划代码", max_length=6)
    industry = models.CharField("行业", max_length=40)
    measure = models.CharField("措施", max_length=12, choices=MEASURES)
    price_class = models.CharField("类别", max_length=10, choices=CLASSES, blank=True)
    subject = models.CharField("对象", max_length=12, blank=True)
    tier = models.CharField("档", max_length=4, blank=True)
    kiln = models.CharField("设备", max_length=300, blank=True)
    indicator = models.DecimalField("指标", max_digits=18, decimal_places=6, null=True)
    limit_value = models.DecimalField("限额", max_digits=18, decimal_places=6, null=True)
    kwh = models.DecimalField("年用电量", max_digits=18, decimal_places=3, null=True)
    outcome = models.CharField("结果", max_length=16, choices=[(o.value, o.value) for o in Outcome])
    reason = models.CharField("原因", max_length=40, blank=True)
    rate = models.DecimalField("加价标准", max_digits=9, decimal_places=6, null=True)
    surcharge = models.DecimalField("测算加价", max_digits=18, decimal_places=2, null=True)
    row_id = models.CharField("价格记录", max_length=120, blank=True)
    source_id = models.CharField("文件", max_length=80, blank=True)
    provisional = models.BooleanField("暂定")
    chosen = models.BooleanField("采用")
    conflicts = ArrayField(models.CharField(max_length=12), default=list)
    unsettled = ArrayField(models.CharField(max_length=12), default=list)
    finding = models.BigIntegerField("结论", null=True)
    fact = models.BigIntegerField("能耗数据", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "line"],
                condition=models.Q(chosen=True),
                name="price_one_chosen_a_line",
            )
        ]
        indexes = [
            models.Index(fields=["line", "run"], name="price_assessment_of_line"),
            models.Index(fields=["run", "division_code", "id"], name="price_assessment_by_place"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.measure}"
