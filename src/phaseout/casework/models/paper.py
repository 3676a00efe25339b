"""Documents that acts issued, and the files that acts name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from phaseout.casework.models.act import Act
from phaseout.casework.models.case import Case


class IssuedPaper(models.Model):
    """The document of an act, written in the act's own transaction; never changed.

    `content` is the filled document as plain data: PDF and DOCX are made from it at any time, the
    same bytes each time. `digest` is SHA-256 over it and stands in the act, so the chain covers it.
    Later acts add what they do to it: who served it and when, which act took it back; the first
    rendering adds the digest of the PDF. The database refuses every other change.
    """

    class Audience(models.TextChoices):
        ENTERPRISE = "enterprise", "企业"
        OWN = "own", "企业提交"
        INTERNAL = "internal", "内部"

    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    act = models.OneToOneField(Act, models.PROTECT, related_name="paper")
    document = models.CharField("文书", max_length=40)
    form = models.CharField("格式", max_length=40)
    office = models.CharField("机关", max_length=32)
    year = models.PositiveSmallIntegerField("年度")
    serial = models.PositiveIntegerField("序号", null=True)
    number = models.CharField("文号", max_length=60, blank=True)
    title_zh = models.CharField("名称", max_length=80)
    title_en = models.CharField("英文名称", max_length=120)
    addressee = models.CharField("受送达人", max_length=200, blank=True)
    audience = models.CharField("阅读范围", max_length=10, choices=Audience)
    needs_service = models.BooleanField("须送达")
    issued_on = models.DateField("成文日")
    content = models.JSONField("内容")
    digest = models.CharField("内容摘要", max_length=64)
    pdf_digest = models.CharField("PDF摘要", max_length=64, blank=True)
    served_by = models.ForeignKey(Act, models.PROTECT, null=True, related_name="papers_served")
    served_on = models.DateField("送达日", null=True)
    withdrawn_by = models.ForeignKey(
        Act, models.PROTECT, null=True, related_name="papers_withdrawn"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "document", "year", "serial"], name="paper_serial_given_once"
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="paper_number_given_once"
            ),
            models.CheckConstraint(
                name="paper_served_by_an_act",
                condition=Q(served_by=None, served_on=None)
                | Q(served_by__isnull=False, served_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_zh} {self.number}".strip()


class PaperReceipt(models.Model):
    """The enterprise has confirmed on its own site that it received a document. Recorded once."""

    paper = models.OneToOneField(IssuedPaper, models.PROTECT, related_name="receipt")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_on = models.DateField("确认日")
    recorded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.paper} · {self.received_on}"


class NamedFile(models.Model):
    """A file that an act names: who may see the case may read it (`casework.papers.files`)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="named_files")
    act = models.ForeignKey(Act, models.PROTECT, related_name="named_files")
    item = models.CharField("事项", max_length=40)
    digest = models.CharField("SHA-256", max_length=64, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act", "item", "digest"], name="file_named_once_an_act")
        ]

    def __str__(self) -> str:
        return f"{self.act} · {self.item} · {self.digest[:12]}"
