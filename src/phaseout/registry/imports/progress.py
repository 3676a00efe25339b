"""How far an import is, kept in its row for the page that waits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

PAUSE = 0.4
"""Seconds between two notes, so that telling costs nothing."""


class Progress:
    """Tells the row of an import. Inside a transaction it speaks through a connection of its own:
    what is told must be seen before the transaction ends, and stay when it does not."""

    def __init__(self, import_id: int) -> None:
        self.import_id = import_id
        self._own: BaseDatabaseWrapper | None = None
        self._next = 0.0
        self._stage = ""

    def tell(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Note a stage and how far it is; a new stage is always noted."""
        now = time.monotonic()
        if stage == self._stage and now < self._next:
            return
        self._stage, self._next = stage, now + PAUSE
        with self._connection().cursor() as cursor:
            cursor.execute(
                # Nobody waits for the disk: a note that a crash of the server loses is of the past.
                "UPDATE registry_import SET stage = %s, done = %s, total = %s WHERE id = %s "
                "AND set_config('synchronous_commit', 'off', true) = 'off'",
                [stage, done, total, self.import_id],
            )

    def close(self) -> None:
        if self._own is not None:
            self._own.close()

    def _connection(self) -> BaseDatabaseWrapper:
        if not connection.in_atomic_block:
            return connections["default"]
        if self._own is None:
            self._own = connections.create_connection("default")
        return self._own


@contextmanager
def progress_of(import_id: int) -> Iterator[Progress]:
    """A `Progress` that is closed at the end."""
    progress = Progress(import_id)
    try:
        yield progress
    finally:
        progress.close()
