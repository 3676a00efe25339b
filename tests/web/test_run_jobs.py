"""What tests run jobs with: in order, jobs of jobs too, and a failure is not swallowed."""

from __future__ import annotations

import pytest
from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


@pytest.fixture
def said():
    said: list[str] = []

    @app.task(name="test.say")
    def say(what: str) -> None:
        said.append(what)
        if what == "twice":
            say.defer(what="again")

    @app.task(name="test.fail")
    def fail() -> None:
        raise ValueError("as it must")

    yield said
    del app.tasks["test.say"], app.tasks["test.fail"]


def test_jobs_run_in_order_and_the_jobs_of_jobs_after_them(said, run_jobs) -> None:
    app.configure_task("test.say").defer(what="twice")
    app.configure_task("test.say").defer(what="once")
    assert run_jobs() == ["test.say"] * 3
    assert said == ["twice", "once", "again"]
    assert set(ProcrastinateJob.objects.values_list("status", flat=True)) == {"succeeded"}
    assert run_jobs() == []


def test_a_job_with_a_queueing_lock_waits_once(said, run_jobs) -> None:
    app.configure_task("test.say", queueing_lock="one").defer(what="a")
    # The savepoint keeps the transaction of the act alive when the job is already waiting.
    with pytest.raises(exceptions.AlreadyEnqueued), transaction.atomic():
        app.configure_task("test.say", queueing_lock="one").defer(what="b")
    run_jobs()
    assert said == ["a"]


def test_a_job_that_fails_fails_the_test(said, run_jobs) -> None:
    app.configure_task("test.fail").defer()
    with pytest.raises(ValueError, match="as it must"):
        run_jobs()
    assert ProcrastinateJob.objects.get().status == "failed"
