"""The adopted plan as plain data, for other rooms: read only, the same for every reader.

    plan = plan_of(2017)                    the edition in force at the end of 2017; None: none
    plan = plan_of(2018, date(2018, 3, 15)) … at the end of that day
    goals(plan, on=date(2017, 12, 31))      goal by goal: planned, reached until that day (inside)

    for goal in goals(plan, on=day):
        goal.aim, goal.industry             "exit" | "rectify", "cement" (keys of law.industries)
        goal.lines, goal.enterprises        planned
        goal.lines_through, goal.lines_late reached; late: `due` before `on` and not through
        for amount in goal.amounts:         one a product and unit of the ledger (t/a, …)
            amount.planned, amount.reached  Decimal, in `amount.unit`; units are never added up
        goal.untold                         lines planned whose capacity nobody told (not nought)
        goal.url                            address of the lines behind the numbers

All numbers are of the whole region: a report is over everything, whoever has it made. What is said
of single lines is on the page at `url`, narrowed to who reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from phaseout.coordination.planning.models import Edition, Goal, WorkPlan
from phaseout.coordination.planning.progress import Reached, by_goal
from phaseout.coordination.planning.standing import in_force


@dataclass(frozen=True, slots=True)
class PlanInForce:
    """The edition in force. `plan_id`: the draft it is; `digest` covers all it says; `amends`: it
    is not the first edition of its year. `url`: its page."""

    plan_id: int
    year: int
    edition: int
    document: str
    adopted_on: date
    digest: str
    url: str

    @property
    def amends(self) -> bool:
        return self.edition > 1


@dataclass(frozen=True, slots=True)
class Amount:
    """Capacity of a product, in a unit of the ledger (`registry.capacity.saying` shows it)."""

    product: str
    unit: str
    planned: Decimal
    reached: Decimal


@dataclass(frozen=True, slots=True)
class MilestoneReached:
    """So many lines were to be through by the end of `by`; so many were (at `on`, if earlier)."""

    by: date
    planned: int
    reached: int


@dataclass(frozen=True, slots=True)
class GoalReached:
    """A goal and what is reached of it: see the head of this file."""

    aim: str
    industry: str
    lines: int
    enterprises: int
    untold: int
    lines_through: int
    lines_late: int
    amounts: tuple[Amount, ...]
    milestones: tuple[MilestoneReached, ...]
    offices: tuple[str, ...]
    url: str


def plan_of(year: int, on: date | None = None) -> PlanInForce | None:
    """The plan of a year in force at the end of `on` (None: of the year's last day).

    None: no plan of that year was adopted by then. Says nothing of whether one had to be:
    `law.planning.annual_day(PLAN, year)`.
    """
    edition = in_force(year, on or date(year, 12, 31))
    return None if edition is None else _plan(edition)


def goals(plan: PlanInForce, *, on: date) -> tuple[GoalReached, ...]:
    """The goals of the plan with what is reached at the end of `on`, exits first, then in the order
    of the thirteen industries. What is reached counts from 1 January of the plan's year."""
    of_plan = WorkPlan.objects.get(pk=plan.plan_id)
    reached = by_goal(of_plan, on)
    rows = Goal.objects.filter(plan=of_plan).prefetch_related("amounts", "milestones")
    return tuple(_goal(plan, row, reached.get((row.aim, row.industry)), on) for row in rows)


def _plan(edition: Edition) -> PlanInForce:
    return PlanInForce(
        plan_id=edition.plan_id,
        year=edition.year,
        edition=edition.number,
        document=edition.document,
        adopted_on=edition.adopted_on,
        digest=edition.plan.digest,
        url=reverse("work-plan", args=[edition.plan_id]),
    )


def _goal(plan: PlanInForce, row: Goal, reached: Reached | None, on: date) -> GoalReached:
    got = reached or Reached(row.aim, row.industry)
    amounts = tuple(
        Amount(one.product, one.unit, one.amount, got.amounts.get((one.product, one.unit), _NONE))
        for one in row.amounts.all()
    )
    milestones = tuple(
        MilestoneReached(one.by, one.lines, got.through_until(min(one.by, on)))
        for one in row.milestones.all()
    )
    asked = {"aim": row.aim, "industry": row.industry}
    return GoalReached(
        aim=row.aim,
        industry=row.industry,
        lines=row.lines,
        enterprises=row.enterprises,
        untold=row.untold,
        lines_through=got.through,
        lines_late=got.late,
        amounts=amounts,
        milestones=milestones,
        offices=tuple(row.offices),
        url=f"{reverse('work-plan-lines', args=[plan.plan_id])}?{urlencode(asked)}",
    )


_NONE = Decimal(0)
