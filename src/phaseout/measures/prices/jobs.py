"""The room's job: what has lost its ground ends, though nobody looks."""

from __future__ import annotations

from procrastinate.contrib.django import app

from phaseout.desk.day import today
from phaseout.measures.prices.ending import end_where_the_ground_is_gone


# After the hourly judgement; a day that was looked at already finds nothing left to end.
@app.periodic(cron="31 * * * *")
@app.task(name="prices.end_grounds", queueing_lock="prices.end_grounds", retry=3)
def end_grounds(timestamp: int) -> None:
    end_where_the_ground_is_gone(today())
