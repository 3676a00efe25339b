"""The clocks of a task: so many working days to accept it, so many to report.

Counted by `law.periods` from the day the present clock began, which is not counted. The lengths
are our own administrative rule (`tables/clocks.csv`), not a statute.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from io import StringIO

from phaseout.casework.models import TaskStanding
from phaseout.law.periods import Certificate, Unit, count_period
from phaseout.law.refusals import Bilingual, Refusal

ANY = "*"
State = TaskStanding.State


@dataclass(frozen=True, slots=True)
class Clock:
    """Working days to accept a task, and to report on it; why."""

    accept: int
    report: int
    reason: Bilingual

    def days(self, state: str) -> int | None:
        """The days of the clock that runs in a state; None where none does."""
        if state == State.ACCEPTED:
            return self.report
        # A returned task waits for the office of the case as a new one waits for its holder.
        return self.accept if state in (State.ARISEN, State.RETURNED) else None


@cache
def clocks() -> Mapping[str, Clock]:
    text = (resources.files(__package__) / "tables" / "clocks.csv").read_text(encoding="utf-8")
    return {
        row["task"]: Clock(int(row["accept"]), int(row["report"]), (row["zh"], row["en"]))
        for row in csv.DictReader(StringIO(text))
    }


def clock_of(task: str) -> Clock:
    return clocks().get(task) or clocks()[ANY]


def certificate(task: str, state: str, since: date) -> Certificate | None:
    """How the last day was counted; None where no clock runs, or the calendar of the rest days
    does not reach so far yet."""
    days = clock_of(task).days(state)
    if days is None:
        return None
    try:
        return count_period(since, Unit.WORKING_DAY, days)
    except Refusal:
        return None


@cache
def _last_day(days: int, since: date) -> date | None:
    try:
        due = count_period(since, Unit.WORKING_DAY, days).due
    except Refusal:
        return None
    return due if type(due) is date else None


def last_day(task: str, state: str, since: date) -> date | None:
    """The last day of the clock that runs, itself inside; None as for `certificate`."""
    days = clock_of(task).days(state)
    return None if days is None else _last_day(days, since)
