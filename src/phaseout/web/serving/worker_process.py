"""The process that does the jobs: procrastinate's worker, one at a time for a database.

It holds a lock of the database's as long as it lives. So whoever gets the lock knows that every
job marked as being done is in nobody's hands, and takes it up again at once; and a second worker
(another `phaseout serve` on the same database) stands by until the first is gone.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress

import psycopg
import structlog

from phaseout.web.environment import database_address
from phaseout.web.serving.parent import GRACE, follow_parent
from phaseout.web.serving.preparing import set_up

AT_ONCE = "SELECT pg_try_advisory_lock(hashtext('phaseout.worker'))"
IN_LINE = "SELECT pg_advisory_lock(hashtext('phaseout.worker'))"
LONGEST_WAIT = "SET lock_timeout = '10s'"
"""A statement that waits keeps rows from being vacuumed, so no one waits longer in one go."""

JOBS_AT_ONCE = 2
MOST_ATTEMPTS = 5
"""A job that was cut short so often is what cuts it short: it fails, for a person to look at."""

WATCH_SECONDS = 3.0

PATIENCE = GRACE - 10.0
"""Seconds for the jobs in hand when we are told to leave. What is not finished then stays marked as
being done, its transaction undone: the next worker takes it up again."""

logger = structlog.get_logger("phaseout.worker")


def main() -> None:
    signal.signal(signal.SIGTERM, _leave)  # until the worker has handlers of its own
    follow_parent()
    set_up()
    from django.conf import settings

    with database_address(settings.HOME).connect(application_name="phaseout worker") as guard:
        _wait_for_turn(guard)
        _take_up_again(guard)
        asyncio.run(_work(guard))


def _leave(*_: object) -> None:
    """Nothing is in hand yet. An exception could be lost where it happens to be raised (in what is
    called when something is thrown away), and then nobody would leave."""
    os._exit(0)


def _wait_for_turn(guard: psycopg.Connection) -> None:
    """Get the lock, in line: who stands by is served before a worker that starts later."""
    if _one(guard, AT_ONCE):
        return
    logger.info("standing_by", words="another worker serves this database")
    guard.execute(LONGEST_WAIT)
    while not _served(guard):
        pass
    guard.execute("RESET lock_timeout")


def _served(guard: psycopg.Connection) -> bool:
    try:
        guard.execute(IN_LINE)
    except psycopg.errors.LockNotAvailable:
        return False
    return True


def _take_up_again(guard: psycopg.Connection) -> None:
    """Put back what a worker that died was doing; its registration goes too."""
    guard.execute("DELETE FROM procrastinate_workers")
    cut_short = guard.execute(
        "SELECT id, task_name, attempts FROM procrastinate_jobs WHERE status = 'doing' ORDER BY id"
    ).fetchall()
    for job, task, attempts in cut_short:
        if attempts >= MOST_ATTEMPTS:
            guard.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job])
            logger.error("job_given_up", job=job, task=task, attempts=attempts)
            continue
        try:
            guard.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job])
            logger.info("job_taken_up_again", job=job, task=task)
        except psycopg.errors.UniqueViolation:  # its like is waiting already
            guard.execute("SELECT procrastinate_finish_job_v1(%s, 'aborted', false)", [job])


async def _work(guard: psycopg.Connection) -> None:
    from procrastinate import App
    from procrastinate.contrib.django import app

    # An app of its own over the same tasks: the worker needs a connection that listens, while a
    # job that defers another one does so on Django's, in its own transaction.
    own = App(
        connector=app.connector.get_worker_connector(),  # type: ignore[attr-defined]
        worker_defaults=app.worker_defaults,
    )
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    own.tasks, own.periodic_registry = app.tasks, app.periodic_registry
    watching = asyncio.create_task(_watch(guard))
    async with own.open_async():
        working = asyncio.create_task(
            own.run_worker_async(concurrency=JOBS_AT_ONCE, install_signal_handlers=False)
        )
        _leave_when_told(working)
        with suppress(asyncio.CancelledError):
            await working
    watching.cancel()


def _leave_when_told(working: asyncio.Task[None]) -> None:
    """SIGTERM and SIGINT: take no further job, finish those in hand; leave after the patience."""
    loop = asyncio.get_running_loop()

    def leave() -> None:
        working.cancel()  # procrastinate's worker takes this as "stop, and wait for your jobs"
        loop.call_later(PATIENCE, _leave_jobs)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, leave)


def _leave_jobs() -> None:
    """A job runs in a thread, which nothing can cut short but the end of the process."""
    logger.warning("left", words="not finished in time; jobs will be taken up again")
    sys.stdout.flush()
    os._exit(0)


async def _watch(guard: psycopg.Connection) -> None:
    """End at once when the lock is lost: another worker may already be doing our jobs again."""
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        try:
            await asyncio.to_thread(guard.execute, "SELECT 1")
        except psycopg.OperationalError:
            logger.error("database_lost")
            sys.stderr.flush()
            os._exit(1)


def _one(guard: psycopg.Connection, query: str) -> object:
    row = guard.execute(query.encode()).fetchone()
    return row[0] if row else None
