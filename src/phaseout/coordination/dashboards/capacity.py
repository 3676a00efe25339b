"""Capacity under each state of the ledger, by city, by industry and at the end of each year; units
are never added up. Two queries, three where a year is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from phaseout.accounts.organisations import place_words
from phaseout.coordination.dashboards.asking import FIRST_YEAR, Asked
from phaseout.coordination.dashboards.panels import Cell, Column, Panel, Row, counted, till
from phaseout.law.capacity import EXITED, GIVEN_UP, LIVE, account, keys_of
from phaseout.law.industries import INDUSTRIES
from phaseout.pages.templatetags.phaseout import said
from phaseout.registry.capacity import Asked as OfLedger
from phaseout.registry.capacity import Balance, balances, exited_between
from phaseout.registry.capacity.asking import GROUP_WORDS
from phaseout.registry.capacity.saying import shown, unit_said

Stocks = dict[str, Decimal]
Kept = dict[tuple[str, str], Stocks]
"""(city, industry or year; unit) → account → amount in the ledger's unit."""
LOOKS = {
    "registered": "light", "restored": "green", "outdated": "amber", "rectifying": "calm",
    "leaving": "violet",
}  # fmt: skip
WAS_YEARS = 3
"""So many years before that of the Opinions are shown: what the capacity came from."""


def panels(asked: Asked) -> list[Panel]:
    """By city, by industry, year by year."""
    stands = balances(_ledger(asked), by=("city", "industry", "unit"))
    went = _went(asked)
    industries = list(INDUSTRIES)
    return [
        _panel(
            asked, "capacity-city", _("各市产能状态"), _("所在市"),
            _kept(stands, "city"), _kept(went, "city"), "city",
            lambda key: said(place_words(f"{key}00")), lambda key: (0, key),
        ),
        _panel(
            asked, "capacity-industry", _("各行业产能状态"), _("行业"),
            _kept(stands, "industry"), _kept(went, "industry"), "industry", _industry,
            lambda key: (industries.index(key) if key in INDUSTRIES else len(industries), key),
        ),
        _through_years(asked),
    ]  # fmt: skip


def _ledger(asked: Asked, *, until: bool = True) -> OfLedger:
    as_of = date(asked.year, 12, 31) if asked.year is not None else asked.on
    return OfLedger(
        as_of=as_of if until else None,
        city=asked.city,
        industry=asked.industry,
        within=asked.scope.lines(),
    )


def _went(asked: Asked) -> list[Balance]:
    """What exited in the year that is asked."""
    if asked.year is None:
        return []
    first, last = date(asked.year, 1, 1), date(asked.year, 12, 31)
    return exited_between(first, last, _ledger(asked), by=("city", "industry", "unit"))


def _kept(found: Iterable[Balance], by: str) -> Kept:
    """The balances summed over what they are not counted by."""
    kept: Kept = defaultdict(lambda: defaultdict(Decimal))
    for one in found:
        for name, amount in one.stocks.items():
            kept[one.by[by], one.unit][name] += amount
    return kept


def _industry(key: str) -> str:
    known = INDUSTRIES.get(key)
    return said((known.zh, known.en)) if known else key


def _panel(
    asked: Asked,
    key: str,
    title: str,
    first: str,
    stands: Kept,
    went: Kept,
    by: str,
    name: Callable[[str], str],
    order: Callable[[str], tuple[int, str]],
) -> Panel:
    states = _states(stands.values())
    heads = _columns(states, asked.year)
    rows = []
    for of, unit in sorted(stands, key=lambda pair: (pair[1] != "t/a", pair[1], order(pair[0]))):
        narrowed = {**asked.prefix, by: of}
        opens = _opens(asked, unit, narrowed)
        gone = sum(went.get((of, unit), {}).values(), Decimal(0))
        cells = _cells(stands[of, unit], states, unit, opens)
        if asked.year is not None:
            cells.insert(-1, _cell(gone, "exited", unit, opens, moved="year"))
        rows.append(Row(name(of), tuple(cells), said(unit_said(unit))))
    return Panel(key, title, first, heads, tuple(rows), notes=_notes())


def _opens(asked: Asked, unit: str, narrowed: Mapping[str, str]) -> dict[str, str]:
    """What the page of entries is asked for, as parts of its address."""
    parts = {"unit": unit, "industry": narrowed.get("industry", "")}
    if narrowed.get("city"):
        parts["city"] = f"{narrowed['city']}00"
    if asked.year is not None:
        parts["year"] = str(asked.year)
    if asked.on is not None:
        parts["on"] = asked.on.isoformat()
    return parts


def _states(stocks: Iterable[Stocks]) -> list[str]:
    """The states that have a column: those of what is live, and others where something stands."""
    there = {name for one in stocks for name, amount in one.items() if amount}
    return [
        *keys_of(LIVE),
        *(key for key in (*keys_of(EXITED), *keys_of(GIVEN_UP)) if key in there),
    ]


def _columns(states: list[str], year: int | None) -> tuple[Column, ...]:
    given_up = keys_of(GIVEN_UP)
    kept = [key for key in states if key not in given_up]
    found = [Column(said(account(key).name), LOOKS.get(key, "")) for key in kept]
    found.append(Column(said(GROUP_WORDS["exited"]), "dark"))
    found += [Column(said(account(key).name), "grey") for key in states if key in given_up]
    if year is not None:
        found.append(Column(said((f"其中{year}年退出", f"of it in {year}"))))
    return (*found, Column(said(GROUP_WORDS[""])))


def _cells(stocks: Stocks, states: list[str], unit: str, opens: Mapping[str, str]) -> list[Cell]:
    """The figures of a row in the order of `_columns`, that of a year left out."""
    given_up = keys_of(GIVEN_UP)
    exited = sum((stocks.get(key, Decimal(0)) for key in keys_of(EXITED)), Decimal(0))
    own = [(key, stocks.get(key, Decimal(0))) for key in states if key not in given_up]
    last = [(key, stocks.get(key, Decimal(0))) for key in states if key in given_up]
    every = sum(stocks.values(), Decimal(0))
    told = [*own, ("exited", exited), *last, ("", every)]
    return [_cell(amount, state, unit, opens) for state, amount in told]


def _cell(amount: Decimal, state: str, unit: str, opens: Mapping[str, str], **more: str) -> Cell:
    return counted(shown(amount, unit), "capacity-entries", state=state, **opens, **more)


def _through_years(asked: Asked) -> Panel:
    """What stood at the end of each year, and stands at the day asked: sums of all that came
    before, so one query gives every year."""
    kept: Kept = defaultdict(lambda: defaultdict(Decimal))
    rows = (
        _ledger(asked)
        .postings()
        .exclude(account="origin")
        .order_by()
        .values_list("effective_on__year", "unit", "account")
        .annotate(Sum("amount"))
    )
    last = asked.cutoff.year
    for year, unit, name, amount in rows:
        for later in range(max(year, FIRST_YEAR - WAS_YEARS), last + 1):
            kept[str(later), unit][name] += amount
    states = _states(kept.values())
    return Panel(
        "capacity-year",
        _("历年产能状态"),
        _("年末"),
        _columns(states, None),
        tuple(
            _year_row(asked, int(year), unit, kept[year, unit], states)
            for year, unit in sorted(kept, key=lambda key: (key[1] != "t/a", key[1], key[0]))
        ),
        notes=_notes(),
    )


def _year_row(asked: Asked, year: int, unit: str, stocks: Stocks, states: list[str]) -> Row:
    end = date(year, 12, 31) if asked.on is None else min(date(year, 12, 31), asked.on)
    opens = _opens(Asked(asked.scope, asked.today, on=end), unit, asked.prefix)
    whole = (end.month, end.day) == (12, 31) and end <= asked.cutoff
    name = str(year) if whole else till(asked.cutoff)
    return Row(name, tuple(_cells(stocks, states, unit, opens)), said(unit_said(unit)))


def _notes() -> tuple[str, ...]:
    return (_("不能换算的单位分开列，不相加；没有填报产能或单位的生产线不在台账上。"),)
