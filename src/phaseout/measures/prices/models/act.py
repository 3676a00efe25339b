"""Acts of this room: appended, never changed or deleted."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from phaseout.casework.models import KeptAct


class PriceAct(KeptAct):
    """What somebody did for an office: the one row of one function and one transaction.

    `content` is all that the act says, `digest` SHA-256 over it as canonical JSON; what an act
    brings about names the act. `about` names what was there before: `month:2018-02`, `bill:4`.
    Nobody (`by` None): what follows from another act or from the day (`end`).
    """

    class Kind(models.TextChoices):
        ASSESS = "assess", "测算"
        DETERMINE = "determine", "确定加价"
        END = "end", "终止加价"
        TAKE_CONSUMPTION = "take_consumption", "收取用电量"
        ISSUE = "issue", "编发电价文件"
        RECEIVE = "receive", "签收电价文件"
        NOTIFY = "notify", "登记缴费通知"
        COLLECT = "collect", "登记缴费"
        CHARGE_LATE = "charge_late", "逾期加收"
        REMIT = "remit", "上缴加价收入"
        SHARE = "share", "登记可再生能源电量占比"
        BILL_WATER = "bill_water", "超定额用水账单"
        COLLECT_WATER = "collect_water", "登记水费加价缴费"
        SIGN_NOTICE = "sign_notice", "签发执行通知书"

    kind = models.CharField("行为", max_length=20, choices=Kind)
    division_code = models.CharField("行政区划代码", max_length=6)
    about = models.CharField("对象", max_length=60, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="price_acts"
    )

    class Meta:
        indexes = [
            models.Index(fields=["about", "id"], name="price_act_about"),
            models.Index(fields=["kind", "-id"], name="price_act_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.done_on} {self.get_kind_display()}"
