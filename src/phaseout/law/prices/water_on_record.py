"""For which years and places a rate of water above the quota is on record, and what was looked for.

    documents(book, region)     every document on record that is about such water there
    by_year(laws, region)       year by year: what answers, place by place, or why nothing does

A year without an answer is told with its reason: no rate on record is not a rate of nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from phaseout.law.industries import ALL_INDUSTRIES
from phaseout.law.norms import NormBook
from phaseout.law.prices.answering import FLOOR_UNKNOWN, answer
from phaseout.law.prices.asking import Measure, Question
from phaseout.law.prices.bands import BandsInForce
from phaseout.law.prices.readings import CHARGING, NOWHERE, Kind, Reading, readings
from phaseout.law.prices.refusing import refusal_of
from phaseout.law.refusals import Bilingual

QUOTA, USED = Decimal(1), Decimal("1.1")
"""What is asked to learn whether a rate is there: a tenth above the quota."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document on record: where (leading digits; empty: the country), from when to when, and
    whether it has bands to bill by (False: a price table, a case, or tiers without edges)."""

    source_id: str
    area: str
    first: date | None
    last: date | None
    bands: bool


@dataclass(frozen=True, slots=True)
class OfYear:
    """One year in one place: the document that can be billed by, or the reason against it."""

    year: int
    area: str
    source_id: str
    provisional: bool
    why: Bilingual

    @property
    def billed(self) -> bool:
        return bool(self.source_id) and not self.provisional


def documents(book: NormBook, region: str) -> tuple[Document, ...]:
    """What is on record about such water in the country and in the region (leading digits); of
    places that are not known nothing holds anywhere."""
    found: dict[tuple[str, str], list[Reading]] = {}
    for one in _about_water(readings(book), region):
        found.setdefault((one.row.source_id, one.area), []).append(one)
    return tuple(
        Document(
            source,
            area,
            min((r.row.effective_from for r in rows if r.row.effective_from), default=None),
            _latest(rows),
            any(r.kind in CHARGING and r.banded for r in rows),
        )
        for (source, area), rows in sorted(found.items(), key=lambda each: (each[0][1], each[0]))
    )


def _latest(rows: Iterable[Reading]) -> date | None:
    """The last day of the last of them; None: one has no end."""
    ends = [one.row.effective_to for one in rows]
    return None if None in ends else max(end for end in ends if end is not None)


def by_year(laws: Mapping[int, BandsInForce], region: str) -> tuple[OfYear, ...]:
    """Newest first: the region as a whole, then each place in it that has a document of its own
    in that year.

    Args:
        laws: the law of each year (`bands_in_force`).
        region: the leading digits of its division codes.
    """
    found = []
    for year in sorted(laws, reverse=True):
        law = laws[year]
        local = {
            one.area
            for one in _about_water(law.rows, region)
            if one.kind in CHARGING and len(one.area) > len(region)
        }
        found += [_of_year(law, year, area) for area in (region, *sorted(local))]
    return tuple(found)


def _of_year(law: BandsInForce, year: int, area: str) -> OfYear:
    asked = Question.of_year(
        Measure.WATER, ALL_INDUSTRIES, year, division=area.ljust(6, "0"),
        indicator=USED, limit=QUOTA,
    )  # fmt: skip
    given = answer(asked, law)
    if not given.determined:
        return OfYear(year, area, "", False, refusal_of(given).why)
    assert given.reading is not None
    doubts = [said for said in given.provisional if said != FLOOR_UNKNOWN]
    return OfYear(year, area, given.reading.row.source_id, bool(doubts), _doubted(doubts))


def _doubted(doubts: list[Bilingual]) -> Bilingual:
    return (
        "；".join(zh for zh, _ in doubts),
        "; ".join(en for _, en in doubts),
    )


def _about_water(rows: Iterable[Reading], region: str) -> list[Reading]:
    return [
        one
        for one in rows
        if one.row.measure == Measure.WATER
        and one.kind is not Kind.RECORD
        and not one.area.startswith(NOWHERE)
        and (one.area.startswith(region) or region.startswith(one.area))
    ]
