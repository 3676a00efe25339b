"""The money of the programmes by year: what came in, what was allocated and paid; sums over the
entries in one query."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Q, QuerySet

from phaseout.law.refusals import Bilingual
from phaseout.measures import sums
from phaseout.measures.asked import MoneyAsked
from phaseout.measures.funds.models import Account, Entry, FundAct
from phaseout.measures.sums import Amounts, Flowing

Kind = FundAct.Kind
FLOWS: Mapping[str, Bilingual] = {
    "income": ("资金收入", "money received"),
    "allocated": ("已分配", "allocated"),
    "paid": ("已支付", "paid out"),
}
FLOWING: Mapping[str, Flowing] = {
    "income": Flowing(Q(account=Account.INCOME), -1),
    # Given back is allocated no longer; paid out stays so.
    "allocated": Flowing(
        Q(account=Account.COMMITTED, act__kind__in=(Kind.ALLOCATE, Kind.RETURN)), 1
    ),
    "paid": Flowing(Q(account=Account.SPENT), 1),
}
NAMELESS = ("income",)
"""Flows that are of no applicant, and so of no city or industry."""


def entries(asked: MoneyAsked) -> QuerySet[Entry]:
    """The entries behind a figure. For who reads the accounts, which are of the region."""
    wanted = asked.condition(
        day="booked_on",
        place="application__division_code",
        industry="application__enterprise__industry",
    )
    return Entry.objects.filter(wanted, FLOWING[asked.flow].rows if asked.flow else Q())


def total(asked: MoneyAsked) -> Decimal:
    """What the entries of a flow come to, in yuan."""
    return sums.total(entries(asked), FLOWING[asked.flow])


def of_years(asked: MoneyAsked) -> dict[int, Amounts]:
    """Year → flow → yuan; None: it cannot be told of a city or an industry."""
    unknown = NAMELESS if asked.city or asked.industry else ()
    return sums.of_years(entries(asked), FLOWING, day="booked_on", unknown=unknown)
