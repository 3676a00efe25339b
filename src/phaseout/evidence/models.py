"""What is known of a file that is kept as evidence."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import models


class EvidenceFile(models.Model):
    """One file as somebody brought it. The same bytes brought twice are two rows and one file."""

    digest = models.CharField("SHA-256", max_length=64, db_index=True)
    name = models.CharField("文件名", max_length=255)
    size = models.BigIntegerField("字节数")
    media_type = models.CharField("类型", max_length=120)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="提交人")
    kept_at = models.DateTimeField("提交时间", auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evidence_digest_is_sha256",
                condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return Path(settings.EVIDENCE_ROOT) / self.digest[:2] / self.digest[2:]

    def open(self) -> BinaryIO:
        return self.path.open("rb")
