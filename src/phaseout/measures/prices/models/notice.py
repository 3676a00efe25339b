"""The notice of a surcharge as it was signed and numbered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from phaseout.measures.prices.models.act import PriceAct
from phaseout.measures.prices.models.determination import Determination


class SurchargeNotice(models.Model):
    """Signed by a leader of the price authority, with a number of its register of documents; goes
    to the enterprise and the grid company.

    `content` is the filled document as plain data, from which the PDF is made at any time; `digest`
    is SHA-256 over it and stands in the act. A correction is a notice of its own, with its number:
    it names the one that it `supersedes`, once.
    """

    act = models.OneToOneField(PriceAct, models.PROTECT, related_name="surcharge_notice")
    determination = models.ForeignKey(Determination, models.PROTECT, related_name="notices")
    year = models.PositiveSmallIntegerField("年度")
    serial = models.PositiveIntegerField("序号")
    number = models.CharField("文号", max_length=60, unique=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by", verbose_name="替代"
    )
    reason = models.CharField("更正理由", max_length=400, blank=True)
    content = models.JSONField("内容")
    digest = models.CharField("内容摘要", max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="price_notice_serial_once"),
            models.CheckConstraint(
                name="price_correction_has_a_reason",
                condition=Q(supersedes=None) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number
