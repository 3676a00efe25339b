"""What falls due in the round of a year is told on set days before, on the day and the day after.

    remind(on)      all of it up to a day: may run late or twice, nobody is told twice

When who is told is a table (`tables/reminders.csv`), our own administrative rule with its reasons;
the last days themselves are the law's. Of the steps before a last day a late run tells the latest
only; the day after is told however late.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from io import StringIO

from django.db import transaction

from phaseout.coordination.due import Due, everything_due
from phaseout.law.refusals import Bilingual
from phaseout.notices.models import Notice
from phaseout.notices.saying import settle
from phaseout.notices.telling import Told, tell

KINDS = {"meeting": "meeting", "point": "meeting"}
"""Matter → kind of notice before and on the day; else `round`."""


@dataclass(frozen=True, slots=True)
class Step:
    """An occasion, `days` from the last day; `to`: own, above."""

    matter: str
    name: str
    days: int
    to: tuple[str, ...]
    reason: Bilingual


@cache
def steps() -> tuple[Step, ...]:
    """The table, in its order."""
    text = (resources.files(__package__) / "tables" / "reminders.csv").read_text(encoding="utf-8")
    return tuple(
        Step(
            matter=row["matter"],
            name=row["step"],
            days=int(row["days"]),
            to=tuple(row["to"].split(";")),
            reason=(row["zh"], row["en"]),
        )
        for row in csv.DictReader(StringIO(text))
    )


@transaction.atomic
def remind(on: date) -> None:
    """Tell what is due up to `on` and not done."""
    for due in everything_due(on):
        for step in _come(due, on):
            tell(
                Told(
                    kind=KINDS.get(due.matter, "round") if step.days <= 0 else "late",
                    subject=due.subject,
                    step=step.name,
                    words=_words(due, step),
                    url=due.url,
                    due=due.day,
                ),
                _users(due, step),
                on,
            )


def settled(notices: Sequence[Notice], on: date) -> set[int]:
    """Reminders of what is due no more: done, or for another day."""
    named = {step.name for step in steps()}
    owed = {(due.subject, due.day) for due in everything_due(on)}
    return {one.pk for one in notices if one.step in named and (one.subject, one.due) not in owed}


def settle_reminders() -> None:
    """Called when the site starts."""
    of = ("plan:", "opinion:", "plan-lines:", "return:", "annual:", "meeting:", "point:")
    settle(of, settled)


def _come(due: Due, on: date) -> Iterator[Step]:
    """The steps of a matter that have come: the latest before the day, and those after it."""
    mine = [step for step in steps() if step.matter == due.matter]
    come = [step for step in mine if due.day + timedelta(days=step.days) <= on]
    if on <= due.day and come:
        yield max(come, key=lambda step: step.days)
    yield from (step for step in come if step.days > 0)


def _users(due: Due, step: Step) -> Iterable[int]:
    above = due.above() if "above" in step.to and due.above is not None else set()
    return due.own() | above


def _words(due: Due, step: Step) -> Bilingual:
    zh, en = due.words
    if step.days > 0:
        return f"{zh}：已于{due.day}到期而未完成。", f"{en}: was due on {due.day} and is not done."
    if step.days == 0:
        return f"{zh}：今天是最后一日。", f"{en}: today is the last day."
    return f"{zh}：最后一日是{due.day}。", f"{en}: the last day is {due.day}."
