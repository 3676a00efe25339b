"""Plans, draws from them, and who declared a conflict of interest."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from phaseout.inspections.models.act import InspectionAct
from phaseout.registry.models import Enterprise


class Plan(models.Model):
    """A version of a department's plan of a year for one duty of clause 16. Approved by an act
    that covers its digest; a later version succeeds it, nothing edits it."""

    act = models.OneToOneField(InspectionAct, models.PROTECT, related_name="plan")
    office = models.CharField("机关", max_length=32)
    dimension = models.CharField("标准", max_length=12)
    division_code = models.CharField("行政区划代码", max_length=6)
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版次")
    reason = models.TextField("说明", blank=True)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "dimension", "year", "version"], name="inspection_plan_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.dimension} {self.year} v{self.version}"


class PlanLine(models.Model):
    """So many firms of an industry by a day."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField("次序")
    industry = models.CharField("行业", max_length=40)
    firms = models.PositiveIntegerField("检查企业数")
    due = models.DateField("完成期限")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "industry"], name="inspection_plan_line_once"),
            models.CheckConstraint(
                name="inspection_plan_line_asks_for_firms", condition=models.Q(firms__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.industry}"


class Recusal(models.Model):
    """A conflict of interest that an inspector declared: never drawn for that firm."""

    act = models.OneToOneField(InspectionAct, models.PROTECT, related_name="recusal")
    inspector = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="recusals")
    uscc = models.CharField("企业", max_length=18)
    reason = models.CharField("理由", max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspector", "uscc"], name="inspection_recusal_once")
        ]

    def __str__(self) -> str:
        return f"{self.inspector} · {self.uscc}"


class Draw(models.Model):
    """A random choice, with all that is needed to do it again: `sheet` holds the candidate lists,
    the exclusions with their reasons, the seed and what it is made of; `digest` goes over it."""

    act = models.OneToOneField(InspectionAct, models.PROTECT, related_name="draw")
    plan_line = models.ForeignKey(PlanLine, models.PROTECT, related_name="draws")
    place = models.PositiveSmallIntegerField("次序")
    dimension = models.CharField("标准", max_length=12)
    division_code = models.CharField("行政区划代码", max_length=6)
    on = models.DateField("抽取日")
    algorithm = models.CharField("办法", max_length=40)
    sheet = models.JSONField("候选名单")
    digest = models.CharField("候选名单摘要", max_length=64)
    drawn = models.JSONField("结果")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan_line", "place"], name="inspection_draw_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.plan_line} · {self.place}"

    def as_data(self) -> dict[str, object]:
        """What `phaseout inspections check-draw` takes."""
        return {
            "algorithm": self.algorithm,
            "sheet": self.sheet,
            "digest": self.digest,
            "drawn": self.drawn,
        }


def enterprise_names(usccs: list[str]) -> dict[str, str]:
    """USCC → name, of those that may be seen."""
    return dict(Enterprise.objects.filter(pk__in=usccs).values_list("pk", "name"))
