"""Acts of this room: appended, never changed or deleted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from phaseout.casework.models import KeptAct
from phaseout.registry.models import Enterprise


class SanctionAct(KeptAct):
    """What somebody did for an office: the one row of one function and one transaction.

    `content` is all that the act says, `digest` SHA-256 over it as canonical JSON. What an act
    brings about (a sanction, a record, a batch, …) names the act; what it is about where that was
    there before, it names itself. Nobody (`by` None): a release, which follows from an act of the
    case by itself.
    """

    class Kind(models.TextChoices):
        IMPOSE = "impose", "作出联合惩戒"
        ANSWER_TASK = "answer_task", "反馈惩戒任务"
        DRAW_UP = "draw_up", "编制信用信息"
        SEND = "send", "报送批次"
        RECEIPT = "receipt", "登记接收回执"
        OBJECT = "object", "提出异议"
        ANSWER_OBJECTION = "answer_objection", "答复异议"
        ASK_REPAIR = "ask_repair", "申请信用修复"
        ANSWER_REPAIR = "answer_repair", "办理信用修复"
        RELEASE = "release", "解除联合惩戒"
        ACKNOWLEDGE = "acknowledge", "确认解除"
        REGISTER_BANK = "register_bank", "登记银行"
        LIST = "list", "列入信贷名单"
        WITHDRAW = "withdraw", "移出信贷名单"
        ANSWER_LIST = "answer_list", "银行反馈"

    kind = models.CharField("行为", max_length=20, choices=Kind)
    division_code = models.CharField("行政区划代码", max_length=6)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, related_name="sanction_acts"
    )
    sanction = models.ForeignKey("sanctions.Sanction", models.PROTECT, null=True, related_name="+")
    task = models.ForeignKey(
        "sanctions.SanctionTask", models.PROTECT, null=True, related_name="answers"
    )
    notice = models.OneToOneField(
        "sanctions.ReleaseNotice", models.PROTECT, null=True, related_name="acknowledged"
    )
    listing = models.ForeignKey(
        "sanctions.CreditListing", models.PROTECT, null=True, related_name="acts"
    )
    bank = models.ForeignKey("sanctions.Bank", models.PROTECT, null=True, related_name="answers")
    batch = models.ForeignKey("sanctions.Batch", models.PROTECT, null=True, related_name="receipts")
    answers = models.OneToOneField("self", models.PROTECT, null=True, related_name="answered")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="sanction_acts"
    )

    class Meta:
        indexes = [models.Index(fields=["sanction", "id"], name="sanction_act_of_a_sanction")]
        constraints = [
            models.UniqueConstraint(
                fields=["listing"],
                condition=Q(kind="withdraw"),
                name="credit_listing_withdrawn_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.done_on} {self.get_kind_display()}"
