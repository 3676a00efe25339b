"""What the findings of a line make of it together: the composition of clauses (3) to (9)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from phaseout.casework.models.finding import STANDS, JudgementRun, VersionQuerySet
from phaseout.registry.models import Enterprise, ProductionLine


class LineStanding(models.Model):
    """One version of how a line stands: what governs, who leads, what else remains.

    Versioned as findings are. `detail` holds the row of the composition whole, for the page.
    """

    class Outdated(models.TextChoices):
        YES = "yes", "已认定不达标"
        PROVISIONALLY = "provisionally", "暂定不达标"
        NOT_YET = "not_yet", "尚未构成落后产能"
        UNDETERMINED = "undetermined", "无法判定"
        NO = "no", "未发现不达标"

    line = models.ForeignKey(
        ProductionLine, models.PROTECT, related_name="standings", db_index=False
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="line_standings", db_index=False
    )
    digest = models.UUIDField(editable=False)
    division_code = models.CharField("行政区划代码", max_length=6)
    industry = models.CharField("行业", max_length=40)
    outdated = models.CharField("状态", max_length=14, choices=Outdated)
    governing_dimension = models.CharField("主导标准", max_length=12, null=True)
    governing = models.CharField("主导后果", max_length=60, null=True)
    governing_provisional = models.BooleanField("暂定", null=True)
    detail = models.JSONField("内容")
    run = models.ForeignKey(JudgementRun, models.PROTECT, related_name="standings", db_index=False)
    found_on = models.DateField("认定日")
    ended_on = models.DateField("失效日", null=True)
    ended_by = models.ForeignKey(
        JudgementRun, models.PROTECT, null=True, related_name="ended_standings", db_index=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=STANDS, name="line_has_one_standing"
            ),
            models.CheckConstraint(
                name="standing_ends_after_it_begins",
                condition=STANDS | Q(ended_on__gte=F("found_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise"], name="standing_of_enterprise", condition=STANDS),
            models.Index(
                fields=["industry", "division_code"], name="standing_by_place", condition=STANDS
            ),
            models.Index(fields=["line", "-id"], name="standing_versions"),
        ]

    def __str__(self) -> str:
        return f"{self.line} · {self.get_outdated_display()}"
