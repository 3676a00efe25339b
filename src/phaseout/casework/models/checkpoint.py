"""Checkpoints: once a day, one signed digest over all acts there are."""

from __future__ import annotations

from django.db import models


class Checkpoint(models.Model):
    """All acts up to `last_act` at a moment.

    `root` goes over the root before and the digests of the acts since, in the order of their ids;
    `signature` (Ed25519, hex) covers `audit.links.signed_text`. Appended, never changed or deleted
    (the database refuses).
    """

    day = models.DateField("日期", unique=True)
    acts = models.PositiveBigIntegerField("行为总数")
    last_act = models.PositiveBigIntegerField("最后一行为")
    root = models.CharField("总摘要", max_length=64)
    previous = models.CharField("前一总摘要", max_length=64)
    key = models.CharField("密钥标识", max_length=16)
    signature = models.CharField("签名", max_length=128)
    made_at = models.DateTimeField("形成时间")

    def __str__(self) -> str:
        return f"{self.day}: {self.acts}"
