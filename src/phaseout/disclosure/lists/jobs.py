"""What this room does by itself."""

from __future__ import annotations

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from phaseout.desk.day import today
from phaseout.disclosure.lists import acts
from phaseout.disclosure.lists.log import heads

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=3)


# Each act that adds to the log has the head signed after it. Where that failed (a key that could
# not be read, a process that was killed) it is signed here; a head that is there is left in peace.
@app.periodic(cron="17 * * * *")
@app.task(name="lists.sign_head", queueing_lock="lists.sign_head", retry=AGAIN)
def sign_head(timestamp: int) -> None:
    """What is over by today leaves; the signed head over all events of the publication log."""
    acts.end_what_is_over(today())
    heads.sign(settings.HOME)
