"""Parcels of exiting enterprises, and the acts by which they are disposed of; all appended to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phaseout.casework.models import KeptAct
from phaseout.law.land import RIGHTS
from phaseout.registry.models import Enterprise, ProductionLine


class LandAct(KeptAct):
    """What somebody did for an office about a parcel: one row, one function, one transaction.

    `content` is all that the act says; `digest` is SHA-256 over it as canonical JSON.
    """

    class Kind(models.TextChoices):
        REGISTER = "register", "登记地块"
        DISPOSE = "dispose", "登记处置决定"
        RECEIVE = "receive", "登记出让收入"
        ASSIGN = "assign", "安排职工安置费用"
        END_USE = "end_use", "结束过渡期使用"

    kind = models.CharField("行为", max_length=10, choices=Kind)
    parcel = models.ForeignKey("Parcel", models.PROTECT, related_name="acts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="land_acts")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parcel"], condition=Q(kind="register"), name="parcel_is_registered_once"
            ),
            models.UniqueConstraint(
                fields=["parcel"], condition=Q(kind="dispose"), name="parcel_is_disposed_of_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.done_on} {self.get_kind_display()}"


class Parcel(models.Model):
    """宗地: the land of an enterprise, or of one of its lines. `area` in square metres."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="parcels")
    line = models.ForeignKey(ProductionLine, models.PROTECT, null=True, related_name="parcels")
    number = models.CharField("宗地编号", max_length=40, unique=True)
    address = models.CharField("坐落", max_length=200)
    area = models.DecimalField("面积", max_digits=14, decimal_places=2)
    right = models.CharField(
        "权利类型",
        max_length=10,
        choices=[(right.value, words[0]) for right, words in RIGHTS.items()],
    )
    division_code = models.CharField("行政区划代码", max_length=6)

    class Meta:
        constraints = [
            models.CheckConstraint(name="parcel_has_an_area", condition=Q(area__gt=0)),
        ]
        indexes = [models.Index(fields=["division_code", "id"], name="parcel_by_place")]

    def __str__(self) -> str:
        return self.number


class ContinuedUse(models.Model):
    """过渡期: the years in which the old use goes on, from the day the conversion was filed."""

    act = models.OneToOneField(LandAct, models.PROTECT, related_name="continued_use")
    parcel = models.OneToOneField(Parcel, models.PROTECT, related_name="continued_use")
    trade = models.CharField("转产行业", max_length=120)
    filed_on = models.DateField("备案日")
    last_day = models.DateField("最后一日")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="continued_use_ends_after_it_begins", condition=Q(last_day__gt=F("filed_on"))
            )
        ]
        indexes = [models.Index(fields=["last_day"], name="continued_use_by_last_day")]

    def __str__(self) -> str:
        return f"{self.parcel} → {self.last_day}"


class LandMoney(models.Model):
    """Income of a parcel that was taken back, and what of it is given to settle employees (CNY).

    The database refuses more given than came in.
    """

    class Kind(models.TextChoices):
        INCOME = "income", "出让收入"
        ASSIGNED = "assigned", "用于职工安置"

    act = models.OneToOneField(LandAct, models.PROTECT, related_name="money")
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="money")
    kind = models.CharField("性质", max_length=8, choices=Kind)
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2)

    class Meta:
        constraints = [models.CheckConstraint(name="land_money_is_some", condition=Q(amount__gt=0))]

    def __str__(self) -> str:
        return f"{self.parcel} {self.kind} {self.amount}"
