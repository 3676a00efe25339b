"""The state that a public page is made from: how much was published, and which day it is.

It is asked for with every request, so it costs one statement, prepared, on a connection kept for
nothing else: the pool's own asks, sets and cleans a connection for every request, which takes
several times as long as the question (docs/decisions/0047-public-site.md).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from typing import Any

import psycopg
from django.db import connection

from phaseout.desk.day import beijing_day

# What `published.version()` and `desk.day.today()` read, in one journey.
STATE = """SELECT (SELECT place FROM lists_logevent ORDER BY place DESC LIMIT 1),
  (SELECT day FROM desk_demoday ORDER BY day DESC LIMIT 1)"""

_idle: deque[psycopg.Connection[Any]] = deque()


def published_state() -> Hashable:
    """Equal to an earlier one exactly when nothing was published, ended or cancelled since and the
    business day is the same.

    Raises:
        psycopg.Error, django.db.DatabaseError: the database does not answer.
    """
    if "pool" in connection.settings_dict["OPTIONS"]:
        row = _asked()
    else:  # a process without a pool works in transactions of its own: what it wrote is seen
        with connection.cursor() as cursor:
            cursor.execute(STATE)
            row = cursor.fetchone()
    return (row, beijing_day())


def _asked() -> tuple[Any, ...] | None:
    """The answer on a connection of our own; there are as many as were ever asked on at once. One
    that broke (the server was started anew) is replaced."""
    if _idle:
        known = _idle.pop()
        try:
            return _answer(known)
        except psycopg.OperationalError:
            known.close()
    return _answer(_connected())


def _answer(own: psycopg.Connection[Any]) -> tuple[Any, ...] | None:
    found: tuple[Any, ...] | None = own.execute(STATE, prepare=True).fetchone()
    _idle.append(own)
    return found


def _connected() -> psycopg.Connection[Any]:
    """As the site's role, like every connection of the process."""
    words = {**connection.get_connection_params(), "cursor_factory": psycopg.Cursor}
    return psycopg.connect(**words, autocommit=True)
