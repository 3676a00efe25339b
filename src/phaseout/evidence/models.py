"""What is known of a file that is kept as evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from phaseout.evidence.kinds import IMAGES


class EvidenceFile(models.Model):
    """One file as somebody brought it. The same bytes brought twice are two rows and one file.

    `dated_on` is the file's own date (of a report, of a permit), `expires_on` the last day on which
    it is valid; both as stated last by who brought it (`StatedDays` keeps every statement). Nothing
    else of a row ever changes, and the days only by a statement: the database refuses.
    """

    digest = models.CharField("SHA-256", max_length=64, db_index=True)
    name = models.CharField("文件名", max_length=255)
    size = models.BigIntegerField("字节数")
    media_type = models.CharField("类型", max_length=120)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="提交人")
    kept_at = models.DateTimeField("提交时间", auto_now_add=True)
    dated_on = models.DateField("文件日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evidence_digest_is_sha256",
                condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="evidence_expires_after_its_date",
                condition=Q(dated_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("dated_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return Path(settings.EVIDENCE_ROOT) / self.digest[:2] / self.digest[2:]

    def open(self) -> BinaryIO:
        return self.path.open("rb")

    @property
    def is_image(self) -> bool:
        return self.media_type in IMAGES

    def expired(self, on: date) -> bool:
        """Whether it is no longer valid on a day; its last day is inside."""
        return self.expires_on is not None and self.expires_on < on


class StatedDays(models.Model):
    """A statement of the days of a file: appended, never changed or deleted (the database refuses).

    The first is what came with the file, if anything did; each later one is an act (`restating`),
    with its reason and the business day. `was_dated_on` and `was_expires_on` are what stood before.
    The database itself gives the place, what stood before and `digest`: SHA-256 over the digest of
    the statement before (`previous`) and what this one says (`chain.said`).
    """

    file = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="stated")
    place = models.PositiveIntegerField("次序")
    was_dated_on = models.DateField("原文件日期", null=True)
    was_expires_on = models.DateField("原有效期至", null=True)
    dated_on = models.DateField("文件日期", null=True)
    expires_on = models.DateField("有效期至", null=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stated_on = models.DateField("日期", null=True)
    key = models.UUIDField("一次性标识", null=True, unique=True)
    recorded_at = models.DateTimeField("记录时间")
    previous = models.CharField("前一记录摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "place"], name="statement_has_its_place")
        ]

    def __str__(self) -> str:
        return f"{self.file_id} · {self.dated_on}–{self.expires_on}"


class FileText(models.Model):
    """The text of a file, once for its bytes, for searching. Made anew from the file at any time.

    `grams` are what the search looks up (`text.grams`): pairs of Chinese characters, whole words
    of others. `problem` says why there is no text.
    """

    digest = models.CharField("SHA-256", max_length=64, unique=True)
    text = models.TextField("文字")
    grams = ArrayField(models.CharField(max_length=40))
    problem = models.CharField("未能读取的原因", max_length=200, blank=True)
    read_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [GinIndex(fields=["grams"], name="evidence_text_grams")]

    def __str__(self) -> str:
        return self.digest[:12]
