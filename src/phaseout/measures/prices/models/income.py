"""The ledger of the surcharge income: entries of postings that add up to nothing."""

from __future__ import annotations

from django.db import models

from phaseout.measures.prices.models.act import PriceAct
from phaseout.measures.prices.models.billing import Bill
from phaseout.registry.models import Enterprise


class Entry(models.Model):
    """One event in money. Its postings add up to 0 (the database refuses an entry that does not);
    a mistake is mended by another entry."""

    act = models.ForeignKey(PriceAct, models.PROTECT, related_name="entries")
    bill = models.ForeignKey(Bill, models.PROTECT, null=True, related_name="entries")
    on_day = models.DateField("日期")
    said_zh = models.CharField("摘要", max_length=200)
    said_en = models.CharField("英文摘要", max_length=200)

    class Meta:
        indexes = [models.Index(fields=["-on_day", "-id"], name="price_entry_latest")]

    def __str__(self) -> str:
        return f"{self.on_day} {self.said_zh}"


class Posting(models.Model):
    """An amount on an account: debit positive, credit negative."""

    class Account(models.TextChoices):
        RECEIVABLE = "receivable", "应收加价"
        INCOME = "income", "加价收入"
        COLLECTED = "collected", "已收待缴"
        TREASURY = "treasury", "已缴国库"
        GRID = "grid", "电网企业留用"
        CONTRACT = "contract", "违约金"

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="postings")
    account = models.CharField("科目", max_length=12, choices=Account)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, related_name="price_postings"
    )
    division_code = models.CharField("行政区划代码", max_length=6)
    amount = models.DecimalField("金额", max_digits=18, decimal_places=2)

    class Meta:
        indexes = [models.Index(fields=["account", "division_code"], name="price_posting_account")]

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"
