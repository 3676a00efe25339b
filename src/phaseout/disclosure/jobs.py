"""What these rooms tell by themselves: a draft that can be signed since a period is over, a time to
object that ends soon."""

from __future__ import annotations

from procrastinate.contrib.django import app

from phaseout.desk.day import today
from phaseout.disclosure.reminding import remind
from phaseout.disclosure.telling import tell_ready


@app.periodic(cron="*/30 * * * *")
@app.task(name="disclosure.tell_ready", queueing_lock="disclosure.tell_ready")
def tell_what_is_ready(timestamp: int) -> None:
    tell_day()


@app.task(name="disclosure.tell_day", queueing_lock="disclosure.tell_day")
def tell_day() -> None:
    """All that a day asks; after the day moved besides."""
    on = today()
    tell_ready(on)
    remind(on)
