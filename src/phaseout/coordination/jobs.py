"""The reminders of these rooms as jobs. Each may be killed at any statement and run again."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from phaseout.coordination.reminding import remind
from phaseout.desk.day import today

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=3)
ONE_AT_A_TIME = "coordination.reminding"


@app.task(
    name="coordination.remind",
    lock=ONE_AT_A_TIME,
    queueing_lock="coordination.remind",
    retry=AGAIN,
)
def remind_day() -> None:
    """After the day moved."""
    remind(today())


# Four times a day: a worker that was down in the morning catches up; who was told is not told.
@app.periodic(cron="13 0,6,7,12 * * *")
@app.task(
    name="coordination.remind_each_day",
    lock=ONE_AT_A_TIME,
    queueing_lock="coordination.remind_each_day",
)
def remind_each_day(timestamp: int) -> None:
    remind(today())
