"""The embedded server while the site serves: started again where it has gone by itself."""

from __future__ import annotations

import threading
from pathlib import Path

import structlog

from phaseout.database import embedded
from phaseout.law.refusals import Refusal

EVERY = 2.0
LONGEST_PAUSE = 30.0

logger = structlog.get_logger("phaseout.serve")


class DatabaseKept:
    """Looks now and then, and starts what a full disk or a kill has ended.

    A server that somebody stopped in order (`phaseout db stop`) stays stopped. The start has a
    thread of its own: after a crash it takes as long as there is to be read again.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.failures = 0
        self.look_at = 0.0
        self._starting: threading.Thread | None = None

    def see(self, now: float) -> None:
        """To be called often, with a clock that only goes on."""
        if now < self.look_at or (self._starting is not None and self._starting.is_alive()):
            return
        self.look_at = now + (min(EVERY * 2.0**self.failures, LONGEST_PAUSE))
        if embedded.status(self.home).running:
            self.failures = 0
            return
        self._starting = threading.Thread(target=self._start, daemon=True)
        self._starting.start()

    def wait(self) -> None:
        """Let a start that is under way come to its end, so that it can be stopped in order."""
        if self._starting is not None:
            self._starting.join()

    def _start(self) -> None:
        try:
            if embedded.was_stopped(self.home):
                return
            embedded.start(self.home)
        except (Refusal, OSError) as problem:
            self.failures += 1
            words = problem.en if isinstance(problem, Refusal) else str(problem)
            logger.error("database_not_started", words=words)
            return
        self.failures = 0
        logger.error("database_started_again", words="it had ended without being stopped")
