"""Steps of the calendar alone: no rest days, no law."""

from __future__ import annotations

import calendar
from datetime import MAXYEAR, MINYEAR, date, timedelta

ONE_DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """Same day of the month `months` later (earlier if negative), or that month's last day.

    >>> add_months(date(2017, 8, 31), 6)
    datetime.date(2018, 2, 28)
    >>> add_months(date(2019, 8, 31), 6)
    datetime.date(2020, 2, 29)

    Raises:
        OverflowError: the result lies outside the years 1 to 9999.
    """
    year, month0 = divmod(day.year * 12 + (day.month - 1) + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(f"{months} months from {day} is outside the years 1 to 9999")
    length = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, length))


def last_start_for_months(end: date, months: int) -> date:
    """The latest day from which `months` run out on `end` or before.

    Not simply `add_months(end, -months)`: from 30 and from 31 March three months end on
    30 June, and the later of the two is asked for.

    >>> last_start_for_months(date(2020, 6, 30), 3)
    datetime.date(2020, 3, 31)
    """
    start = add_months(end, -months)
    while add_months(start + ONE_DAY, months) <= end:
        start += ONE_DAY
    return start
