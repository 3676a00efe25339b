"""Run deferred jobs here and now, in the test's own connection, as a worker would one by one."""

from __future__ import annotations

import json

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job

MOST = 500
"""A job that defers itself for ever is a mistake, not a long queue."""


def run_deferred_jobs() -> list[str]:
    """Run jobs that are due until none is left; the names of their tasks, in the order run.

    A job that raises stays `failed` and its error reaches the test.
    """
    worker = _value("SELECT worker_id FROM procrastinate_register_worker_v1()")
    ran: list[str] = []
    while (job := _fetch(worker)) is not None:
        assert len(ran) < MOST, f"jobs never end: {ran[-5:]}"
        ran.append(job.task_name)
        _run(job)
    _value("SELECT procrastinate_unregister_worker_v1(%s)", worker)
    return ran


def _fetch(worker: int) -> Job | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, status, task_name, priority, lock, queueing_lock, args, scheduled_at,"
            " queue_name, attempts, worker_id FROM procrastinate_fetch_job_v2(NULL, %s)",
            [worker],
        )
        names = [column.name for column in cursor.description]
        row = dict(zip(names, cursor.fetchone(), strict=True))
    if row["id"] is None:
        return None
    return Job.from_row(row | {"args": json.loads(row["args"])})  # Django leaves JSON as text


def _run(job: Job) -> None:
    app.perform_import_paths()
    task = app.tasks[job.task_name]
    context = JobContext(app=app, job=job, start_timestamp=0.0, abort_reason=lambda: None)
    try:
        task.func(*([context] if task.pass_context else []), **job.task_kwargs)
    except BaseException:
        _finish(job, "failed")
        raise
    _finish(job, "succeeded")


def _finish(job: Job, status: str) -> None:
    if not connection.needs_rollback:
        _value("SELECT procrastinate_finish_job_v1(%s, %s, false)", job.id, status)


def _value(query: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        value: int = cursor.fetchone()[0]
        return value
