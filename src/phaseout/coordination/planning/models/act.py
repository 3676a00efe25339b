"""Acts of this room: appended, never changed or deleted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from phaseout.casework.models import KeptAct


class PlanAct(KeptAct):
    """What somebody did for an office: the one row of one function and one transaction.

    `content` is all that the act says, `digest` SHA-256 over it as canonical JSON. What an act
    brings about (a draft, a consultation, an opinion, an edition) names the act; `plan` is the
    draft an act is about where that was there before.
    """

    class Kind(models.TextChoices):
        DRAFT = "draft", _("拟定方案")
        CONSULT = "consult", _("征求意见")
        OPINE = "opine", _("反馈意见")
        ANSWER = "answer", _("答复意见")
        SUBMIT = "submit", _("报请审定")
        SEND_BACK = "send_back", _("退回修改")
        ADOPT = "adopt", _("审定印发")

    kind = models.CharField("行为", max_length=10, choices=Kind)
    plan = models.ForeignKey("planning.WorkPlan", models.PROTECT, null=True, related_name="acts")
    division_code = models.CharField("行政区划代码", max_length=6)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="plan_acts")

    class Meta:
        indexes = [models.Index(fields=["plan", "kind", "id"], name="plan_act_of_a_plan")]

    def __str__(self) -> str:
        return f"{self.done_on} {self.get_kind_display()}"
