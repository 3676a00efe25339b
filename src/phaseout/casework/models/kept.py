"""What an act of a room above keeps as an act of a case does (`acts.once` is how it is done)."""

from __future__ import annotations

from django.db import models


class KeptAct(models.Model):
    """An act beside the cases: appended, never changed, never deleted (a trigger of the room's
    migrations refuses); once under its `key`.

    `office` did it, under its name on the day (`organisation_zh`, `organisation_en`); `content` is
    all that the act says, `digest` SHA-256 over it as canonical JSON. A room adds what its acts are
    called (`kind`), who did them (`by`) and what they are about.
    """

    office = models.CharField("机关", max_length=32)
    organisation_zh = models.CharField("机关名称", max_length=120)
    organisation_en = models.CharField("机关英文名称", max_length=160)
    done_on = models.DateField("日期")
    content = models.JSONField("内容", default=dict)
    digest = models.CharField("摘要", max_length=64)
    key = models.UUIDField("一次性标识", unique=True)
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)

    class Meta:
        abstract = True
