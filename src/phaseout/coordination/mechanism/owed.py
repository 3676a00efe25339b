"""What organisations owe in the round of a year (clause 19) and have not done: no row stands for
what nobody did, so it is read from where the year stands.

    ROUND      the kinds: returns to report, returns to reconcile, the plan, the report
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from phaseout.accounts.organisations import REGION_CODE, office_name, place_words
from phaseout.accounts.scope import Scope
from phaseout.coordination.annual.shown import sees as sees_region
from phaseout.coordination.annual.standing import standing as report_of
from phaseout.coordination.mechanism.kinds import Item
from phaseout.coordination.offices import offices_read
from phaseout.coordination.planning.acts.alike import leading
from phaseout.coordination.planning.standing import in_force
from phaseout.coordination.returns.seats import cities, sees, summing_up
from phaseout.coordination.returns.standing import FIRST_YEAR, Place, State, places, years
from phaseout.law.annual import report_due
from phaseout.law.planning import PLAN, annual_day
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.pages.templatetags.phaseout import said

CLAUSE = 19
PLAN_BEGINS = timedelta(days=60)
"""So long before its day the plan is work, as it is on the desk of who leads it."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A piece of work and the office that has it."""

    office: str
    item: Item


@dataclass(frozen=True, slots=True)
class Owing:
    """A kind of work of the round: `found(scope, today)` gives it piece by piece."""

    key: str
    words: Bilingual
    found: Callable[[Scope, date], list[Owed]]
    clause: int = CLAUSE


def _places(scope: Scope, today: date) -> list[Place]:
    """The returns of this year and the one before, of the cities one may see."""
    seen = [city for city in cities() if sees(scope, city)]
    return (
        [one for year in years(today)[:2] for one in places(year, today, of=seen)] if seen else []
    )


def _returns(scope: Scope, today: date) -> list[Owed]:
    """What cities have to report: from the first reminder on, late from the day after the last."""
    return [
        Owed(f"city_{one.city}", _place_shown(one, one.due.due, late=one.is_past))
        for one in _places(scope, today)
        if one.reminded
    ]


def _to_reconcile(scope: Scope, today: date) -> list[Owed]:
    """What cities have reported and departments have not looked at: until the report goes up."""
    found = []
    for one in _places(scope, today):
        if one.state is State.FILED and not one.closed:
            due = report_due(one.year).due
            found.append(Owed(one.department, _place_shown(one, due, late=today > due)))
    return found


def _place_shown(one: Place, due: date, *, late: bool) -> Item:
    to = office_name(one.department, REGION_CODE, one.today)
    url = reverse("return", args=[one.year, one.department, one.city])
    return Item(f"{said(place_words(one.city))} → {said(to)}", str(one.year), due, late, url)


def _plan(scope: Scope, today: date) -> list[Owed]:
    """The plan of this year where none was adopted: of those who lead it."""
    try:
        day = annual_day(PLAN, today.year)
    except Refusal:  # a year in which the Opinions are not in force
        return []
    if today < day.act_by - PLAN_BEGINS or in_force(today.year, today) is not None:
        return []
    shown = Item(str(today.year), "", day.due, day.is_late(today), reverse("work-plans"))
    return [Owed(office, shown) for office in leading() if offices_read(scope)]


def _report(scope: Scope, today: date) -> list[Owed]:
    """The report on the year before where it was not sent: of those who sum up."""
    year = today.year - 1
    if year < FIRST_YEAR or not sees_region(scope):
        return []
    now = report_of(year, today)
    if now.sent is not None:
        return []
    late = bool(now.days_late)
    shown = Item(
        str(year), said(now.stage.words), now.due.due, late, reverse("annual-year", args=[year])
    )
    return [Owed(office, shown) for office in summing_up()]


ROUND: tuple[Owing, ...] = (
    Owing("returns", ("待报送的年度退出情况", "returns to report"), _returns),
    Owing("reconcile", ("待核对的市级年度报送", "returns to reconcile"), _to_reconcile),
    Owing("plan", ("待印发的年度工作方案", "the plan to be adopted"), _plan),
    Owing("report", ("待上报的年度报告", "the report to be sent"), _report),
)
