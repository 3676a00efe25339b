"""The picture of today as the home page needs it: reckoned anew once something was done since.

Over a million cases it takes seconds, and in a busy hour something is done all the time: then it is
reckoned no more often than costs a thirtieth of the time, so that the number of proposals on the
home page may lag behind by a minute or two. Their own page is always reckoned anew. Measures drawn
up and proposals dismissed are looked up each time and are never behind.
"""

from __future__ import annotations

import time
from datetime import date

from django.core.cache import cache
from django.db import connection

from phaseout.accounts.rows import whole_reach
from phaseout.coordination.supervision.frozen import as_of
from phaseout.coordination.supervision.picture import Picture, picture
from phaseout.coordination.supervision.reading import WHOLE

DONE = (
    "casework_act", "casework_taskact", "casework_lapse", "casework_deadlineamendment",
    "returns_returnact", "planning_planact", "registry_capacityposting",
    "supervision_supervisionact",
)  # fmt: skip
"""Where rows are appended by whatever changes a figure."""
SLOW, SHARE, LONGEST = 0.5, 30, 24 * 3600
"""Seconds from which on a picture is not reckoned for every look; of how much time it may take one
part; how long it is kept."""


def picture_of_today(today: date) -> Picture:
    """The picture over everything, maybe a little behind (see above)."""
    key = f"supervision:{today.isoformat()}"
    stamp, kept = _stamp(), cache.get(key)
    if kept is not None:
        told, of, at, took = kept
        if of == stamp or (took > SLOW and 0 <= time.time() - at < SHARE * took):
            return told  # type: ignore[no-any-return]
    begun = time.perf_counter()
    whole = {one: dict(shares) for one, shares in picture(WHOLE, as_of(today)).items()}
    took = time.perf_counter() - begun
    cache.set(key, (whole, stamp, time.time(), took), LONGEST)
    return whole


def _stamp() -> str:
    """What was done last, of every kind."""
    newest = ", ".join(f"(SELECT max(id) FROM {table})" for table in DONE)
    with whole_reach(), connection.cursor() as cursor:  # numbers of rows, told to nobody
        cursor.execute(f"SELECT concat_ws('.', {newest})")
        (told,) = cursor.fetchone()
    return str(told)
