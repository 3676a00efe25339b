"""Which rows hold in a time: of each area the latest document, and where the time is divided.

A measure of one industry (and class) is ruled by one document an area at a time: the one in force
that began last. Where that changes within the time asked for, the time is divided, and a bill for
all of it would be neither right nor wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from phaseout.law.norms.book import NormBook
from phaseout.law.norms.confirmation import Confirmation, settled_rows
from phaseout.law.prices.readings import CHARGING, Kind, Reading, area_of, readings, table

Key = tuple[str, str, str, str]
"""Measure, industry (`all` too), class (empty: any), area."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A document ended a measure for an industry, but for one class, from a day on; or it is not
    known whether it did (`doubts`)."""

    row_id: str
    measure: str
    industry: str
    except_class: str
    area: str
    effective_from: date
    effective_to: date | None
    doubts: bool
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class BandsInForce:
    """What holds from `first` to `last`: charging rows, factors on them, divisions and stops."""

    first: date
    last: date
    rows: tuple[Reading, ...]
    factors: tuple[Reading, ...]
    divided: Mapping[Key, tuple[tuple[date, str], ...]]
    """Key → from which day which document (empty: none); only keys that change."""
    stops: tuple[Stop, ...]
    every: tuple[Reading, ...]
    """All rows of all times, to name holes."""
    settled: frozenset[str]
    """Ids of the rows that count as verified."""


def bands_in_force(
    book: NormBook,
    first: date,
    last: date,
    *,
    confirmations: Iterable[Confirmation] = (),
    known_on: date | None = None,
) -> BandsInForce:
    """The rows that hold from `first` to `last`, both inside.

    Args:
        confirmations: signatures under recalled rows, as of `known_on` (default `last`).
    """
    every = tuple(one for one in readings(book) if one.kind is not Kind.RECORD)
    chosen = {day: _winners(every, day) for day in _days_of_change(every, first, last)}
    divided = _divided(chosen)
    whole = {key: rows for key, rows in chosen[first].items() if key not in divided}
    return BandsInForce(
        first,
        last,
        tuple(dict.fromkeys(row for key in sorted(whole) for row in whole[key])),
        tuple(one for one in every if _is_factor(one, first, last)),
        divided,
        tuple(stop for stop in _stops() if _meets(stop, first, last)),
        every,
        frozenset(settled_rows((r.row for r in every), confirmations, known_on or last)),
    )


def key_of(one: Reading, price_class: str) -> Key:
    """By what bands are found: the measure, the industry, the class of price and the area."""
    return (one.row.measure, one.row.industry, price_class, one.area)


def _divided(
    chosen: Mapping[date, Mapping[Key, tuple[Reading, ...]]],
) -> dict[Key, tuple[tuple[date, str], ...]]:
    """The keys whose rows change between the days: key → from which day which document."""
    keys = {key for won in chosen.values() for key in won}
    return {
        key: tuple((day, _document(won.get(key, ()))) for day, won in chosen.items())
        for key in keys
        if len({_ids(won.get(key, ())) for won in chosen.values()}) > 1
    }


def _is_factor(one: Reading, first: date, last: date) -> bool:
    """Whether it lessens or adds to a charge on all of these days."""
    holds = one.row.holds_on(first) and one.row.holds_on(last)
    return holds and one.kind in (Kind.RELIEF, Kind.LATE)


def _days_of_change(every: Collection[Reading], first: date, last: date) -> list[date]:
    days = {first}
    for one in every:
        if one.kind in CHARGING:
            starts = one.row.effective_from
            ends = one.row.effective_to
            days |= {starts} if starts else set()
            days |= {ends + timedelta(days=1)} if ends else set()
    return sorted(day for day in days if first <= day <= last)


def _winners(every: Collection[Reading], day: date) -> dict[Key, tuple[Reading, ...]]:
    """Key → the rows of the document that began last, of those in force on the day."""
    found: dict[Key, list[Reading]] = {}
    for one in every:
        if one.kind in CHARGING and one.row.holds_on(day):
            for price_class in one.classes or ("",):
                found.setdefault(key_of(one, price_class), []).append(one)
    won = {}
    for key, rows in found.items():
        latest = max(rows, key=lambda one: (_begins(one), one.row.source_id)).row.source_id
        won[key] = tuple(one for one in rows if one.row.source_id == latest)
    return won


def _begins(one: Reading) -> date:
    return one.row.effective_from or date.min


def _document(rows: Collection[Reading]) -> str:
    return next((one.row.source_id for one in rows), "")


def _ids(rows: Collection[Reading]) -> tuple[str, ...]:
    return tuple(sorted(one.row.row_id for one in rows))


def _stops() -> tuple[Stop, ...]:
    return tuple(
        Stop(
            cells["row_id"],
            cells["measure"],
            cells["industry"],
            cells["except_class"],
            area_of(cells["division_code"]),
            date.fromisoformat(cells["effective_from"]),
            date.fromisoformat(cells["effective_to"]) if cells["effective_to"] else None,
            cells["effect"] == "doubts",
            cells["zh"],
            cells["en"],
        )
        for cells in table("stops")
    )


def _meets(stop: Stop, first: date, last: date) -> bool:
    """Whether it holds on the whole of the time."""
    return stop.effective_from <= first and (stop.effective_to is None or last <= stop.effective_to)
