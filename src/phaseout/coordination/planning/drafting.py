"""From lines to a plan: goals, milestones and measures by industry, as plain data; and to rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from phaseout.coordination.planning.candidates import Candidate
from phaseout.coordination.planning.models import (
    Goal,
    GoalAmount,
    Measure,
    Milestone,
    PlannedLine,
    WorkPlan,
)
from phaseout.law.industries import INDUSTRIES
from phaseout.law.opinions import Opinions
from phaseout.law.planning import EXIT, RECTIFY, REPORT, annual_day, measures

QUARTERS = ((3, 31), (6, 30), (9, 30), (12, 31))
AIMS = (EXIT, RECTIFY)


@dataclass(frozen=True, slots=True)
class DraftGoal:
    """A goal before it is a row; `amounts`: (product, unit) → sum; `milestones`: day → lines."""

    aim: str
    industry: str
    lines: int
    enterprises: int
    untold: int
    offices: tuple[str, ...]
    amounts: Mapping[tuple[str, str], Decimal]
    milestones: Mapping[date, int]


@dataclass(frozen=True, slots=True)
class DraftMeasure:
    """A measure before it is a row."""

    clause: int
    subject: str
    industry: str
    lines: int
    enterprises: int
    lead: tuple[str, ...]
    cooperating: tuple[str, ...]
    due: date | None
    text: str
    as_computed: str = ""
    reason: str = ""

    @property
    def name(self) -> tuple[int, str, str, date | None]:
        """What tells a measure from others, from draft to draft."""
        return self.clause, self.subject, self.industry, self.due


@dataclass(frozen=True, slots=True)
class Drafted:
    """All that a draft holds."""

    lines: Sequence[Candidate]
    goals: Sequence[DraftGoal] = field(default_factory=tuple)
    measures: Sequence[DraftMeasure] = field(default_factory=tuple)


def goals_of(year: int, lines: Iterable[Candidate]) -> list[DraftGoal]:
    """The goals over the lines that are planned: exits first, then by the order of clause (3)."""
    found: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for one in lines:
        if one.included:
            found[one.aim, one.industry].append(one)
    order = list(INDUSTRIES)
    places = {key: order.index(key) for key in order}
    keys = sorted(found, key=lambda k: (AIMS.index(k[0]), places.get(k[1], len(order)), k[1]))
    return [_goal(year, aim, industry, found[aim, industry]) for aim, industry in keys]


def _goal(year: int, aim: str, industry: str, lines: Sequence[Candidate]) -> DraftGoal:
    amounts: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for one in lines:
        if one.amount is not None:
            amounts[one.product, one.unit] += one.amount
    offices = Counter(one.office for one in lines)
    return DraftGoal(
        aim,
        industry,
        lines=len(lines),
        enterprises=len({one.uscc for one in lines}),
        untold=sum(one.amount is None for one in lines),
        offices=tuple(sorted(offices, key=lambda office: (-offices[office], office))),
        amounts=dict(sorted(amounts.items())),
        milestones=_milestones(year, lines),
    )


def _milestones(year: int, lines: Sequence[Candidate]) -> dict[date, int]:
    found: dict[date, int] = {}
    before = 0
    for month, day in QUARTERS:
        by = date(year, month, day)
        through = sum(one.due <= by for one in lines)
        if through > before:
            found[by], before = through, through
    return found


def measures_of(year: int, lines: Iterable[Candidate]) -> list[DraftMeasure]:
    """The measures of the Opinions that the planned lines call for: clauses (4) to (9) for each
    industry, the others for all; who leads and cooperates by the table of duties."""
    planned = [one for one in lines if one.included]
    by_industry: dict[str, list[Candidate]] = {key: [] for key in INDUSTRIES}
    for one in planned:
        by_industry.setdefault(one.industry, []).append(one)
    found: list[DraftMeasure] = []
    for industry, own in by_industry.items():
        found += _measures(year, industry, own)
    return found + _measures(year, "", planned)


def _measures(year: int, industry: str, lines: Sequence[Candidate]) -> list[DraftMeasure]:
    opinions, found = Opinions.of(), []
    for rule in measures():
        if rule.by_industry != bool(industry):
            continue
        for_them = [one for one in lines if rule.concerns(one.dimension, one.aim)]
        if not for_them:
            continue
        duty = opinions.duty(rule.clause, rule.subject)
        due = None
        if rule.annual:
            due = annual_day(rule.annual, year + 1 if rule.annual == REPORT else year).due
        found.append(
            DraftMeasure(
                rule.clause,
                rule.subject,
                industry,
                lines=len(for_them),
                enterprises=len({one.uscc for one in for_them}),
                lead=duty.lead,
                cooperating=duty.cooperating,
                due=due,
                text=rule.words[0],
            )
        )
    return found


def as_data(drafted: Drafted) -> dict[str, Any]:
    """The draft as plain data: what the act says, and its digest covers."""
    return {
        "goals": [
            {
                "aim": one.aim,
                "industry": one.industry,
                "lines": one.lines,
                "enterprises": one.enterprises,
                "untold": one.untold,
                "offices": list(one.offices),
                "amounts": [[p, u, _figure(a)] for (p, u), a in one.amounts.items()],
                "milestones": [[day.isoformat(), n] for day, n in one.milestones.items()],
            }
            for one in drafted.goals
        ],
        "measures": [
            {
                "clause": one.clause,
                "subject": one.subject,
                "industry": one.industry,
                "lines": one.lines,
                "enterprises": one.enterprises,
                "lead": list(one.lead),
                "cooperating": list(one.cooperating),
                "due": one.due.isoformat() if one.due else None,
                "text": one.text,
                "as_computed": one.as_computed,
                "reason": one.reason,
            }
            for one in drafted.measures
        ],
        "lines": [_line(one) for one in drafted.lines],
    }


def _line(one: Candidate) -> dict[str, Any]:
    names = (
        "line_id", "line_name", "uscc", "firm", "division_code", "industry", "product", "unit",
        "aim", "dimension", "ground", "case_id", "office", "included", "left_out", "reason",
    )  # fmt: skip
    return {
        **{name: getattr(one, name) for name in names},
        "ground": str(one.ground),
        "amount": None if one.amount is None else _figure(one.amount),
        "due": one.due.isoformat(),
        "computed": dict(one.computed or {}),
    }


def _figure(amount: Decimal) -> str:
    return format(amount.normalize(), "f")


def keep(plan: WorkPlan, drafted: Drafted) -> None:
    """Write the rows of a draft."""
    goals = Goal.objects.bulk_create(
        Goal(
            plan=plan, place=place, aim=one.aim, industry=one.industry, lines=one.lines,
            enterprises=one.enterprises, untold=one.untold, offices=list(one.offices),
        )
        for place, one in enumerate(drafted.goals, 1)
    )  # fmt: skip
    both = list(zip(goals, drafted.goals, strict=True))
    GoalAmount.objects.bulk_create(
        GoalAmount(goal=goal, product=product, unit=unit, amount=amount)
        for goal, one in both
        for (product, unit), amount in one.amounts.items()
    )
    Milestone.objects.bulk_create(
        Milestone(goal=goal, by=day, lines=lines)
        for goal, one in both
        for day, lines in one.milestones.items()
    )
    Measure.objects.bulk_create(
        Measure(
            plan=plan, place=place, clause=one.clause, subject=one.subject, industry=one.industry,
            lines=one.lines, enterprises=one.enterprises, lead=list(one.lead),
            cooperating=list(one.cooperating), due=one.due, text=one.text,
            as_computed=one.as_computed, reason=one.reason,
        )
        for place, one in enumerate(drafted.measures, 1)
    )  # fmt: skip
    PlannedLine.objects.bulk_create(
        PlannedLine(
            plan=plan, line_id=one.line_id, enterprise_id=one.uscc,
            division_code=one.division_code, industry=one.industry, product=one.product,
            unit=one.unit, amount=one.amount, aim=one.aim, dimension=one.dimension,
            ground=one.ground, case_id=one.case_id, office=one.office, due=one.due,
            included=one.included, left_out=one.left_out, computed=dict(one.computed or {}),
            reason=one.reason,
        )
        for one in drafted.lines
    )  # fmt: skip
