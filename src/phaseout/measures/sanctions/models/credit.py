"""Credit lists (clause 13) and the banks they go to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from phaseout.casework.models import Case
from phaseout.measures.sanctions.models.act import SanctionAct
from phaseout.measures.sanctions.models.sanction import Sanction
from phaseout.registry.models import Enterprise


class Bank(models.Model):
    """A bank that gets the lists. Its people have posts that name its credit code."""

    act = models.OneToOneField(SanctionAct, models.PROTECT, related_name="registered")
    uscc = models.CharField("统一社会信用代码", max_length=18, unique=True)
    name_zh = models.CharField("名称", max_length=120)
    name_en = models.CharField("英文名称", max_length=160)

    def __str__(self) -> str:
        return self.name_zh


class CreditListing(models.Model):
    """An enterprise on a list, from a day, on a ground: a sanction in force (no new credit,
    reduce), or a case of an exit of its own will (support). Withdrawn by an act when the ground
    ends."""

    class Sort(models.TextChoices):
        SUPPORT = "support", "予以信贷支持"
        NO_NEW = "no_new", "严控新增授信"
        REDUCE = "reduce", "压缩退出存量贷款"

    act = models.OneToOneField(SanctionAct, models.PROTECT, related_name="listed")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="credit_listings")
    division_code = models.CharField("行政区划代码", max_length=6)
    sort = models.CharField("名单", max_length=10, choices=Sort)
    sanction = models.ForeignKey(Sanction, models.PROTECT, null=True, related_name="listings")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="credit_listings")
    reason = models.TextField("理由")
    listed_on = models.DateField("列入日")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sanction", "sort"],
                condition=Q(sanction__isnull=False),
                name="credit_listing_once_a_sanction",
            ),
            models.CheckConstraint(
                name="credit_listing_has_its_ground",
                condition=Q(sort="support", sanction=None, case__isnull=False)
                | ~Q(sort="support") & Q(sanction__isnull=False, case=None),
            ),
        ]
        indexes = [models.Index(fields=["case"], name="credit_listing_of_a_case")]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.get_sort_display()}"
