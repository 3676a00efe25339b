"""The money of the programmes by year: what came in, what was allocated and paid; sums over the
entries in one query."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from phaseout.law.refusals import Bilingual
from phaseout.measures.asked import MoneyAsked
from phaseout.measures.funds.models import Account, Entry, FundAct

Kind = FundAct.Kind
FLOWS: Mapping[str, Bilingual] = {
    "income": ("资金收入", "money received"),
    "allocated": ("已分配", "allocated"),
    "paid": ("已支付", "paid out"),
}
WHICH: Mapping[str, tuple[Q, int]] = {
    "income": (Q(account=Account.INCOME), -1),
    # Given back is allocated no longer; paid out stays so.
    "allocated": (Q(account=Account.COMMITTED, act__kind__in=(Kind.ALLOCATE, Kind.RETURN)), 1),
    "paid": (Q(account=Account.SPENT), 1),
}
"""Flow → the entries that are of it, and their sign."""
NAMELESS = ("income",)
"""Flows that are of no applicant, and so of no city or industry."""


def entries(asked: MoneyAsked) -> QuerySet[Entry]:
    """The entries behind a figure. For who reads the accounts, which are of the region."""
    wanted = asked.condition(
        day="booked_on",
        place="application__division_code",
        industry="application__enterprise__industry",
    )
    return Entry.objects.filter(wanted, WHICH[asked.flow][0] if asked.flow else Q())


def total(asked: MoneyAsked) -> Decimal:
    """What the entries of a flow come to, in yuan."""
    found = entries(asked).aggregate(Sum("amount"))["amount__sum"] or Decimal(0)
    return Decimal(found * WHICH[asked.flow][1])


def of_years(asked: MoneyAsked) -> dict[int, dict[str, Decimal | None]]:
    """Year → flow → yuan; None: it cannot be told of a city or an industry."""
    sums = {
        name: Sum("amount", filter=which, default=Decimal(0)) for name, (which, _) in WHICH.items()
    }
    rows: Any = entries(asked).order_by().values("booked_on__year").annotate(**sums)
    unknown = NAMELESS if asked.city or asked.industry else ()
    return {
        row["booked_on__year"]: {
            name: None if name in unknown else row[name] * sign for name, (_, sign) in WHICH.items()
        }
        for row in rows
    }
