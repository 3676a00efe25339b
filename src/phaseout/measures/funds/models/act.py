"""Acts of this room: appended, never changed or deleted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from phaseout.casework.models import KeptAct


class FundAct(KeptAct):
    """What somebody did: the one row of one function and one transaction.

    `content` is what the act says, `digest` SHA-256 over it as canonical JSON. `uscc`: the
    enterprise that an act is about; empty where it is about a programme.
    """

    class Kind(models.TextChoices):
        PROGRAMME = "make_programme", _("设立资金项目")
        INCOME = "record_income", _("登记收入")
        APPLY = "apply", _("提出申请")
        ACCEPT = "accept_application", _("审核通过")
        DECLINE = "decline_application", _("审核不通过")
        ALLOCATE = "allocate", _("分配资金")
        PAY = "pay", _("支付")
        RETURN = "return_money", _("退回未支付资金")

    kind = models.CharField("行为", max_length=20, choices=Kind)
    organisation_zh = models.CharField("机关名称", max_length=200)
    organisation_en = models.CharField("机关英文名称", max_length=200)
    division_code = models.CharField("行政区划代码", max_length=6)
    uscc = models.CharField("企业", max_length=18, blank=True)
    about = models.CharField("对象", max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="fund_acts")

    class Meta:
        indexes = [models.Index(fields=["about", "id"], name="fund_act_about")]

    def __str__(self) -> str:
        return f"{self.done_on} {self.get_kind_display()}"
