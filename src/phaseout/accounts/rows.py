"""As whom a request reads rows: as the site's role, which sees only what it was given to see.

begin(), end()     around a request
show(reach)        from now on, until it ends
whole_reach()      for what must see everything: as the owner of the tables
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from asgiref.local import Local
from django.core.signals import request_finished
from django.db import connection
from django.db.backends.signals import connection_created

from phaseout.database import reach as rows
from phaseout.database.reach import AS_SITE, ROLE, Reach

_here = Local()
"""`serving`: whether this thread is in a request (in a process that also does other work)."""


def begin() -> None:
    """A request begins: it acts as the site's role and shows nothing yet.

    In the process that serves pages every connection is like that from the start, and this costs
    nothing; elsewhere (tests, `manage.py runserver`) it is made so for the request, at once or when
    it first connects.
    """
    if _is_site():
        return
    _here.serving = True
    if connection.connection is not None:
        _act_as_site()


def show(reach: Reach) -> None:
    """Show what lies within the reach, until the request ends."""
    raw = _raw()
    with connection.wrap_database_errors:
        rows.show(raw, reach)


def _on_connecting(connection: Any, **kwargs: Any) -> None:
    if connection.alias == "default" and is_serving():
        _act_as_site()


connection_created.connect(_on_connecting, dispatch_uid="phaseout.accounts.rows")


def _act_as_site() -> None:
    with connection.wrap_database_errors:
        rows.cleared(ROLE)(connection.connection)


@contextmanager
def whole_reach() -> Iterator[None]:
    """Inside, everything is seen: for what must look over all, whoever asks. Say at the place of
    use why."""
    raw = _raw()
    with connection.wrap_database_errors:
        row = raw.execute("SELECT current_setting('role')").fetchone()
        if is_site := row is not None and row[0] == ROLE:
            rows.act_as(raw, "none")
    if not is_site:
        yield
        return
    try:
        yield
    finally:
        # In a transaction that failed nothing can be set; undoing it brings the role back.
        with suppress(psycopg.errors.InFailedSqlTransaction):
            rows.act_as(_raw(), ROLE)


def end(**kwargs: Any) -> None:
    """A request has ended: in a process that also does other work, its connection is itself again.
    (In the process that serves pages the pool sees to it.)"""
    raw = connection.connection
    _here.serving = False
    if _is_site() or raw is None or raw.closed:
        return
    try:
        rows.cleared("none")(raw)
    except psycopg.Error:
        connection.close()  # what cannot be cleared is not used again


request_finished.connect(end, dispatch_uid="phaseout.accounts.rows")


def is_serving() -> bool:
    """Whether this thread is in a request, in a process that also does other work."""
    return getattr(_here, "serving", False)


def _is_site() -> bool:
    return AS_SITE in connection.settings_dict["OPTIONS"].get("options", "")


def _raw() -> psycopg.Connection:
    """The connection itself: these statements are about it, and no part of what a page asks."""
    connection.ensure_connection()
    raw: psycopg.Connection = connection.connection
    return raw
