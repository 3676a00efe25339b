"""The picture of today as the home page needs it: nobody waits there while a slow one is reckoned.

Where it takes half a second at most, it is reckoned anew for whoever looks once something was done
since. Over a million cases it takes seconds, and in a busy hour something is done all the time:
then a job reckons it, no more often than costs a thirtieth of the time, and the home page takes the
last one there is, so that its number of proposals may lag behind by minutes. Their own page is
always reckoned anew; measures drawn up and proposals dismissed are looked up each time.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from phaseout.accounts.rows import whole_reach
from phaseout.coordination.supervision.frozen import as_of
from phaseout.coordination.supervision.picture import Picture, picture
from phaseout.coordination.supervision.reading import WHOLE
from phaseout.law.supervision import Share

RECKON = "supervision.reckon"
DONE = (
    "casework_act", "casework_taskact", "casework_lapse", "casework_deadlineamendment",
    "returns_returnact", "planning_planact", "registry_capacityposting",
    "supervision_supervisionact",
)  # fmt: skip
"""Where rows are appended by whatever changes a figure."""
SLOW, SHARE, LONGEST = 0.5, 30, 7 * 24 * 3600
"""Seconds from which on nobody waits for a picture; of how much time it may take one part; how long
it is kept."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A picture of a day, what had been done by then, when it was reckoned (seconds of the system's
    clock) and how many seconds it took."""

    day: date
    told: Picture
    done: str
    at: float
    took: float

    def plain(self) -> tuple[Any, ...]:
        """As it is kept: plain values, which a later version of the program reads as well."""
        told = {
            target: {key: (one.part, one.of) for key, one in shares.items()}
            for target, shares in self.told.items()
        }
        return self.day, told, self.done, self.at, self.took

    @classmethod
    def of(cls, kept: tuple[Any, ...]) -> Reckoned:
        day, told, done, at, took = kept
        shares = {
            target: {key: Share(*pair) for key, pair in pairs.items()}
            for target, pairs in told.items()
        }
        return cls(day, shares, done, at, took)

    @property
    def is_slow(self) -> bool:
        return self.took > SLOW

    def may_be_again(self, now: float) -> bool:
        return not 0 <= now - self.at < SHARE * self.took


def picture_of_today(today: date) -> Picture:
    """The picture over everything, maybe a little behind (see above)."""
    found = cache.get(RECKON)
    if found is None:
        return reckon(today).told
    kept = Reckoned.of(found)
    if kept.day == today and kept.done == _done():
        return kept.told
    if not kept.is_slow:
        return reckon(today).told
    if kept.may_be_again(time.time()):
        _have_it_reckoned()
    return kept.told


def reckon(today: date) -> Reckoned:
    """Reckon the picture and keep it."""
    done, begun = _done(), time.perf_counter()
    told = picture(WHOLE, as_of(today), with_counties=True)
    made = Reckoned(today, told, done, time.time(), time.perf_counter() - begun)
    cache.set(RECKON, made.plain(), LONGEST)
    return made


def _have_it_reckoned() -> None:
    # A savepoint: that it waits already must not undo what was done before it.
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(RECKON, queueing_lock=RECKON).defer()


def _done() -> str:
    """What was done last, of every kind."""
    newest = ", ".join(f"(SELECT max(id) FROM {table})" for table in DONE)
    with whole_reach(), connection.cursor() as cursor:  # numbers of rows, told to nobody
        cursor.execute(f"SELECT concat_ws('.', {newest})")
        (told,) = cursor.fetchone()
    return str(told)
