"""Planned lines with what became of them, by the capacity ledger: one definition for every number
of the progress and for the list behind it.

    followed(plan, on)            the planned lines of a draft, each with its `state`
    by_goal(plan, on, within)     of each goal how many are through, open, late, and how much
    beyond(plan, on, within)      exits of the year of lines the plan had not listed

A line planned to exit is through when all that was planned stands in the accounts of exit, or,
where its capacity was never told, when a case closed with its exit. One to be rectified is through
when its capacity stands restored, when a case closed with the requirement met, or when it exited.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from django.db.models import Case as Choose
from django.db.models import (
    CharField,
    Count,
    DateField,
    DecimalField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from phaseout.accounts.rows import whole_reach
from phaseout.casework.models import Case
from phaseout.coordination.planning.models import PlannedLine, WorkPlan
from phaseout.law.capacity import EXITED, keys_of
from phaseout.law.planning import RECTIFY
from phaseout.law.procedures.rows import StageRow
from phaseout.law.procedures.rows import rows as rows_of
from phaseout.law.refusals import Bilingual
from phaseout.registry.capacity import Asked, Balance, exited_between
from phaseout.registry.models import CapacityPosting

RESTORED = "restored"
NONE = Value(Decimal(0), output_field=DecimalField(max_digits=26, decimal_places=6))


class State(StrEnum):
    """What became of a planned line."""

    THROUGH = "through"
    LATE = "late"
    OPEN = "open"


STATES: Mapping[State, Bilingual] = {
    State.THROUGH: ("已完成", "through"),
    State.LATE: ("逾期未完成", "late"),
    State.OPEN: ("未到期", "not yet due"),
}


def followed(plan: WorkPlan, on: date) -> QuerySet[Any]:
    """The lines planned, with `exited` and `restored` (amounts in the line's own unit, booked from
    1 January of the year to `on`), `through_on`, `state` and `done` (the part of what was planned
    that is reached). Evaluate it within `whole_reach`, narrowed by `scope.lines()`: what became of
    a line is told to whoever sees the line, whichever department's case it was."""
    first = date(plan.year, 1, 1)
    booked = CapacityPosting.objects.filter(
        line_id=OuterRef("line_id"), product=OuterRef("product"), unit=OuterRef("unit"),
        effective_on__range=(first, on),
    ).order_by()  # fmt: skip
    gone, back = booked.filter(account__in=keys_of(EXITED)), booked.filter(account=RESTORED)
    closed = Case.objects.filter(line_id=OuterRef("line_id"), closed_on__range=(first, on))
    lines = PlannedLine.objects.filter(plan=plan, included=True).annotate(
        exited=_sum(gone),
        restored=_sum(back),
        exit_closed=Exists(closed.filter(stage__in=_ends("exited"))),
        met_closed=Exists(closed.filter(stage__in=_ends("met"))),
        moved_on=_last(booked.filter(account__in=[*keys_of(EXITED), RESTORED], amount__gt=0)),
        closed_on_=_last(closed.filter(stage__in=_ends("exited", "met")),
                         "closed_on"),
    )  # fmt: skip
    all_gone = Q(amount__isnull=False, exited__gte=F("amount")) | Q(
        amount__isnull=True, exit_closed=True
    )
    through = all_gone | Q(aim=RECTIFY) & (Q(restored__gt=0) | Q(met_closed=True))
    done = Choose(
        When(aim=RECTIFY, then=F("exited") + F("restored")), default=F("exited"),
        output_field=NONE.output_field,
    )  # fmt: skip
    return lines.annotate(
        state=Choose(
            When(through, then=Value(State.THROUGH.value)),
            When(due__lt=on, then=Value(State.LATE.value)),
            default=Value(State.OPEN.value),
            output_field=CharField(),
        ),
        through_on=Choose(
            When(through, then=Coalesce("moved_on", "closed_on_")), output_field=DateField()
        ),
        done=done,
    )


@cache
def _ends(*how: str) -> frozenset[str]:
    """The stages of the main track in which a case ends so."""
    stages = rows_of(StageRow, "stages")
    return frozenset(one.stage for one in stages if one.track == "main" and one.ends_as in how)


def _sum(postings: QuerySet[CapacityPosting]) -> Any:
    summed = postings.values("line_id").annotate(stock=Sum("amount")).values("stock")
    return Coalesce(Subquery(summed), NONE)


def _last(rows: QuerySet[Any], column: str = "effective_on") -> Any:
    newest = rows.order_by().values("line_id").annotate(last=Max(column)).values("last")
    return Subquery(newest, output_field=DateField())


@dataclass(slots=True)
class Reached:
    """One goal on a day: lines by state, and by (product, unit) what is reached. `through_by`: day
    of the ledger or the case → lines through on it."""

    aim: str
    industry: str
    lines: dict[str, int] = field(default_factory=lambda: dict.fromkeys(State, 0))
    amounts: dict[tuple[str, str], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    through_by: dict[date, int] = field(default_factory=dict)

    @property
    def through(self) -> int:
        return self.lines[State.THROUGH]

    @property
    def late(self) -> int:
        return self.lines[State.LATE]

    @property
    def open(self) -> int:
        return self.lines[State.OPEN]

    def through_until(self, day: date) -> int:
        """Lines that were through at the end of a day."""
        return sum(n for on, n in self.through_by.items() if on <= day)


def by_goal(plan: WorkPlan, on: date, within: Q | None = None) -> dict[tuple[str, str], Reached]:
    """(aim, industry) → what is reached, in one query; goals of which no line is within are left
    out.

    Args:
        within: condition on planned lines, such as `scope.lines()`; None: all of them.
    """
    found: dict[tuple[str, str], Reached] = {}
    for row in _tallied(plan, on, within):
        goal = found.setdefault((row["aim"], row["industry"]), Reached(row["aim"], row["industry"]))
        goal.lines[row["state"]] += row["n"]
        if row["reached"] and row["unit"]:
            goal.amounts[row["product"], row["unit"]] += row["reached"]
        if row["through_on"] is not None:
            day = row["through_on"]
            goal.through_by[day] = goal.through_by.get(day, 0) + row["n"]
    return found


def _tallied(plan: WorkPlan, on: date, within: Q | None) -> list[dict[str, Any]]:
    rows = followed(plan, on).filter(within or Q()).order_by()
    names = ("aim", "industry", "product", "unit", "state", "through_on")
    with whole_reach():  # see `followed`
        return list(rows.values(*names).annotate(n=Count("pk"), reached=Sum("done")))


def late_of_offices(
    plan: WorkPlan, on: date, offices: Collection[str], within: Q | None = None
) -> int:
    """How many planned lines of these offices are late."""
    rows = followed(plan, on).filter(within or Q(), office__in=offices, due__lt=on)
    with whole_reach():  # see `followed`
        return rows.filter(state=State.LATE).order_by().count()


def beyond(plan: WorkPlan, on: date, within: Q | None = None) -> list[Balance]:
    """What exited in the year, until `on`, of lines that the plan does not list; line by
    line, with industry, product and unit."""
    planned = PlannedLine.objects.filter(plan=plan, included=True).values("line_id")
    others = ~Q(line_id__in=planned) & (within or Q())
    by = ("industry", "line_id", "product", "unit")
    with whole_reach():  # see `followed`
        found = exited_between(date(plan.year, 1, 1), on, Asked(within=others), by=by)
    return [one for one in found if one.exited]


def total(reached: Iterable[Reached]) -> dict[str, int]:
    """Lines by state over all goals."""
    found = dict.fromkeys(State, 0)
    for one in reached:
        for state, n in one.lines.items():
            found[State(state)] += n
    return {str(state): n for state, n in found.items()}


__all__ = [
    "STATES",
    "Reached",
    "State",
    "beyond",
    "by_goal",
    "followed",
    "late_of_offices",
    "total",
]
