"""On which days before and after a last day who is told: the table `steps.csv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from io import StringIO

from phaseout.law.refusals import Bilingual
from phaseout.notices.occasions import day_of, in_force


@dataclass(frozen=True, slots=True)
class Step:
    """An occasion: `days` from the last day (before it: negative), for one kind of period.

    `to` is whom: officer (who did the last act of the case), leader (of the office), enterprise
    (where the period is the enterprise's), superior, inspection. It holds from `since` to
    `until`, both inside; None: without an end.
    """

    kind: str
    name: str
    days: int
    notice: str
    to: tuple[str, ...]
    since: date | None
    until: date | None
    reason: Bilingual

    @property
    def before(self) -> bool:
        return self.days <= 0


@dataclass(frozen=True, slots=True)
class Span:
    """Last days of the periods for which a step has come; `after` outside, `until` inside."""

    step: Step
    after: date
    until: date

    def __bool__(self) -> bool:
        return self.after < self.until


def steps(on: date) -> tuple[Step, ...]:
    """The steps in force on a day, in the order of the table."""
    return tuple(step for step in all_steps() if in_force(step.since, step.until, on))


@cache
def all_steps() -> tuple[Step, ...]:
    """The table."""
    text = (resources.files(__package__) / "tables" / "steps.csv").read_text(encoding="utf-8")
    return tuple(
        Step(
            kind=row["kind"],
            name=row["step"],
            days=int(row["days"]),
            notice=row["notice"],
            to=tuple(row["to"].split(";")),
            since=day_of(row["since"]),
            until=day_of(row["until"]),
            reason=(row["zh"], row["en"]),
        )
        for row in csv.DictReader(StringIO(text))
    )


def spans(last: date | None, on: date) -> list[Span]:
    """What has come since the last sweep: for each step the last days it concerns.

    A step before the last day is told while there is still time, and where a late sweep finds that
    several have come, only the latest of them. A step after it is told however late. Without an
    earlier sweep everything that ran out before counts as new.
    """
    found = []
    for step in steps(on):
        until = on - timedelta(days=step.days)
        after = last - timedelta(days=step.days) if last else date.min
        if step.before:
            after = max(after, on - timedelta(days=_next(step, on)))
        found.append(Span(step, after, until))
    return [span for span in found if span]


def _next(step: Step, on: date) -> int:
    """The days of the step of the same kind that comes after; 1 where that is the day after."""
    later = [one.days for one in steps(on) if one.kind == step.kind and one.days > step.days]
    return min([*later, 1])
