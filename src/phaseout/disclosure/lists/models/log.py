"""The publication log: public, appended to only, its tree after RFC 9162."""

from __future__ import annotations

from django.db import models


class LogEvent(models.Model):
    """A leaf of the tree: one event in the canonical words in which it is hashed.

    `place` counts from 0 without gaps (the database refuses others). `text` is the canonical JSON
    of the event, `leaf` the leaf hash over it. The other columns repeat what it is looked up by.
    """

    class Event(models.TextChoices):
        PUBLISHED = "published", "公布"
        ENTERED = "entered", "列入"
        LEFT = "left", "移出"
        CANCELLED = "cancelled", "撤销"

    place = models.PositiveBigIntegerField("位置", unique=True)
    event = models.CharField("事件", max_length=10, choices=Event)
    list_kind = models.CharField("名单", max_length=40)
    edition = models.PositiveIntegerField("期号")
    ground = models.UUIDField("依据标识", null=True)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    on = models.DateField("日期")
    text = models.TextField("内容")
    leaf = models.CharField("叶摘要", max_length=64)
    recorded_at = models.DateTimeField("记录时间")

    class Meta:
        ordering = ["place"]
        indexes = [
            models.Index(fields=["uscc", "place"], name="list_event_of_firm"),
            models.Index(fields=["ground", "place"], name="list_event_of_ground"),
            models.Index(fields=["list_kind", "edition", "place"], name="list_event_of_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.get_event_display()}"


class LogNode(models.Model):
    """The hash of a perfect subtree of 2**level leaves, the `place`-th of its level from 0."""

    level = models.PositiveSmallIntegerField("层")
    place = models.PositiveBigIntegerField("位置")
    hash = models.CharField("摘要", max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "place"], name="list_log_node_once")
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.place}"


class TreeHead(models.Model):
    """The tree at a size, signed by the office (Ed25519 over `log.heads.signed_text`)."""

    size = models.PositiveBigIntegerField("叶数", unique=True)
    root = models.CharField("根摘要", max_length=64)
    made_at = models.DateTimeField("形成时间")
    key = models.CharField("密钥标识", max_length=16)
    signature = models.CharField("签名", max_length=128)

    def __str__(self) -> str:
        return f"{self.size} {self.root[:12]}"
