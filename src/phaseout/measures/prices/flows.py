"""The money of the surcharges by year: billed, collected, and whose it became; sums over the ledger
in one query. And what was billed for electricity by kind of surcharge, from the bills in force."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from phaseout.accounts.scope import Scope
from phaseout.law.prices.asking import MEASURE_WORDS, Measure
from phaseout.law.prices.charging import to_cents
from phaseout.law.refusals import Bilingual
from phaseout.measures import sums
from phaseout.measures.asked import MoneyAsked
from phaseout.measures.prices.models import BillLine, Edition, Posting, PriceAct
from phaseout.measures.sums import Amounts, Flowing

Account, Kind = Posting.Account, PriceAct.Kind
FLOWS: Mapping[str, Bilingual] = {
    "billed": ("应收加价（含违约金）", "surcharges billed, late payment included"),
    "collected": ("已收加价", "surcharges collected"),
    "treasury": ("缴入国库", "paid to the treasury"),
    "grid": ("电网企业留用", "kept by the grid company"),
}
FLOWING: Mapping[str, Flowing] = {
    # Charged is credited to income; a later edition of a month posts the difference.
    "billed": Flowing(Q(account__in=(Account.INCOME, Account.CONTRACT)), -1),
    "collected": Flowing(
        Q(account=Account.RECEIVABLE, entry__act__kind__in=(Kind.COLLECT, Kind.COLLECT_WATER)),
        -1,
    ),
    "treasury": Flowing(Q(account=Account.TREASURY), 1),
    "grid": Flowing(Q(account=Account.GRID), 1),
}
NAMELESS = ("treasury", "grid")
"""Flows of sums that are of no one enterprise, and so of no industry."""


def postings(scope: Scope, asked: MoneyAsked) -> QuerySet[Posting]:
    """The postings behind a figure, within the scope."""
    wanted = asked.condition(
        day="entry__on_day", place="division_code", industry="enterprise__industry"
    )
    which = FLOWING[asked.flow].rows if asked.flow else Q()
    return Posting.objects.filter(scope.lines(), wanted, which)


def total(scope: Scope, asked: MoneyAsked) -> Decimal:
    """What the postings of a flow come to, in yuan."""
    return sums.total(postings(scope, asked), FLOWING[asked.flow])


def of_years(scope: Scope, asked: MoneyAsked) -> dict[int, Amounts]:
    """Year → flow → yuan; None: it cannot be told of an industry."""
    unknown = NAMELESS if asked.industry else ()
    return sums.of_years(postings(scope, asked), FLOWING, day="entry__on_day", unknown=unknown)


KINDS: Mapping[str, Bilingual] = {
    one.value: MEASURE_WORDS[one] for one in Measure if one is not Measure.WATER
}
"""Kind of surcharge on electricity → its words."""


def bill_lines(scope: Scope, asked: MoneyAsked) -> QuerySet[BillLine]:
    """The lines of bills in force (those of the last edition of their month), of one kind where it
    is asked; a year is that of the month that was billed."""
    wanted = asked.condition(
        day="bill__month", place="bill__division_code", industry="bill__enterprise__industry"
    )
    later = Edition.objects.filter(
        month=OuterRef("bill__month"), number__gt=OuterRef("bill__edition__number")
    )
    which = Q(determination__measure=asked.flow) if asked.flow else Q()
    return BillLine.objects.filter(scope.lines("bill__"), wanted, which, ~Exists(later))


def total_of_lines(scope: Scope, asked: MoneyAsked) -> Decimal:
    """What these lines come to, in yuan; a bill is rounded as a whole, so this may differ by cents
    from the sum of the bills."""
    return to_cents(bill_lines(scope, asked).aggregate(sum=Sum("exact"))["sum"] or Decimal(0))


def kinds_of_years(scope: Scope, asked: MoneyAsked) -> dict[int, Amounts]:
    """Year of the month billed → kind of surcharge → yuan; one query."""
    rows = (
        bill_lines(scope, asked)
        .order_by()
        .values_list("bill__month__year", "determination__measure")
        .annotate(Sum("exact"))
    )
    found: dict[int, Amounts] = {}
    for year, kind, amount in rows:
        found.setdefault(year, dict.fromkeys(KINDS, Decimal(0)))[kind] = to_cents(amount)
    return found
