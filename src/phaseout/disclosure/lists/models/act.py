"""Acts of this room: appended, never changed or deleted."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from phaseout.casework.models import KeptAct
from phaseout.registry.models import Enterprise


class ListAct(KeptAct):
    """What somebody did for a list: one row, one function, one transaction.

    `content` is all that the act says, `digest` SHA-256 over it as canonical JSON. `about` names
    what the act is about where that was there before: `draft:3`, `objection:8`, `listing:2`.
    `enterprise` where it concerns one. Nobody (`by` None): the ground ended by an act of a case.
    """

    class Kind(models.TextChoices):
        DRAFT = "draft", "拟定名单"
        CORRECT = "correct", "拟定更正"
        OPEN_OBJECTIONS = "open_objections", "公布前告知，征求异议"
        OBJECT = "object", "提出异议"
        ANSWER = "answer", "答复异议"
        SIGN = "sign", "签发"
        RETURN = "return", "退回"
        PUBLISH = "publish", "公布"
        LEAVE = "leave", "移出名单"
        CANCEL = "cancel", "撤销列入"

    kind = models.CharField("行为", max_length=20, choices=Kind)
    list_kind = models.CharField("名单", max_length=40)
    office = models.CharField("机关", max_length=32, blank=True)
    organisation_zh = models.CharField("机关名称", max_length=200)
    organisation_en = models.CharField("机关英文名称", max_length=200)
    division_code = models.CharField("行政区划代码", max_length=6)
    about = models.CharField("对象", max_length=40, blank=True)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="list_acts"
    )

    class Meta:
        indexes = [
            models.Index(fields=["about", "id"], name="list_act_about"),
            models.Index(fields=["list_kind", "id"], name="list_act_of_list"),
        ]

    def __str__(self) -> str:
        return f"{self.done_on} {self.get_kind_display()}"
