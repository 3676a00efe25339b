"""Goals, progress and measures as rows of pages: words, shown amounts, what each number opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from phaseout.coordination.offices import name_of
from phaseout.coordination.planning.models import Answer, Goal, WorkPlan
from phaseout.coordination.planning.progress import Reached, State, beyond, by_goal
from phaseout.coordination.returns.rows import form_unit
from phaseout.law.industries import INDUSTRIES
from phaseout.law.opinions import Opinions
from phaseout.law.planning import EXIT, RECTIFY, words_of
from phaseout.law.refusals import Bilingual
from phaseout.pages.templatetags.phaseout import said
from phaseout.registry.capacity.asking import product_said
from phaseout.registry.capacity.saying import shown
from phaseout.registry.models import ProductionLine

OUTCOMES: dict[str, Bilingual] = {
    Answer.Outcome.FOLLOWED: ("采纳", "followed"),
    Answer.Outcome.PARTLY: ("部分采纳", "followed in part"),
    Answer.Outcome.DECLINED: ("不采纳", "not followed"),
}
AIM_WORDS: dict[str, Bilingual] = {EXIT: ("退出", "exit"), RECTIFY: ("整改", "rectify")}


@dataclass(frozen=True, slots=True)
class AmountShown:
    """An amount as people write it; `planned` may be nothing (what nobody planned)."""

    product: str
    unit: str
    planned: Decimal | None
    reached: Decimal


@dataclass(frozen=True, slots=True)
class GoalShown:
    """A goal with its progress; the numbers of progress are those the reader may see, `within`
    how many of the planned lines those are, `elsewhere` how many lie outside."""

    goal: Goal
    aim: Bilingual
    industry: Bilingual
    offices: list[Bilingual]
    amounts: list[AmountShown]
    milestones: list[dict[str, Any]]
    through: int
    late: int
    open: int
    elsewhere: int
    within: int
    urls: dict[str, str]


def industry_words(key: str) -> Bilingual:
    known = INDUSTRIES.get(key)
    return (known.zh, known.en) if known else (key, key)


def goals_shown(plan: WorkPlan, on: date, within: Q) -> list[GoalShown]:
    """The goals of a draft with what is reached at the end of `on`."""
    reached = by_goal(plan, on, within)
    rows = plan.goals.prefetch_related("amounts", "milestones")
    return [_goal(plan, row, reached.get((row.aim, row.industry)), on) for row in rows]


def _goal(plan: WorkPlan, row: Goal, got: Reached | None, on: date) -> GoalShown:
    reached = got or Reached(row.aim, row.industry)
    there = sum(reached.lines.values())
    return GoalShown(
        goal=row,
        aim=AIM_WORDS[row.aim],
        industry=industry_words(row.industry),
        offices=[name_of(office, on) for office in row.offices],
        amounts=[
            AmountShown(
                product_said(one.product),
                said(form_unit(one.unit)),
                shown(one.amount, one.unit),
                shown(reached.amounts.get((one.product, one.unit), Decimal(0)), one.unit),
            )
            for one in row.amounts.all()
        ],
        milestones=[
            {
                "by": one.by,
                "lines": one.lines,
                "through": reached.through_until(min(one.by, on)),
                "past": one.by < on,
                "short": one.by < on and reached.through_until(one.by) < one.lines,
            }
            for one in row.milestones.all()
        ],
        through=reached.through,
        late=reached.late,
        open=reached.open,
        elsewhere=row.lines - there,
        within=there,
        urls={
            "all": lines_url(plan, aim=row.aim, industry=row.industry),
            **{
                str(state): lines_url(plan, aim=row.aim, industry=row.industry, state=str(state))
                for state in State
            },
        },
    )


def lines_url(plan: WorkPlan, **narrowed: str) -> str:
    """The list of planned lines behind a number."""
    return f"{reverse('work-plan-lines', args=[plan.pk])}?{urlencode(narrowed)}"


def beyond_shown(plan: WorkPlan, on: date, within: Q) -> list[dict[str, Any]]:
    """Exits of the year beside the plan, line by line; each opens the ledger of its line."""
    found = beyond(plan, on, within)
    lines = ProductionLine.objects.select_related("enterprise").in_bulk(
        {one.by["line_id"] for one in found}
    )
    return [
        {
            "industry": industry_words(one.by["industry"]),
            "line": lines[one.by["line_id"]],
            "product": product_said(one.by["product"]),
            "amount": shown(one.exited, one.unit),
            "unit": said(form_unit(one.unit)),
        }
        for one in found
        if one.by["line_id"] in lines
    ]


def measures_shown(plan: WorkPlan, on: date) -> list[dict[str, Any]]:
    """The measures with the names of the offices on a day."""
    opinions = Opinions.of()
    return [
        {
            "measure": one,
            "text": words_of(one.clause, one.subject, one.text),
            "title": (opinions.clause(one.clause).title_zh, opinions.clause(one.clause).title_en),
            "industry": industry_words(one.industry) if one.industry else None,
            "lead": [name_of(office, on) for office in one.lead],
            "cooperating": [name_of(office, on) for office in one.cooperating],
        }
        for one in plan.measures.all()
    ]
