"""The room's jobs. Each may be killed at any statement and run again."""

from __future__ import annotations

from procrastinate.contrib.django import app

from phaseout.desk.day import today
from phaseout.exits.restart.acts.metering import JUDGE
from phaseout.exits.restart.judging import judge_line, judge_stale
from phaseout.exits.restart.models import Batch, Meter
from phaseout.exits.restart.readings import take
from phaseout.exits.restart.readings.receiving import TAKE


@app.task(name=TAKE, lock="restart.readings", retry=3)
def take_readings(batch_id: int) -> None:
    """Take a file of readings, and have the lines judged that it tells of."""
    batch = take(batch_id)
    if batch.state == Batch.State.TAKEN:
        judge_lines_of(batch)


def judge_lines_of(batch: Batch) -> None:
    """Judge every line that the batch has readings of."""
    meters = Meter.objects.filter(pk__in=batch.counts.get("meter_ids", ()))
    for line_id in sorted(set(meters.values_list("line_id", flat=True))):
        judge_line(line_id, today())


@app.task(name=JUDGE, retry=3)
def judge_one(line_id: str) -> None:
    """After a meter was put on record or ended."""
    judge_line(line_id, today())


# Hourly, like the other judgements: a line that was cut since the last time is judged anew.
@app.periodic(cron="23 * * * *")
@app.task(name="restart.judge_stale", queueing_lock="restart.judge_stale")
def judge_what_is_stale(timestamp: int) -> None:
    judge_stale(today())
