"""Messages out as jobs. Each may be killed at any statement and started again."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from phaseout.desk.day import today
from phaseout.notices.sending import post

ONE_AT_A_TIME = "notices.post"


# Every five minutes: what is told at once is out by then, and no act waits for it.
@app.periodic(cron="*/5 * * * *")
@app.task(name="notices.post", lock=ONE_AT_A_TIME, queueing_lock="notices.post")
def post_out(timestamp: int) -> None:
    post(today(), timezone.now())


@app.task(name="notices.post_now", lock=ONE_AT_A_TIME)
def post_now() -> None:
    """After a person asked for a code: somebody is waiting for it."""
    post(today(), timezone.now())
