"""When a row is in force: by its own dates, or, where a table has none, by those of its document.

Both ends are inside, None is open. Documents print some dates as a month or a year only; on a day
inside such a month or year nobody can say from our record whether the row was in force.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from phaseout.law.norms.records import DatedRow, Row, Source

_PRINTED = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Validity:
    """The days on which something holds for certain, from `first` to `last`, and the days at its
    ends (from `earliest`, to `latest`) on which it may hold. None is open."""

    first: date | None
    last: date | None
    earliest: date | None
    latest: date | None

    def holds_on(self, day: date) -> bool | None:
        """Whether it holds on `day`; None where the printed dates leave that open."""
        if _within(self.first, self.last, day):
            return True
        return None if _within(self.earliest, self.latest, day) else False

    def shares_a_day(self, other: Validity) -> bool:
        """Whether both hold for certain on some same day."""
        starts = max(self.first or date.min, other.first or date.min)
        ends = min(self.last or date.max, other.last or date.max)
        return starts <= ends


def of_row(row: Row, source: Source | None) -> Validity:
    """The validity of a row: its own, or that of its document."""
    if isinstance(row, DatedRow):
        return Validity(row.effective_from, row.effective_to, row.effective_from, row.effective_to)
    return of_source(source) if source else Validity(None, None, None, None)


def of_source(source: Source) -> Validity:
    """The validity of a document, from its dates as printed."""
    earliest, first = _printed_span(source.effective_from)
    last, latest = _printed_span(source.effective_to)
    return Validity(first, last, earliest, latest)


def printed_day(text: str) -> date | None:
    """The day that a document prints in full (2017-06-30); None for a year, a month or nothing."""
    return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None


def _printed_span(text: str) -> tuple[date | None, date | None]:
    """First and last day that a printed date may mean; open where none is printed."""
    found = _PRINTED.fullmatch(text)
    if not found:
        return None, None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def _within(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)
