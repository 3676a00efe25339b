"""The money of the land by year: what its taking back brought in, what of it went to employees."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from phaseout.accounts.scope import Scope
from phaseout.law.refusals import Bilingual
from phaseout.measures import sums
from phaseout.measures.asked import MoneyAsked
from phaseout.measures.land.models import LandMoney
from phaseout.measures.land.shown import within
from phaseout.measures.sums import Amounts, Flowing

FLOWS: Mapping[str, Bilingual] = {
    LandMoney.Kind.INCOME.value: ("土地出让收入", "land proceeds"),
    LandMoney.Kind.ASSIGNED.value: ("用于职工安置", "given to settle employees"),
}
FLOWING: Mapping[str, Flowing] = {kind: Flowing(Q(kind=kind), 1) for kind in FLOWS}


def money(scope: Scope, asked: MoneyAsked) -> QuerySet[LandMoney]:
    """The sums behind a figure, within the scope."""
    wanted = asked.condition(
        day="act__done_on", place="parcel__division_code", industry="parcel__enterprise__industry"
    )
    which = FLOWING[asked.flow].rows if asked.flow else Q()
    return LandMoney.objects.filter(within(scope, "parcel__"), wanted, which)


def amounts(scope: Scope, asked: MoneyAsked, parcels: list[int]) -> Mapping[int, Decimal]:
    """Parcel → what of the flow is of it, in yuan."""
    rows = money(scope, asked).filter(parcel__in=parcels).order_by()
    return dict(rows.values_list("parcel").annotate(Sum("amount")))


def total(scope: Scope, asked: MoneyAsked) -> Decimal:
    """What the flow comes to, in yuan."""
    return sums.total(money(scope, asked), FLOWING[asked.flow])


def of_years(scope: Scope, asked: MoneyAsked) -> dict[int, Amounts]:
    """Year → flow → yuan; one query."""
    return sums.of_years(money(scope, asked), FLOWING, day="act__done_on")
