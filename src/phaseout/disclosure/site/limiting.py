"""How often one network address may ask for public pages: buckets that fill up again.

They are in the memory of the process, so that a page which is kept is not dearer by a question to
the database; with several processes an address may ask as often as there are of them.
"""

from __future__ import annotations

import math
from threading import Lock

MOST = 20_000
"""Addresses remembered; beyond that those whose bucket is full again are forgotten."""


class Limit:
    """`a_minute` requests an address, as many at once; 0: no limit."""

    def __init__(self, a_minute: int) -> None:
        self.a_minute = a_minute
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def take(self, address: str, now: float) -> int:
        """Take one request at `now` (seconds of a clock that only goes forward).

        Returns 0 where it may be answered, else the seconds to wait.
        """
        if not self.a_minute:
            return 0
        full, rate = float(self.a_minute), self.a_minute / 60
        with self._lock:
            left, at = self._left.get(address, (full, now))
            left = min(full, left + (now - at) * rate)
            given = left >= 1
            self._left[address] = (left - given, now)
            if len(self._left) > MOST:
                self._forget(now, full, rate)
        return 0 if given else max(1, math.ceil((1 - left) / rate))

    def _forget(self, now: float, full: float, rate: float) -> None:
        kept = {a: s for a, s in self._left.items() if s[0] + (now - s[1]) * rate < full}
        # Where that many are asking at once, the oldest go: who comes again begins with a full one.
        self._left = dict(list(kept.items())[-MOST // 2 :])
