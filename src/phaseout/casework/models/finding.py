"""Findings through time, and the runs that gave them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

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


class JudgementRun(models.Model):
    """One time that facts met norms: why, as of which day, over which enterprises."""

    class Cause(models.TextChoices):
        FACTS = "facts", "数据导入"
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

    def __str__(self) -> str:
        return f"{self.on_day} {self.get_cause_display()}"


class Finding(models.Model):
    """One version of one answer: it stood from `found_on` until the day before `ended_on`.

    `finding_id` stays the same from version to version; `(finding_id, ended_on is null)` is unique.
    Both days are business days; a version that was replaced on its own day has them equal and was
    never the answer at the end of a day.
    """

    finding_id = models.CharField("结论编号", max_length=21)
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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding_id"],
                condition=Q(ended_on=None),
                name="finding_has_one_standing_version",
            ),
            models.CheckConstraint(
                name="finding_ends_after_it_begins",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("found_on")),
            ),
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
