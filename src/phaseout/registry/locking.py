"""Who may change the registry: one at a time; checks look on while nobody does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_KEY = "hashtextextended('phaseout.registry', 0)"


@contextmanager
def alone_with_the_registry() -> Iterator[None]:
    """Nobody else changes the registry meanwhile, nor looks at it to foretell a change.

    Held by the session, not by a transaction: what is looked at first and written then may be
    several transactions. It ends with the connection, however that ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_lock({_KEY})")
    try:
        yield
    finally:
        # A connection that broke has let go of the lock already.
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT pg_advisory_unlock({_KEY})")


def while_nobody_changes_it() -> None:
    """Hold off changes until the end of the present transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock_shared({_KEY})")
