"""Files of readings, and the readings themselves."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from phaseout.evidence.models import EvidenceFile
from phaseout.registry.models.beijing_time import BeijingTimeField


class Batch(models.Model):
    """A file of readings: kept as it came, then taken whole or refused whole.

    `counts`: rows read, taken, said again, without a value; meters, first and last hour. `problems`
    are the first of what was found, each with file, row, column, value and expectation.
    """

    class State(models.TextChoices):
        RECEIVED = "received", "已收到"
        TAKEN = "taken", "已入库"
        REFUSED = "refused", "已退回"

    class Times(models.TextChoices):
        START = "start", "时段的起点"
        END = "end", "时段的终点"

    evidence = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="meter_batches")
    division_code = models.CharField("管辖范围", max_length=6)
    received_on = models.DateField("收到日")
    received_at = models.DateTimeField("收到时间", auto_now_add=True)
    times = models.CharField("时间表示", max_length=8, choices=Times)
    corrects = models.BooleanField("更正已有读数", default=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.RECEIVED)
    attempts = models.SmallIntegerField("读取次数", default=0)
    counts = models.JSONField("读取结果", default=dict)
    problem_count = models.IntegerField("问题数", default=0)
    problems = models.JSONField("问题", default=list)
    refusal = models.JSONField("退回原因", null=True)
    key = models.UUIDField("一次性标识", unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="batch_refused_for_a_reason",
                condition=~Q(state="refused") | Q(refusal__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.evidence)


class Reading(models.Model):
    """The energy of one step of a meter. Appended only: a correction is a later `edition` of the
    same step, and the latest one counts.

    `starts` is Beijing local time. There are many million: the two references are not enforced row
    by row (both are written by the one statement that takes a batch), and there is no other key.
    """

    pk = models.CompositePrimaryKey("meter", "starts", "edition")
    meter = models.ForeignKey(
        "restart.Meter", models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    starts = BeijingTimeField("起")
    edition = models.SmallIntegerField("版次", default=1)
    minutes = models.SmallIntegerField("分钟")
    kwh = models.FloatField("电量")
    batch = models.ForeignKey(
        Batch, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="reading_is_energy_drawn", condition=Q(kwh__gte=0)),
            models.CheckConstraint(
                name="reading_has_a_step_we_know", condition=Q(minutes__in=[15, 30, 60])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meter_id} {self.starts}"
