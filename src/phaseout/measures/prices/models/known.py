"""What a document asks for that no fact of the registry tells, entered with its paper."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from phaseout.measures.prices.models.act import PriceAct
from phaseout.registry.models import Enterprise


class RenewableShare(models.Model):
    """Non-hydro renewable electricity in all that an enterprise used in a year, percent, and the
    value that the province wants; the latest of a year stands. Relief of 发改价格〔2021〕1239号."""

    act = models.OneToOneField(PriceAct, models.PROTECT, related_name="renewable_share")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="renewable_shares")
    division_code = models.CharField("行政区划代码", max_length=6)
    year = models.PositiveSmallIntegerField("用电年度")
    percent = models.DecimalField("占比（%）", max_digits=6, decimal_places=3)
    incentive = models.DecimalField("激励值（%）", max_digits=6, decimal_places=3)
    document = models.CharField("依据材料", max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="price_share_is_a_percentage",
                condition=Q(percent__gte=0, percent__lte=100, incentive__gte=0, incentive__lte=100),
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.year}: {self.percent} %"


class WaterBill(models.Model):
    """What an enterprise owes for the water of a year above its quota, m3 and yuan; a later number
    of the year replaces it, and the ledger takes the difference. `explanation`: the steps."""

    act = models.OneToOneField(PriceAct, models.PROTECT, related_name="water_bill")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="water_bills")
    division_code = models.CharField("行政区划代码", max_length=6)
    year = models.PositiveSmallIntegerField("用水年度")
    number = models.PositiveSmallIntegerField("版次")
    quota = models.DecimalField("定额（m³）", max_digits=16, decimal_places=3)
    used = models.DecimalField("用水量（m³）", max_digits=16, decimal_places=3)
    basic_price = models.DecimalField("基本水价（元/m³）", max_digits=9, decimal_places=4)
    price_class = models.CharField("类别", max_length=10, blank=True)
    amount = models.DecimalField("加价", max_digits=18, decimal_places=2)
    source_id = models.CharField("文件", max_length=80)
    document = models.CharField("定额和用水量的依据", max_length=200)
    explanation = models.JSONField("计算")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "year", "number"], name="price_water_bill_once"
            ),
            models.CheckConstraint(name="price_water_is_charged", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.year} v{self.number}"
