"""The judgement as jobs. Each may be killed at any statement and started again."""

from __future__ import annotations

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from phaseout.casework import judging
from phaseout.casework.audit import checkpoints
from phaseout.casework.watching import jobs  # noqa: F401  (found through this module)
from phaseout.desk.day import today

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=3)
ONE_AT_A_TIME = "casework.judging"


@app.task(
    name="casework.judge_touched",
    lock=ONE_AT_A_TIME,
    queueing_lock="casework.judge_touched",
    retry=AGAIN,
)
def judge_touched() -> None:
    """After facts changed."""
    judging.judge_touched(on=today())


@app.task(name="casework.judge_rows", lock=ONE_AT_A_TIME, retry=AGAIN)
def judge_rows(row_ids: list[str]) -> None:
    """After a confirmation or a decision."""
    judging.judge_rows(row_ids, on=today())


@app.task(
    name="casework.judge_day",
    lock=ONE_AT_A_TIME,
    queueing_lock="casework.judge_day",
    retry=AGAIN,
)
def judge_day() -> None:
    """After the day moved."""
    judging.judge_day(on=today())


# Every hour, not at Beijing midnight alone: a worker that was down at midnight catches up, and a
# day that was judged already is left in peace.
@app.periodic(cron="1 * * * *")
@app.task(name="casework.each_hour", lock=ONE_AT_A_TIME, queueing_lock="casework.each_hour")
def each_hour(timestamp: int) -> None:
    judging.judge_day(on=today())


# Hourly for the same reason; the first of a day makes it, the others find it made.
@app.periodic(cron="7 * * * *")
@app.task(name="casework.checkpoint", queueing_lock="casework.checkpoint", retry=AGAIN)
def checkpoint(timestamp: int) -> None:
    """The signed digest of all acts, once a day."""
    checkpoints.make(today(), home=settings.HOME)


@app.task(name="casework.checkpoint_day", queueing_lock="casework.checkpoint_day", retry=AGAIN)
def checkpoint_day() -> None:
    """The same after the demo day moved: the hour has not come, and the day may be gone by then."""
    checkpoints.make(today(), home=settings.HOME)
