"""Money in, money out, and the double entries of both."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from phaseout.measures.funds.models.act import FundAct
from phaseout.measures.funds.models.programme import Application, Programme, ProgrammeUse


class Income(models.Model):
    """Money that came into a programme. Surcharges come from the power bills (clause 12): here the
    sum as the treasury received it, with its document; `remitted` is the key of the sum that the
    room of prices or of land gave, "" for what came otherwise (`measures.remitted`)."""

    class Source(models.TextChoices):
        CENTRAL = "central", _("中央财政")
        REGION = "region", _("自治区财政")
        SURCHARGE = "surcharge", _("差别电价加价收入")
        LAND = "land", _("土地出让收入")

    act = models.OneToOneField(FundAct, models.PROTECT, related_name="income")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="incomes")
    source = models.CharField("来源", max_length=12, choices=Source)
    year = models.PositiveSmallIntegerField("年度")
    amount = models.DecimalField("金额", max_digits=16, decimal_places=2)
    received_on = models.DateField("到账日")
    document = models.CharField("文件", max_length=200)
    remitted = models.CharField("所出款项", max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["remitted"], name="fund_income_remitted")]
        constraints = [
            models.CheckConstraint(name="fund_income_is_positive", condition=Q(amount__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.amount}"


class Payment(models.Model):
    """Money paid out to an applicant for one use. That the use is one of the programme's own is a
    foreign key over both (migration 0002)."""

    act = models.OneToOneField(FundAct, models.PROTECT, related_name="payment")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="payments")
    application = models.ForeignKey(Application, models.PROTECT, related_name="payments")
    use = models.ForeignKey(ProgrammeUse, models.PROTECT, related_name="payments")
    amount = models.DecimalField("金额", max_digits=16, decimal_places=2)
    paid_on = models.DateField("支付日")
    voucher = models.CharField("凭证", max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(name="fund_payment_is_positive", condition=Q(amount__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.amount}"


class Account(models.TextChoices):
    """Where money is or went. Income and spent carry the other side: nought in all."""

    INCOME = "income", _("收入")
    AVAILABLE = "available", _("可分配")
    COMMITTED = "committed", _("已分配未支付")
    SPENT = "spent", _("已支付")


class Entry(models.Model):
    """One side of a booking. Entries of one act add up to nought: what leaves one account comes
    into another. `income` is kept negative, every other account is never below nought (triggers).
    """

    act = models.ForeignKey(FundAct, models.PROTECT, related_name="entries")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="entries")
    account = models.CharField("账户", max_length=12, choices=Account)
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="entries")
    amount = models.DecimalField("金额", max_digits=16, decimal_places=2)
    booked_on = models.DateField("记账日")

    class Meta:
        constraints = [
            models.CheckConstraint(name="fund_entry_moves_something", condition=~Q(amount=0)),
            models.CheckConstraint(
                name="fund_entry_names_its_application",
                condition=Q(account__in=("income", "available"), application=None)
                | Q(account__in=("committed", "spent"), application__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "account", "application"], name="fund_entry_account")
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"
