"""The room's job: what has lost its ground ends, though no act of a case says so."""

from __future__ import annotations

from procrastinate.contrib.django import app

from phaseout.desk.day import today
from phaseout.measures.sanctions.acts.releasing import release_where_nothing_must_leave


# After the hourly judgement, as the prices.
@app.periodic(cron="33 * * * *")
@app.task(name="sanctions.end_grounds", queueing_lock="sanctions.end_grounds", retry=3)
def end_grounds(timestamp: int) -> None:
    release_where_nothing_must_leave(today())
