"""派出检查: each firm drawn gets its days, its inspectors and its checklist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope, prefix_of
from phaseout.evidence.digests import digest_of
from phaseout.inspections import refusing
from phaseout.inspections.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
)
from phaseout.inspections.checklist import checklist
from phaseout.inspections.models import AssignedInspector, Assignment, Draw, InspectionAct
from phaseout.inspections.pressure import next_deadlines
from phaseout.inspections.subjects import seat_in
from phaseout.law.periods import Unit, count_period
from phaseout.registry.models import Enterprise

Kind = InspectionAct.Kind
LONGEST_SPAN = 10


@again_after_a_deadlock
@transaction.atomic(durable=True)
def assign(
    draw_id: int,
    first_day: date,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    a_day: int = 2,
    span: int = 1,
) -> list[Assignment]:
    """Send inspectors to all firms of a draw: so many firms a working day, each for a span of days.

    Raises:
        Refusal: `inspection.not-yours`, `assign.done`, `assign.days-wrong`.
    """
    about = f"draw:{draw_id}"
    before = done_before(key, Kind.ASSIGN, by, about)
    if before is not None:
        return list(before.assignments.order_by("place"))
    drawn = Draw.objects.select_related("plan_line__plan").get(pk=draw_id)
    plan = drawn.plan_line.plan
    hold_all(about)
    if seat_in(scope, plan.office, plan.dimension, Role.OFFICER, Role.LEADER) is None:
        raise refusing.not_yours(Role.OFFICER)
    if Assignment.objects.filter(draw=drawn).exists():
        raise refusing.assigned()
    if first_day < today or not 1 <= a_day <= 20 or not 1 <= span <= LONGEST_SPAN:
        raise refusing.days_wrong(LONGEST_SPAN)
    planned = _planned(drawn, route(drawn, today), first_day, a_day, span)
    content = {"draw": drawn.digest, "visits": [_said(one) for one in planned]}
    act = append(Kind.ASSIGN, plan, by=by, today=today, key=key, about=about, content=content)
    teams = {one["uscc"]: one["inspectors"] for one in drawn.drawn}
    return [_kept(one, act, teams[one.enterprise_id]) for one in planned]


def _said(one: Assignment) -> dict[str, str]:
    return {
        "uscc": one.enterprise_id,
        "begins": one.begins.isoformat(),
        "ends": one.ends.isoformat(),
        "checklist": one.digest,
    }


def route(drawn: Draw, today: date) -> list[tuple[Mapping[str, Any], date | None]]:
    """The firms in the order of the visits, each with the deadline that presses: city by city, the
    city with the nearest deadline first, in it the firm with the nearest."""
    usccs = {one["uscc"] for one in drawn.drawn}
    pressing = next_deadlines(usccs, today)
    firms = [firm for firm in drawn.sheet["firms"] if firm["uscc"] in usccs]
    nearest: dict[str, date] = {}
    for firm in firms:
        due = pressing.get(firm["uscc"], date.max)
        nearest[firm["city"]] = min(nearest.get(firm["city"], date.max), due)
    firms.sort(
        key=lambda f: (
            nearest[f["city"]],
            f["city"],
            pressing.get(f["uscc"], date.max),
            f["division_code"],
            f["uscc"],
        )
    )
    return [(firm, pressing.get(firm["uscc"])) for firm in firms]


def _planned(
    drawn: Draw,
    firms: Sequence[tuple[Mapping[str, Any], date | None]],
    first_day: date,
    a_day: int,
    span: int,
) -> list[Assignment]:
    plan, day, planned = drawn.plan_line.plan, working_day(first_day), []
    enterprises = Enterprise.objects.in_bulk([firm["uscc"] for firm, _ in firms])
    teams = {one["uscc"]: set(one["inspectors"]) for one in drawn.drawn}
    that_day: list[Mapping[str, Any]] = []
    for at, (firm, due) in enumerate(firms):
        if len(that_day) == a_day or _too_far(firm, that_day, teams):
            day, that_day = working_day(day + timedelta(days=1)), []
        that_day.append(firm)
        owner = enterprises[firm["uscc"]]
        listed = checklist(owner, plan.dimension, prefix_of(plan.division_code), day)
        planned.append(
            Assignment(
                draw=drawn,
                enterprise=owner,
                office=plan.office,
                dimension=plan.dimension,
                division_code=firm["division_code"],
                industry=firm["industry"],
                place=at + 1,
                begins=day,
                ends=_end(day, span),
                pressing=due,
                checklist=listed,
                digest=digest_of(listed),
            )
        )
    return planned


def _too_far(
    firm: Mapping[str, Any],
    that_day: Sequence[Mapping[str, Any]],
    teams: Mapping[str, set[str]],
) -> bool:
    """Whether somebody who goes to the firm is in another city on that day already."""
    return any(
        one["city"] != firm["city"] and teams[one["uscc"]] & teams[firm["uscc"]] for one in that_day
    )


def working_day(day: date) -> date:
    """The day itself if it is a working day, else the next that is."""
    return _counted(day - timedelta(days=1), 1)


def _end(day: date, span: int) -> date:
    return _counted(day - timedelta(days=1), span)


def _counted(since: date, days: int) -> date:
    due = count_period(since, Unit.WORKING_DAY, days).due
    return date(due.year, due.month, due.day)


def _kept(one: Assignment, act: InspectionAct, team: Sequence[str]) -> Assignment:
    one.act = act
    one.save(force_insert=True)
    people = User.objects.in_bulk(team, field_name="username")
    AssignedInspector.objects.bulk_create(
        AssignedInspector(assignment=one, inspector=people[name], place=at)
        for at, name in enumerate(team, 1)
    )
    return one
