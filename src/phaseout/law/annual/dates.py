"""The last days of the round: those of clause (19), or nearer ones that a notice sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from phaseout.law.dismantling.rows import source_of
from phaseout.law.dismantling.times import steps_of_year
from phaseout.law.norms.records import Confidence
from phaseout.law.norms.shipped import rows_of
from phaseout.law.periods import Certificate
from phaseout.law.planning import REPORT, RETURNS, annual_day
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Due:
    """A last day, itself in time. `act_by`: the last working day until then. `certificate` shows
    how the clause's own day was found; `notice` is what set a nearer one (empty: nothing did)."""

    due: date
    act_by: date
    certificate: Certificate
    notice: Bilingual = ("", "")

    @property
    def on_rest_day(self) -> bool:
        return self.act_by != self.due


@dataclass(frozen=True, slots=True)
class _Reminder:
    days: int
    source_id: str
    clause: str
    confidence: Confidence


def returns_due(year: int) -> Due:
    """By when each city reports what exited in `year`: 31 December, or the nearer day that the
    notice of the year sets for all industries.

    Raises:
        Refusal: `term.not-in-force`: a year in which the Opinions are not in force.
    """
    counted = annual_day(RETURNS, year)
    notice = steps_of_year(year, "").get("report")
    if notice is not None and notice.by < counted.due:
        words = source_of(notice.source_id)
        return Due(notice.by, notice.by, counted.certificate, words)
    return Due(counted.due, counted.act_by, counted.certificate)


def report_due(year: int) -> Due:
    """By when the region reports upward what exited in `year`: 31 January of the next. Raises as
    `returns_due`."""
    counted = annual_day(REPORT, year + 1)
    return Due(counted.due, counted.act_by, counted.certificate)


def reminders(due: date) -> tuple[date, ...]:
    """The days on which people are reminded before a last day, the earliest first. Our own
    proposal: no rule of law sets them."""
    told = rows_of(__package__, "reminders", _Reminder)
    return tuple(due - timedelta(days=row.days) for row in told)
