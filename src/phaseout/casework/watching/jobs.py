"""The watch as jobs. Each may be killed at any statement and started again."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from phaseout.casework.watching import recounting, sweeping
from phaseout.desk.day import today

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=3)
ONE_AT_A_TIME = "casework.sweeping"


def sweep_day() -> None:
    """All that a day asks: a new calendar first, then what fell due."""
    on = today()
    recounting.recount(on)
    sweeping.sweep(on)


@app.task(name="casework.sweep", lock=ONE_AT_A_TIME, queueing_lock="casework.sweep", retry=AGAIN)
def sweep() -> None:
    """After the day moved."""
    sweep_day()


# Every hour: a worker that was down at midnight catches up; a day that was swept costs a look.
@app.periodic(cron="11 * * * *")
@app.task(
    name="casework.sweep_each_hour", lock=ONE_AT_A_TIME, queueing_lock="casework.sweep_each_hour"
)
def sweep_each_hour(timestamp: int) -> None:
    sweep_day()
