"""What one draft changed against another: goals, lines, measures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from phaseout.coordination.planning.models import Goal, PlannedLine, WorkPlan


@dataclass(frozen=True, slots=True)
class Change:
    """A thing that came, went or changed. `before` and `now` are rows (None: not there)."""

    before: Any
    now: Any

    @property
    def kind(self) -> str:
        """`came`, `went` or `changed`."""
        return "came" if self.before is None else "went" if self.now is None else "changed"


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs, in the order of the later draft; what went comes last."""

    goals: list[Change]
    lines: list[Change]
    measures: list[Change]

    def __bool__(self) -> bool:
        return bool(self.goals or self.lines or self.measures)


def differences(before: WorkPlan, now: WorkPlan) -> Differences:
    """What `now` says otherwise than `before`. A line counts as there where it is planned; a row
    outside the reader's reach is in neither."""
    return Differences(
        _compared(_goals(before), _goals(now), _goal_says),
        _compared(_lines(before), _lines(now), _line_says),
        _compared(_measures(before), _measures(now), lambda one: one.text),
    )


def _compared(before: dict[Any, Any], now: dict[Any, Any], says: Any) -> list[Change]:
    found = []
    for name, row in now.items():
        was = before.get(name)
        if was is None or says(was) != says(row):
            found.append(Change(was, row))
    return [*found, *(Change(row, None) for name, row in before.items() if name not in now)]


def _goals(plan: WorkPlan) -> dict[Any, Goal]:
    return {(g.aim, g.industry): g for g in plan.goals.prefetch_related("amounts", "milestones")}


def _goal_says(goal: Goal) -> tuple[Any, ...]:
    amounts: list[tuple[str, str, Decimal]] = [
        (one.product, one.unit, one.amount) for one in goal.amounts.all()
    ]
    milestones = [(one.by, one.lines) for one in goal.milestones.all()]
    return goal.lines, goal.enterprises, goal.untold, amounts, milestones


def _lines(plan: WorkPlan) -> dict[str, PlannedLine]:
    rows = plan.lines.filter(included=True).select_related("line", "enterprise")
    return {one.line_id: one for one in rows.order_by("industry", "pk")}


def _line_says(one: PlannedLine) -> tuple[Any, ...]:
    return one.aim, one.due, one.office, one.amount, one.product, one.unit


def _measures(plan: WorkPlan) -> dict[Any, Any]:
    rows = plan.measures.all()
    return {(one.clause, one.subject, one.industry, one.due, one.lead[0]): one for one in rows}
