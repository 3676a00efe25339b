"""The last days of the round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from phaseout.law.annual.rows import rows
from phaseout.law.dismantling.rows import source_of
from phaseout.law.dismantling.times import steps_of_year
from phaseout.law.norms.records import Confidence
from phaseout.law.opinions import SOURCE_ID
from phaseout.law.periods import Certificate, find_term
from phaseout.law.refusals import Bilingual

RETURNS, REPORT = "各市报送", "上报上年度情况"
"""The terms of clause (19) by the names they have in the register."""


@dataclass(frozen=True, slots=True)
class Due:
    """A last day, itself in time. `certificate` shows how the clause's own day was found; `notice`
    is what set a nearer one (empty: nothing did)."""

    due: date
    certificate: Certificate
    notice: Bilingual = ("", "")


@dataclass(frozen=True, slots=True)
class _Reminder:
    days: int
    source_id: str
    clause: str
    confidence: Confidence


def returns_due(year: int) -> Due:
    """By when each city reports what exited in `year`: 31 December, or the nearer day that the
    notice of the year sets for all industries."""
    counted = find_term(SOURCE_ID, "十九", RETURNS).period_from(date(year, 1, 1))
    due = date(counted.due.year, counted.due.month, counted.due.day)
    notice = steps_of_year(year, "").get("report")
    if notice is not None and notice.by < due:
        return Due(notice.by, counted, source_of(notice.source_id))
    return Due(due, counted)


def report_due(year: int) -> Due:
    """By when the region reports upward what exited in `year`: 31 January of the next."""
    counted = find_term(SOURCE_ID, "十九", REPORT).period_from(date(year + 1, 1, 1))
    return Due(date(counted.due.year, counted.due.month, counted.due.day), counted)


def reminders(due: date) -> tuple[date, ...]:
    """The days on which people are reminded before a last day, the earliest first. Our own
    proposal: no rule of law sets them."""
    return tuple(due - timedelta(days=row.days) for row in rows(_Reminder, "reminders"))
