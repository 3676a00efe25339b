"""Occasions: on which days before and after a last day somebody is told. Each room has its own
table, an administrative rule of this system with its reasons and the days between which it holds.

    occasions(package, name)       a table `tables/<name>`, in its order
    come(those, day, on)           which of them have come on a day
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from io import StringIO

from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Occasion:
    """`days` from the last day of a matter (before it: negative); `to`: whom, in the words of the
    room. It holds from `since` to `until`, both inside; None: without an end."""

    matter: str
    name: str
    days: int
    to: tuple[str, ...]
    since: date | None
    until: date | None
    reason: Bilingual

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return in_force(self.since, self.until, on)


@cache
def occasions(package: str, name: str) -> tuple[Occasion, ...]:
    """The table `tables/<name>` of a package: matter, step, days, to, since, until, zh, en."""
    text = (resources.files(package) / "tables" / name).read_text(encoding="utf-8")
    return tuple(
        Occasion(
            matter=row["matter"],
            name=row["step"],
            days=int(row["days"]),
            to=tuple(row["to"].split(";")),
            since=day_of(row["since"]),
            until=day_of(row["until"]),
            reason=(row["zh"], row["en"]),
        )
        for row in csv.DictReader(StringIO(text))
    )


def come(those: Iterable[Occasion], day: date, on: date) -> Iterator[Occasion]:
    """Of the occasions of one matter those that have come: the latest one before the last day or
    on it, while there is time; those after it, however late."""
    come = [one for one in those if one.holds(on) and day + timedelta(days=one.days) <= on]
    before = [one for one in come if one.days <= 0]
    if on <= day and before:
        yield max(before, key=lambda one: one.days)
    yield from (one for one in come if one.days > 0)


def in_force(since: date | None, until: date | None, on: date) -> bool:
    """Whether a day lies between two, both inside; None: without an end."""
    return (since is None or since <= on) and (until is None or on <= until)


def day_of(text: str) -> date | None:
    """A day of a table, YYYY-MM-DD; None where the field is empty."""
    return date.fromisoformat(text) if text else None
