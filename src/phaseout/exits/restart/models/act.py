"""Acts of this room: appended, never changed or deleted."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from phaseout.casework.models import KeptAct
from phaseout.registry.models import ProductionLine


class RestartAct(KeptAct):
    """What somebody did for an office about a watched line: one function, one transaction, one row.

    `content` is all that the act says, `digest` SHA-256 over it as canonical JSON. `about` names
    what was there before: `alarm:3`, `meter:8`.
    """

    class Kind(models.TextChoices):
        ASSIGN_METER = "assign_meter", "登记电表"
        END_METER = "end_meter", "终止电表登记"
        CONFIRM_ALARM = "confirm_alarm", "确认恢复生产"
        DISMISS_ALARM = "dismiss_alarm", "排除预警"

    kind = models.CharField("行为", max_length=20, choices=Kind)
    line = models.ForeignKey(ProductionLine, models.PROTECT, related_name="restart_acts")
    division_code = models.CharField("行政区划代码", max_length=6)
    about = models.CharField("对象", max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="restart_acts")
    reason = models.TextField("理由", blank=True)

    class Meta:
        indexes = [models.Index(fields=["about", "id"], name="restart_act_about")]

    def __str__(self) -> str:
        return f"{self.done_on} {self.get_kind_display()}"
