"""How each row of `price_rules` is read: rows say it in prose, `tables/readings.csv` in columns.

Every shipped row has a reading (a test sees to it). A row that somebody adds, say of a local rate,
is read plainly: its number is the rate of its band, its class is the word in its subject.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from importlib import resources
from io import StringIO

from phaseout.law.norms.book import NATIONAL, NormBook
from phaseout.law.norms.records import PriceRule


class Kind(StrEnum):
    """What a row is."""

    RATE = "rate"
    """CNY/kWh within its band, class or tier"""
    STEP = "step"
    """CNY/kWh for each started `per` above the lower edge; nothing at or below it"""
    OPEN = "open"
    """the document leaves the figure to somebody else"""
    RANGE = "range"
    """only the least and the highest figure are known"""
    RELIEF = "relief"
    """share of the surcharge that each whole point above the lower edge takes off"""
    LATE = "late"
    """factor on the surcharge once that many days have passed"""
    MULTIPLE = "multiple"
    """of the basic water price, on top of it, for the volume inside the band"""
    WHOLE_MULTIPLE = "whole_multiple"
    """of the fee, in its place, for the volume inside the band"""
    PRICE = "price"
    """a price, no surcharge"""
    RECORD = "record"
    """what was decided for named firms, no rule"""


CHARGING = frozenset(
    {Kind.RATE, Kind.STEP, Kind.OPEN, Kind.RANGE, Kind.MULTIPLE, Kind.WHOLE_MULTIPLE}
)
"""The kinds that answer what is to be paid."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One row as read. Empty texts and None do not narrow; edges of the band are those of the row.

    `needs` names a fact (product, kiln) that must contain one of `needs_any`; `covers` says whose
    electricity is charged: that of the line, or of the whole enterprise; `indicators` are the
    names under which the facts carry what is compared, `process` words of which the process of the
    fact must contain one.
    """

    row: PriceRule
    kind: Kind
    classes: frozenset[str]
    subject: str
    commissioned_from: date | None
    commissioned_to: date | None
    tier: str
    needs: str
    needs_any: tuple[str, ...]
    needs_en: str
    rate: Decimal | None
    per: Decimal | None
    lower_in: bool
    upper_in: bool
    covers: str
    indicators: tuple[str, ...]
    process: tuple[str, ...]
    note: tuple[str, str]
    low: Decimal | None
    high: Decimal | None
    area: str
    """Leading digits of the division codes in which it holds; empty: the whole country."""

    def contains(self, x: Decimal) -> bool:
        """Whether `x` lies in the band. A step takes every `x`: below its edge it is nothing."""
        if self.kind is Kind.STEP:
            return True
        above = self.low is None or x > self.low or (self.lower_in and x == self.low)
        below = self.high is None or x < self.high or (self.upper_in and x == self.high)
        return above and below

    @property
    def banded(self) -> bool:
        return self.low is not None or self.high is not None


def readings(book: NormBook) -> tuple[Reading, ...]:
    """Every price row of the book as read; a row may be read in more than one way."""
    return _readings(book.price_rules, tuple(sorted(book.jurisdictions.items())))


@cache
def _readings(
    rows: tuple[PriceRule, ...], jurisdictions: tuple[tuple[str, str], ...]
) -> tuple[Reading, ...]:
    said, places = _said(), dict(jurisdictions)
    return tuple(
        _reading(row, cells, _area(row, places))
        for row in rows
        for cells in said.get(row.row_id) or (_plain(row),)
    )


NOWHERE = "99"
"""Begins the code of documents whose place is not known (norms, jurisdictions.csv)."""


def _area(row: PriceRule, places: Mapping[str, str]) -> str:
    area = area_of(places.get(row.source_id, NATIONAL))
    # Two places that are not known are not the same place: neither document succeeds the other.
    return f"{area}/{row.source_id}" if area.startswith(NOWHERE) else area


def area_of(division_code: str) -> str:
    """The leading digits that all codes of a territory share; empty for the country.

    >>> area_of("000000"), area_of("640000"), area_of("640100"), area_of("640502")
    ('', '64', '6401', '640502')
    """
    if division_code == NATIONAL:
        return ""
    if division_code.endswith("0000"):
        return division_code[:2]
    return division_code[:4] if division_code.endswith("00") else division_code


def table(name: str) -> tuple[dict[str, str], ...]:
    """The lines of one of this room's tables."""
    file = resources.files(__package__) / "tables" / f"{name}.csv"
    return tuple(csv.DictReader(StringIO(file.read_text(encoding="utf-8"))))


@cache
def _said() -> dict[str, tuple[dict[str, str], ...]]:
    found: dict[str, tuple[dict[str, str], ...]] = {}
    for cells in table("readings"):
        found[cells["row_id"]] = (*found.get(cells["row_id"], ()), cells)
    return found


def _plain(row: PriceRule) -> dict[str, str]:
    """How a row without a reading of its own is read."""
    named = {"淘汰类": "eliminate", "限制类": "limit"}
    classes = [key for word, key in named.items() if word in row.subject_zh]
    kind = "open" if _number(row.surcharge) is None else "rate"
    if row.measure == "water" and kind == "rate":
        kind = "multiple"
    return {
        "kind": kind,
        "price_class": ";".join(classes),
        "rate": row.surcharge if kind != "open" else "",
        "covers": "line",
    }


def _reading(row: PriceRule, cells: dict[str, str], area: str) -> Reading:
    def listed(name: str) -> tuple[str, ...]:
        return tuple(part for part in cells.get(name, "").split(";") if part)

    return Reading(
        row=row,
        kind=Kind(cells["kind"]),
        classes=frozenset(listed("price_class")),
        subject=cells.get("subject", ""),
        commissioned_from=_day(cells.get("commissioned_from", "")),
        commissioned_to=_day(cells.get("commissioned_to", "")),
        tier=cells.get("tier", ""),
        needs=cells.get("needs", ""),
        needs_any=listed("needs_any"),
        needs_en=cells.get("needs_en", ""),
        rate=_number(cells.get("rate", "")),
        per=_number(cells.get("per", "")),
        lower_in=cells.get("lower_edge") == "in",
        upper_in=cells.get("upper_edge", "in") != "out",
        covers=cells["covers"],
        indicators=listed("indicators"),
        process=listed("process"),
        note=(cells.get("note_zh", ""), cells.get("note_en", "")),
        low=_number(row.band_low),
        high=_number(row.band_high),
        area=area,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> Decimal | None:
    """A number as printed; None where there is none, or more than one (0.10-0.25)."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
