"""Acts of this room: appended, never changed or deleted."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from phaseout.casework.models import KeptAct


class InspectionAct(KeptAct):
    """What somebody did for an office: the one row of one function and one transaction.

    `content` is all that the act says, `digest` SHA-256 over it as canonical JSON (`drawing.
    digest_of`); what an act brings about (a plan, a draw, …) names the act. `about` names what an
    act is about where that was there before: `plan:3`, `record:8`, `tip:2`. Nobody (`by` None): a
    tip by the public.
    """

    class Kind(models.TextChoices):
        MAKE_PLAN = "make_plan", "拟定检查计划"
        APPROVE_PLAN = "approve_plan", "批准检查计划"
        RECUSE = "recuse", "申报回避"
        DRAW = "draw", "随机抽取"
        ASSIGN = "assign", "派出检查"
        REASSIGN = "reassign", "改派检查人员"
        RECORD = "record", "现场检查记录"
        SIGN_RECORD = "sign_record", "签署检查记录"
        RECEIVE_TIP = "receive_tip", "收到举报投诉"
        ACCEPT_TIP = "accept_tip", "受理举报投诉"
        DECLINE_TIP = "decline_tip", "不予受理"

    kind = models.CharField("行为", max_length=20, choices=Kind)
    dimension = models.CharField("标准", max_length=12)
    division_code = models.CharField("行政区划代码", max_length=6)
    about = models.CharField("对象", max_length=40, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="inspection_acts"
    )

    class Meta:
        indexes = [models.Index(fields=["about", "id"], name="inspection_act_about")]

    def __str__(self) -> str:
        return f"{self.done_on} {self.get_kind_display()}"
