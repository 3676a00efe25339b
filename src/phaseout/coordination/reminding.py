"""What falls due in the round of a year is told on set days before, on the day and the day after.

    remind(on)      all of it up to a day: may run late or twice, nobody is told twice

When who is told is a table (`tables/reminders.csv`), our own administrative rule with its reasons;
the last days themselves are the law's. Of the steps before a last day a late run tells the latest
only; the day after is told however late.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from phaseout.coordination.due import Due, everything_due
from phaseout.law.refusals import Bilingual
from phaseout.notices.models import Notice
from phaseout.notices.occasions import Occasion, come, occasions
from phaseout.notices.saying import settle
from phaseout.notices.telling import Told, tell

KINDS = {"meeting": "meeting", "point": "meeting"}
"""Matter → kind of notice before and on the day; else `round`."""


def steps() -> tuple[Occasion, ...]:
    """The table, in its order. `to`: own, above."""
    return occasions(__package__, "reminders.csv")


@transaction.atomic
def remind(on: date) -> None:
    """Tell what is due up to `on` and not done."""
    for due in everything_due(on):
        for step in come((one for one in steps() if one.matter == due.matter), due.day, on):
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


def _users(due: Due, step: Occasion) -> Iterable[int]:
    above = due.above() if "above" in step.to and due.above is not None else set()
    return due.own() | above


def _words(due: Due, step: Occasion) -> Bilingual:
    zh, en = due.words
    if step.days > 0:
        return f"{zh}：已于{due.day}到期而未完成。", f"{en}: was due on {due.day} and is not done."
    if step.days == 0:
        return f"{zh}：今天是最后一日。", f"{en}: today is the last day."
    return f"{zh}：最后一日是{due.day}。", f"{en}: the last day is {due.day}."
