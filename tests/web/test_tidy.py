"""What is removed at night, and what is not."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from pytest_django.fixtures import Settings

from phaseout.registry.copying import SCRATCH

TIDY = "web.tidy"


@pytest.mark.django_db
def test_old_jobs_sessions_and_broken_uploads_go(
    run_jobs: Callable[[], list[str]],
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    scratch = tmp_path / "scratch"
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    for at in (scratch / f"{SCRATCH}now", scratch / f"{SCRATCH}then", scratch / "another's"):
        (at / "spill").mkdir(parents=True)
        os.utime(at, None if at.name.endswith("now") else (0, 0))
    tmp_path = settings.EVIDENCE_ROOT
    tmp_path.mkdir()
    fresh, old = tmp_path / ".arriving-now", tmp_path / ".arriving-then"
    for file in (fresh, old):
        file.write_bytes(b"half")
    os.utime(old, (0, 0))
    Session.objects.create(session_key="past", expire_date=timezone.now() - timedelta(days=1))
    Session.objects.create(session_key="open", expire_date=timezone.now() + timedelta(days=1))
    long_ago = _done("succeeded", days=15)
    recent = _done("succeeded", days=13)
    failed = _done("failed", days=15)

    app.configure_task(TIDY).defer(timestamp=0)
    assert run_jobs() == [TIDY]

    assert list(tmp_path.iterdir()) == [fresh]
    assert {left.name for left in scratch.iterdir()} == {f"{SCRATCH}now", "another's"}
    assert [one.session_key for one in Session.objects.all()] == ["open"]
    left = _ids()
    assert long_ago not in left
    assert {recent, failed} <= left


def _done(status: str, *, days: int) -> int:
    job: int = app.configure_task(TIDY).defer(timestamp=days)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job])
        cursor.execute("SELECT procrastinate_finish_job_v1(%s, %s, false)", [job, status])
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - make_interval(days => %s)"
            " WHERE job_id = %s",
            [days, job],
        )
    return job


def _ids() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_jobs")
        return {job for (job,) in cursor.fetchall()}
