"""Coordination (clauses 18, 19): the yearly plans with their progress, opinions on them, the points
of meetings; a department's system replies and reports here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import scope_of_request, today_of, ways
from phaseout.accounts.rows import whole_reach
from phaseout.coordination.mechanism import acts as meeting_acts
from phaseout.coordination.mechanism.models import Point
from phaseout.coordination.mechanism.standing import points_seen
from phaseout.coordination.planning import acts
from phaseout.coordination.planning.models import Consultation, WorkPlan
from phaseout.coordination.planning.progress import Reached, State, by_goal, followed
from phaseout.coordination.planning.seeing import plans_seen
from phaseout.coordination.planning.standing import standing_of
from phaseout.web.api.acts import Key
from phaseout.web.api.answers import ACTS, LISTS, READS, answers
from phaseout.web.api.fields import NO_NUL, Figure
from phaseout.web.api.keys import held, of_an_office
from phaseout.web.api.paging import Page, Turn, turn

router = Router(tags=["coordination"])
LongText = Annotated[str, StringConstraints(max_length=2000, pattern=NO_NUL)]


class WorkPlanRow(Schema):
    """A draft of a year's plan. `edition`: which edition it is, once adopted; `phase`: where the
    plan of the year stands, whichever draft it is at."""

    id: int
    year: int
    draft: int
    office: str
    measured_on: date
    digest: str
    edition: int | None
    adopted_on: date | None
    phase: str
    due: date = Field(description="the day of clause (19)")
    act_by: date = Field(description="the last working day on or before it")
    late: bool


class Amount(Schema):
    """Capacity of a product in a unit of the ledger; units are never added up."""

    product: str
    unit: str
    planned: Figure
    reached: Figure


class Milestone(Schema):
    """So many lines through by the end of a day."""

    by: date
    lines: int


class GoalShown(Schema):
    """A goal. What is planned is of the whole region; `through`, `late`, `open` count the lines
    within your reach."""

    aim: str
    industry: str
    lines: int
    enterprises: int
    untold: int = Field(description="lines planned whose capacity nobody told")
    offices: list[str]
    amounts: list[Amount]
    milestones: list[Milestone]
    through: int
    late: int
    open: int


class PlanMeasure(Schema):
    """A measure of a clause. `industry` empty: for all; `due` null: no day of its own."""

    place: int
    clause: int
    subject: str
    industry: str
    lead: list[str]
    cooperating: list[str]
    due: date | None
    text: str


class WorkPlanShown(WorkPlanRow):
    """A draft with its goals and measures, and its consultation where there is one."""

    reason: str
    goals: list[GoalShown]
    measures: list[PlanMeasure]
    consultation: int | None
    last_day: date | None


class WorkPlans(Page):
    """A page of plans."""

    items: list[WorkPlanRow]


class PlannedLine(Schema):
    """A planned line. `state`: through, late, open; `reached` in `unit`, null where the capacity
    was never told."""

    line: str
    uscc: str
    division_code: str
    industry: str
    aim: str
    dimension: str
    product: str
    unit: str
    amount: Figure | None
    due: date
    office: str
    state: str
    through_on: date | None
    reached: Figure | None


class PlannedLines(Page):
    """A page of planned lines."""

    items: list[PlannedLine]


class OpinionAsked(Schema):
    """A department's reply: its points; none: it agrees."""

    points: list[LongText] = Field(default_factory=list, max_length=50)


class ReplyShown(Schema):
    """What was replied."""

    plan: int
    office: str
    points: list[str]


class PointRow(Schema):
    """A decision of a meeting. `state`: open, late, reported, done."""

    id: int
    meeting: int
    held_on: date
    text: str
    office: str
    due: date
    state: str


class Points(Page):
    """A page of points of meetings."""

    items: list[PointRow]


class ReportAsked(Schema):
    """How far a point is; `done`: it is done."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=NO_NUL)]
    done: bool = False


@router.get(
    "/plans",
    operation_id="list_work_plans",
    summary="List the drafts of yearly plans",
    response=answers(WorkPlans, *LISTS),
)
def list_work_plans(request: HttpRequest, turning: Turn) -> Any:
    """The drafts one may see, the newest first."""
    return turn(request, plans_of(request), ("-id",), turning, lambda one: plan_row(request, one))


@router.get(
    "/plans/{work_plan_id}",
    operation_id="get_work_plan",
    summary="One draft: goals and progress",
    response=answers(WorkPlanShown, *READS),
)
def get_work_plan(request: HttpRequest, work_plan_id: int) -> Any:
    """A draft with its goals and what is reached of them today."""
    plan = get_object_or_404(plans_of(request), pk=work_plan_id)
    reached = by_goal(plan, today_of(request), scope_of_request(request).lines())
    goals = plan.goals.prefetch_related("amounts", "milestones")
    asked = Consultation.objects.filter(plan=plan).first()
    return {
        **plan_row(request, plan),
        "reason": plan.reason,
        "goals": [_goal(one, reached.get((one.aim, one.industry))) for one in goals],
        "measures": [_measure(one) for one in plan.measures.all()],
        "consultation": asked.pk if asked else None,
        "last_day": asked.last_day if asked else None,
    }


@router.get(
    "/plans/{work_plan_id}/lines",
    operation_id="list_planned_lines",
    summary="The lines of a draft, with what became of them",
    response=answers(PlannedLines, *READS),
)
def list_planned_lines(request: HttpRequest, work_plan_id: int, turning: Turn) -> Any:
    """The planned lines within one's reach."""
    plan = get_object_or_404(plans_of(request), pk=work_plan_id)
    rows = followed(plan, today_of(request)).filter(scope_of_request(request).lines())
    with whole_reach():  # see `planning.progress.followed`; narrowed by the scope
        return turn(request, rows, ("industry", "id"), turning, _line)


@router.post(
    "/plans/{work_plan_id}/opinion",
    operation_id="give_opinion_on_plan",
    summary="Reply to the consultation on a draft (反馈意见)",
    response=answers(ReplyShown, *ACTS, status=201),
    auth=held(Power.ACT),
)
def give_opinion_on_plan(
    request: HttpRequest, work_plan_id: int, asked: OpinionAsked, idempotency_key: Key
) -> Any:
    """Once for each department that was asked, up to the last day (`consultation.over` after)."""
    plan = get_object_or_404(plans_of(request), pk=work_plan_id)
    consultation = get_object_or_404(Consultation, plan=plan)
    reply = acts.give_opinion(consultation.pk, asked.points, **ways(request, idempotency_key))
    points = list(reply.opinions.values_list("text", flat=True))
    return Status(201, {"plan": plan.pk, "office": reply.asked.office, "points": points})


@router.get(
    "/points",
    operation_id="list_meeting_points",
    summary="List the points of meetings",
    response=answers(Points, *LISTS),
)
def list_meeting_points(request: HttpRequest, turning: Turn) -> Any:
    """The points of issued minutes one may see, the newest first."""
    return turn(request, points_of(request), ("-id",), turning, point_row)


@router.post(
    "/points/{point_id}/report",
    operation_id="report_meeting_point",
    summary="Report on a point of a meeting (反馈落实情况)",
    response=answers(PointRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def report_meeting_point(
    request: HttpRequest, point_id: int, asked: ReportAsked, idempotency_key: Key
) -> Any:
    """By the responsible office; what is reported done waits for the check of who called."""
    point = get_object_or_404(points_of(request), pk=point_id)
    who = ways(request, idempotency_key)
    meeting_acts.report_point(point.pk, asked.text, done=asked.done, **who)
    return Status(201, point_row(points_of(request).get(pk=point.pk)))


def plans_of(request: HttpRequest) -> Any:
    """The drafts that who asks may see; 403 for enterprises."""
    seen = WorkPlan.objects.filter(plans_seen(of_an_office(request))).values("pk")
    return WorkPlan.objects.filter(pk__in=seen).select_related("edition")


def plan_row(request: HttpRequest, plan: WorkPlan) -> dict[str, Any]:
    """A draft as `WorkPlanRow` tells it."""
    standing = standing_of(plan.year, today_of(request))
    edition = getattr(plan, "edition", None)
    return {
        "id": plan.pk,
        "year": plan.year,
        "draft": plan.number,
        "office": plan.office,
        "measured_on": plan.measured_on,
        "digest": plan.digest,
        "edition": edition.number if edition else None,
        "adopted_on": edition.adopted_on if edition else None,
        "phase": str(standing.phase),
        "due": standing.day.due,
        "act_by": standing.day.act_by,
        "late": standing.late,
    }


def _goal(one: Any, got: Reached | None) -> dict[str, Any]:
    reached = got or Reached(one.aim, one.industry)
    names = ("aim", "industry", "lines", "enterprises", "untold", "offices")
    return {
        **{name: getattr(one, name) for name in names},
        "amounts": [
            {
                "product": each.product,
                "unit": each.unit,
                "planned": each.amount,
                "reached": reached.amounts.get((each.product, each.unit), Decimal(0)),
            }
            for each in one.amounts.all()
        ],
        "milestones": [{"by": m.by, "lines": m.lines} for m in one.milestones.all()],
        **{str(state): reached.lines[state] for state in State},
    }


def _measure(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in PlanMeasure.model_fields}


def _line(one: Any) -> dict[str, Any]:
    names = (
        "division_code", "industry", "aim", "dimension", "product", "unit", "amount", "due",
        "office", "state", "through_on",
    )  # fmt: skip
    return {
        "line": one.line_id,
        "uscc": one.enterprise_id,
        **{name: getattr(one, name) for name in names},
        "reached": None if one.amount is None else one.done,
    }


def points_of(request: HttpRequest) -> Any:
    """The points of issued minutes that who asks may see."""
    return points_seen(of_an_office(request), today_of(request)).select_related("minutes")


def point_row(one: Point) -> dict[str, Any]:
    """A point as `PointRow` tells it."""
    return {
        "id": one.pk,
        "meeting": one.minutes.meeting_id,
        "held_on": one.minutes.held_on,
        "text": one.text,
        "office": one.office,
        "due": one.due,
        "state": one.state,  # type: ignore[attr-defined]
    }
