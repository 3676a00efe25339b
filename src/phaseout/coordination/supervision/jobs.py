"""The picture that the home page counts proposals from, as a job where it is slow. May be killed at
any statement and run again."""

from __future__ import annotations

from procrastinate.contrib.django import app

from phaseout.coordination.supervision.recent import RECKON, reckon
from phaseout.desk.day import today


@app.task(name=RECKON, lock=RECKON, queueing_lock=RECKON)
def reckon_the_picture() -> None:
    reckon(today())
