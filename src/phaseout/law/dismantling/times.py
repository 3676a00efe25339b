"""When a sealed line is visited again, and which days the task notice of a year sets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from phaseout.law.dismantling.rows import NoticeRow, VisitRow, rows
from phaseout.law.periods.arithmetic import add_months


def next_visit(last: date, about: str = "sealed") -> date:
    """The last day for the next visit, itself in time, after the sealing or the last visit.

    Source: technology_method.md section 6, a proposal: at least one every quarter.

    >>> next_visit(date(2018, 11, 30))
    datetime.date(2019, 2, 28)
    """
    months = next(row.months for row in rows(VisitRow, "visits") if row.about == about)
    return add_months(last, months)


def steps_of_year(year: int, industry: str) -> Mapping[str, NoticeRow]:
    """Step (`cut_off`, `dismantling`, `acceptance`, `report`) → the day that the task notice of
    the year sets. A step that is not there: no notice of the year is on record for it."""
    found: dict[str, NoticeRow] = {}
    for row in rows(NoticeRow, "yearly_notices"):
        if row.year == year and row.industry in ("", industry):
            found[row.step] = row
    return found
