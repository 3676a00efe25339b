"""What the public wrote of errors, and apart from it who; what was done about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from phaseout.casework.models import KeptAct


class MessageAct(KeptAct):
    """What was done with a message, for an office: one function, one transaction, one row.

    Nobody (`by` None): it came from the public. `content` is all that the act says, without who
    wrote; `digest` SHA-256 over it. `about`: `message:3`, for what is done with one that is there.
    """

    class Kind(models.TextChoices):
        RECEIVE = "receive_message", "收到来信"
        ANSWER = "answer_message", "答复来信"

    kind = models.CharField("行为", max_length=20, choices=Kind)
    division_code = models.CharField("行政区划代码", max_length=6)
    about = models.CharField("对象", max_length=40, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="message_acts"
    )

    class Meta:
        indexes = [models.Index(fields=["about"], name="publicsite_act_about")]

    def __str__(self) -> str:
        return f"{self.done_on} {self.get_kind_display()}"


class Message(models.Model):
    """来信: what somebody says is wrong in what is published. Nothing of who says it."""

    class Subject(models.TextChoices):
        LIST = "list", "公告名单的内容有误"
        NORM = "norm", "标准或条款有误"
        DATA = "data", "开放数据有误"
        PAGE = "page", "网页打不开或显示有误"

    act = models.OneToOneField(MessageAct, models.PROTECT, related_name="message")
    office = models.CharField("承办机关", max_length=32)
    division_code = models.CharField("行政区划代码", max_length=6)
    subject = models.CharField("事由", max_length=8, choices=Subject)
    place = models.CharField("何处", max_length=200, blank=True)
    text = models.TextField("内容")
    received_on = models.DateField("收到日")
    code = models.CharField("查询码", max_length=16, unique=True)

    def __str__(self) -> str:
        return f"{self.received_on} {self.get_subject_display()}"


class MessageWriter(models.Model):
    """Who wrote, if they said so: read by the office that answers, by nobody else."""

    message = models.OneToOneField(Message, models.PROTECT, related_name="writer")
    office = models.CharField("承办机关", max_length=32)
    division_code = models.CharField("行政区划代码", max_length=6)
    name = models.CharField("姓名", max_length=60, blank=True)
    contact = models.CharField("联系方式", max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.message_id}"
