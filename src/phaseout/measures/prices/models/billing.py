"""Bills of a month, the file that carries them, and what became of each bill."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from phaseout.evidence.models import EvidenceFile
from phaseout.measures.prices.models.act import PriceAct
from phaseout.measures.prices.models.consumption import Consumption
from phaseout.measures.prices.models.determination import Determination
from phaseout.registry.models import Enterprise


class Edition(models.Model):
    """The price file of a month, as it went to the grid company and the price authority. A later
    edition of the month replaces it; nothing edits it. `digest` is SHA-256 of the CSV."""

    act = models.OneToOneField(PriceAct, models.PROTECT, related_name="edition")
    month = models.DateField("月份")
    number = models.PositiveSmallIntegerField("版次")
    digest = models.CharField("摘要", max_length=64)
    csv = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="+")
    xlsx = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="+")
    total = models.DecimalField("加价合计", max_digits=18, decimal_places=2)
    held = models.JSONField("暂缓", default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "number"], name="price_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} v{self.number}"


class Receipt(models.Model):
    """That one of the two received an edition."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="receipts")
    act = models.OneToOneField(PriceAct, models.PROTECT, related_name="receipt")
    office = models.CharField("签收机关", max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "office"], name="price_receipt_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition} · {self.office}"


class Bill(models.Model):
    """What an enterprise owes for a month by an edition: rounded once, over all its lines."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="bills")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="price_bills")
    division_code = models.CharField("行政区划代码", max_length=6)
    number = models.CharField("账单号", max_length=40, unique=True)
    month = models.DateField("月份")
    kwh = models.DecimalField("电量", max_digits=18, decimal_places=3)
    amount = models.DecimalField("加价", max_digits=18, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "enterprise"], name="price_bill_once"),
            models.CheckConstraint(name="price_bill_is_not_negative", condition=Q(amount__gte=0)),
        ]
        indexes = [
            models.Index(fields=["enterprise", "-month"], name="price_bill_of_a_firm"),
        ]

    def __str__(self) -> str:
        return self.number


class BillLine(models.Model):
    """One consumption at one rate; `exact` is their product with all its digits."""

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="lines")
    determination = models.ForeignKey(Determination, models.PROTECT, related_name="billed")
    consumption = models.ForeignKey(Consumption, models.PROTECT, related_name="billed")
    kwh = models.DecimalField("电量", max_digits=18, decimal_places=3)
    rate = models.DecimalField("加价标准", max_digits=9, decimal_places=6)
    exact = models.DecimalField("乘积", max_digits=27, decimal_places=9)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bill", "consumption"], name="price_kwh_billed_once")
        ]

    def __str__(self) -> str:
        return f"{self.bill} · {self.consumption_id}"


class PaymentNotice(models.Model):
    """The day on which the enterprise received the notice to pay a month: from it the days run."""

    bill = models.OneToOneField(Bill, models.PROTECT, related_name="notice")
    act = models.OneToOneField(PriceAct, models.PROTECT, related_name="notice")
    received_on = models.DateField("收到通知日")
    contract_percent = models.DecimalField(
        "合同约定违约金（%/日）", max_digits=5, decimal_places=3, null=True
    )
    pay_by = models.DateField("缴费期限")

    def __str__(self) -> str:
        return f"{self.bill} {self.received_on}"


class Payment(models.Model):
    """Money that came in for a bill."""

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="payments")
    act = models.OneToOneField(PriceAct, models.PROTECT, related_name="payment")
    paid_on = models.DateField("缴费日")
    amount = models.DecimalField("金额", max_digits=18, decimal_places=2)

    class Meta:
        constraints = [
            models.CheckConstraint(name="price_payment_is_of_something", condition=Q(amount__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.bill} {self.amount}"


class LateCharge(models.Model):
    """What lateness adds to a bill: by the document (the rate is raised, once), or by the contract
    (so many percent a day, up to a day)."""

    class By(models.TextChoices):
        DOCUMENT = "document", "文件规定"
        CONTRACT = "contract", "合同约定"

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="late_charges")
    act = models.OneToOneField(PriceAct, models.PROTECT, related_name="late_charge")
    by = models.CharField("依据", max_length=10, choices=By)
    up_to = models.DateField("计至")
    days = models.PositiveIntegerField("天数")
    amount = models.DecimalField("金额", max_digits=18, decimal_places=2)
    said = models.JSONField("计算")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bill"],
                condition=Q(by="document"),
                name="price_late_by_document_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.bill} {self.amount}"
