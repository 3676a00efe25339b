"""Our own clocks of sanctions: working days, no statute; they say so wherever they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phaseout.law.periods import Unit, count_period
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.law.sanctions.tables import table


@dataclass(frozen=True, slots=True)
class _Clock:
    clock: str
    working_days: int
    zh: str
    en: str


def clock_words(clock: str) -> Bilingual:
    """What a clock is called."""
    row = _row(clock)
    return row.zh, row.en


def last_day(clock: str, since: date) -> date | None:
    """The last day, itself inside; the day `since` is not counted. None: the calendar of rest days
    does not reach so far yet."""
    try:
        due = count_period(since, Unit.WORKING_DAY, _row(clock).working_days).due
    except Refusal:
        return None
    return date(due.year, due.month, due.day)


def _row(clock: str) -> _Clock:
    return next(row for row in table("own_clocks", _Clock) if row.clock == clock)
