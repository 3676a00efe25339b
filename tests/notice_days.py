"""Days and moments for the tests of notices."""

from datetime import date, datetime

from casebook import BEIJING
from phaseout.notices.models import Notice
from phaseout.notices.saying import settled

THURSDAY = date(2018, 3, 15)


def at(day, hour=9, minute=0):
    """A moment in Beijing, aware."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BEIJING)


def asking(user, on):
    """Steps of the notices of a person, in order, about which something is left to do on a day."""
    rows = list(Notice.objects.filter(user=user).order_by("pk"))
    done = settled(rows, on)
    return [one.step for one in rows if one.pk not in done]
