"""Days and moments for the tests of notices."""

from datetime import date, datetime

from casebook import BEIJING

THURSDAY = date(2018, 3, 15)


def at(day, hour=9, minute=0):
    """A moment in Beijing, aware."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BEIJING)
