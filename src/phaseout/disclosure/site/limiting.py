"""How often one network address may ask for public pages: buckets that fill up again, one for the
whole site.

The bucket is a row of an unlogged table: what is lost with the power is a minute's count. A process
takes a few requests out of it at once and spends them without asking again, so that a page which is
kept is not dearer by a statement each; whom it had to refuse it refuses by itself until there is
one again. All processes together therefore never answer more than the limit; what one has taken and
does not need is missing to the others for a minute at most.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from threading import Lock

from django.db import connection
from django.utils.crypto import salted_hmac

SHARE = 15
"""A process takes this part of a full bucket at once."""
LASTS = 60.0
"""Seconds for which it may spend what it took: by then the bucket has filled up again."""
MOST = 20_000
"""Addresses remembered in a process; beyond that those that have nothing left to spend go."""
EMPTIED_EVERY = 500
"""After so many questions to the table, buckets that are full again are taken out of it."""

TAKE = """
INSERT INTO publicsite_bucket AS b (address, remaining, given, at)
VALUES (%(address)s, %(full)s - %(few)s, %(few)s, clock_timestamp())
ON CONFLICT (address) DO UPDATE SET (remaining, given, at) = (
  SELECT filled - least(%(few)s, floor(filled)), least(%(few)s, floor(filled)), clock_timestamp()
  FROM (SELECT least(%(full)s, b.remaining + %(full)s / 60.0 * greatest(0,
    extract(epoch FROM clock_timestamp() - b.at)::float8)) AS filled) AS now
)
RETURNING given, remaining
"""
EMPTY = "DELETE FROM publicsite_bucket WHERE at < now() - interval '2 minutes'"


@dataclass(slots=True)
class _Taken:
    """What this process may still give an address, until then; or that it waits until then."""

    left: int
    until: float
    waits: bool = False


class Limit:
    """`a_minute` requests an address, as many at once; 0: no limit. `name` tells limits apart."""

    def __init__(self, a_minute: int, name: str) -> None:
        self.a_minute, self.name = a_minute, name
        self._few = max(1, a_minute // SHARE)
        self._taken: dict[str, _Taken] = {}
        self._asked = 0
        self._lock = Lock()

    def take(self, address: str, now: float) -> int:
        """Take one request at `now` (seconds of a clock that only goes forward).

        Returns 0 where it may be answered, else the seconds to wait.

        Raises:
            DatabaseError: nobody knows how much is left.
        """
        if not self.a_minute:
            return 0
        with self._lock:
            kept = self._taken.get(address)
            if kept is not None and kept.until > now:
                if kept.waits:
                    return _seconds(kept.until - now)
                if kept.left:
                    kept.left -= 1
                    return 0
        given, remaining = self._out_of_the_bucket(address)
        if given:
            self._remember(address, _Taken(given - 1, now + LASTS), now)
            return 0
        wait = (1 - remaining) * 60 / self.a_minute
        self._remember(address, _Taken(0, now + wait, waits=True), now)
        return _seconds(wait)

    def _out_of_the_bucket(self, address: str) -> tuple[int, float]:
        """How many requests it gave, and what it holds now."""
        with connection.cursor() as cursor:
            cursor.execute(
                TAKE,
                {
                    # Who asked is nobody's business afterwards: the table has no addresses.
                    "address": salted_hmac(f"{__name__}.{self.name}", address).hexdigest(),
                    "full": float(self.a_minute),
                    "few": float(self._few),
                },
            )
            given, remaining = cursor.fetchone()
            self._asked += 1
            if self._asked % EMPTIED_EVERY == 0:
                cursor.execute(EMPTY)
        return int(given), float(remaining)

    def _remember(self, address: str, taken: _Taken, now: float) -> None:
        with self._lock:
            before = self._taken.get(address)
            if before is not None and before.until > now and not taken.waits:
                taken.left += before.left  # two asked at once
            self._taken[address] = taken
            if len(self._taken) > MOST:
                kept = {a: t for a, t in self._taken.items() if t.until > now and t.left}
                # Where that many ask at once the oldest go: what they had left is lost to them.
                self._taken = dict(list(kept.items())[-MOST // 2 :])


def _seconds(wait: float) -> int:
    return max(1, math.ceil(wait))
