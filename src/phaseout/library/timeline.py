"""Editions as bars on a scale of years, in hundredths of its width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from phaseout.law.norms.editions import Edition

MARGIN_DAYS = 365


@dataclass(frozen=True, slots=True)
class Bar:
    """An edition with its place on the scale; `open` where no end is known."""

    edition: Edition
    left: float
    width: float
    open: bool
    here: bool
    in_force: bool
    old: bool = False
    new: bool = False

    @property
    def style(self) -> str:
        return f"left:{self.left:.2f}%;width:{self.width:.2f}%"


def timeline(line: Sequence[Edition], on: date, here: str) -> list[Bar]:
    """The editions in order, from the first day any begins to a year after the last.

    Two are marked to be compared first: the one we are at and the one before it that has rows.
    """
    days = [day for edition in line for day in (edition.first, edition.last) if day]
    begins = min([*days, on])
    ends = max([*days, on]).toordinal() + MARGIN_DAYS
    old, new = _first_compared(line, here)
    return [
        replace(
            _bar(edition, begins.toordinal(), ends, on, here),
            old=edition.source.source_id == old,
            new=edition.source.source_id == new,
        )
        for edition in line
    ]


def _first_compared(line: Sequence[Edition], here: str) -> tuple[str, str]:
    ids = [e.source.source_id for e in line if e.rows or e.source.source_id == here]
    if len(ids) < 2:
        ids = [e.source.source_id for e in line]
    at = max(ids.index(here), 1) if len(ids) > 1 else 0
    return (ids[at - 1], ids[at]) if at else (here, "")


def _bar(edition: Edition, begins: int, ends: int, on: date, here: str) -> Bar:
    first = edition.first.toordinal() if edition.first else begins
    last = edition.last.toordinal() if edition.last else ends
    whole = ends - begins
    return Bar(
        edition,
        100 * (first - begins) / whole,
        max(100 * (last - first) / whole, 0.5),
        edition.last is None,
        edition.source.source_id == here,
        edition.dated and first <= on.toordinal() <= last,
    )
