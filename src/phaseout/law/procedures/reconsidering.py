"""Before whom a decision is reconsidered: by the law of the day, and who stands above whom.

reconsidered_before("eic", date(2018, 3, 1))       ("government", "superior")
reconsidered_before("eic", date(2024, 3, 1))       ("government",)
superior_of("epd", date(2018, 3, 1))               "环境保护部"; "" where none is on record
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from phaseout.law.norms import Confidence
from phaseout.law.norms.shipped import listed, rows_of

GOVERNMENT, SUPERIOR = "government", "superior"
_BRANCHES = frozenset({"cms"})
"""Led from above, not by the government of the place."""


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A row of `remedy_bodies.csv`; `held_to` is the last day."""

    maker: str
    held_from: date | None
    held_to: date | None
    bodies: str
    source_id: str
    clause: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class SuperiorRow:
    """A row of `superiors.csv`; `held_to` is the last day."""

    function: str
    zh: str
    held_from: date | None
    held_to: date | None
    confidence: Confidence
    note: str


class _Dated(Protocol):
    @property
    def held_from(self) -> date | None: ...
    @property
    def held_to(self) -> date | None: ...


def reconsidered_before(office: str, on: date) -> tuple[str, ...]:
    """Which bodies take an application against a decision of the office, made that day:
    `government` (the one above it, or itself), `superior`; where both stand, the party chooses."""
    maker = _maker(office)
    rows = [row for row in rows_of(__package__, "remedy_bodies", BodyRow) if row.maker == maker]
    return listed(_held(rows, on)[0].bodies)


def superior_of(function: str, on: date) -> str:
    """The department one level above that of the region, under its name of the day."""
    rows = rows_of(__package__, "superiors", SuperiorRow)
    found = _held([row for row in rows if row.function == function], on)
    return found[0].zh if found else ""


def _maker(office: str) -> str:
    if office.startswith("city_"):
        return "city"
    return office if office == GOVERNMENT or office in _BRANCHES else "department"


R = TypeVar("R", bound=_Dated)


def _held(rows: list[R], on: date) -> list[R]:
    return [
        row
        for row in rows
        if (row.held_from is None or row.held_from <= on)
        and (row.held_to is None or on <= row.held_to)
    ]
