"""Inspections (clause 16), to be read: plans, visits, and the record of a visit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from phaseout.accounts.organisations import office_name
from phaseout.accounts.requests import scope_of_request, today_of
from phaseout.accounts.scope import Scope
from phaseout.inspections.models import Assignment, Plan, Record
from phaseout.inspections.standing import (
    approval_of,
    in_force,
    is_complete,
    plans_within,
    team_of,
)
from phaseout.web.api.answers import LISTS, READS, answers
from phaseout.web.api.fields import Both, both
from phaseout.web.api.paging import Page, Turn, turn

router = Router(tags=["inspections"])


class PlanLineShown(Schema):
    """So many firms of an industry by a day."""

    industry: str
    firms: int
    due: date


class PlanRow(Schema):
    """A version of a department's plan of a year for one duty."""

    id: int
    office: str
    office_name: Both
    dimension: str
    division_code: str
    year: int
    version: int
    approved_on: date | None
    in_force: bool


class PlanShown(PlanRow):
    """A plan with its lines; `digest` is what the approval covers."""

    reason: str
    digest: str
    lines: list[PlanLineShown]


class Plans(Page):
    """A page of plans."""

    items: list[PlanRow]


class VisitRow(Schema):
    """One firm to visit, or visited. `source`: a draw, or a tip."""

    id: int
    uscc: str
    enterprise: str
    office: str
    dimension: str
    division_code: str
    industry: str
    begins: date
    ends: date
    source: str
    recorded: bool


class RecordShown(Schema):
    """What was found. `answers` by item of the checklist; `complete`: all inspectors signed it."""

    visited_on: date
    answers: dict[str, Any]
    permits: dict[str, Any]
    statement: str
    representative: str
    refused_to_sign: str
    witnesses: list[str]
    problems: int
    files: list[dict[str, Any]]
    digest: str
    complete: bool
    import_id: int | None


class VisitShown(VisitRow):
    """A visit with its checklist as it was frozen, and its record once it is handed in."""

    inspectors: list[str]
    checklist: dict[str, Any]
    checklist_digest: str
    record: RecordShown | None


class Visits(Page):
    """A page of visits."""

    items: list[VisitRow]


def _officials(request: HttpRequest) -> Scope:
    """The scope of somebody of an office: a firm is not told when it will be visited."""
    scope = scope_of_request(request)
    if not scope.has_office:
        raise PermissionDenied("officials")
    return scope


@router.get(
    "/plans",
    operation_id="list_inspection_plans",
    summary="List inspection plans",
    response=answers(Plans, *LISTS),
)
def list_inspection_plans(request: HttpRequest, turning: Turn) -> Any:
    """The plans within one's duties and territory, the newest first."""
    return turn(request, _plans(request), ("-id",), turning, lambda one: _plan_row(request, one))


@router.get(
    "/plans/{plan_id}",
    operation_id="get_inspection_plan",
    summary="One inspection plan",
    response=answers(PlanShown, *READS),
)
def get_inspection_plan(request: HttpRequest, plan_id: int) -> Any:
    """The plan with its lines."""
    plan = get_object_or_404(_plans(request), pk=plan_id)
    lines = [{"industry": o.industry, "firms": o.firms, "due": o.due} for o in plan.lines.all()]
    return {
        **_plan_row(request, plan),
        "reason": plan.reason,
        "digest": plan.digest,
        "lines": lines,
    }


@router.get(
    "/visits",
    operation_id="list_inspection_visits",
    summary="List inspection visits",
    response=answers(Visits, *LISTS),
)
def list_inspection_visits(request: HttpRequest, turning: Turn) -> Any:
    """The visits within one's duties and territory, and one's own as an inspector; the newest
    first."""
    return turn(request, _visits(request), ("-begins", "-id"), turning, _visit_row)


@router.get(
    "/visits/{visit_id}",
    operation_id="get_inspection_visit",
    summary="One visit: its checklist, its record",
    response=answers(VisitShown, *READS),
)
def get_inspection_visit(request: HttpRequest, visit_id: int) -> Any:
    """The visit with its checklist and, once handed in, its record."""
    visit = get_object_or_404(_visits(request), pk=visit_id)
    record = Record.objects.select_related("act").filter(assignment=visit).first()
    team = list(team_of(visit))
    return {
        **_visit_row(visit),
        "inspectors": [str(one.inspector) for one in team],
        "checklist": visit.checklist,
        "checklist_digest": visit.digest,
        "record": _record(record, [one.inspector_id for one in team]) if record else None,
    }


def _plans(request: HttpRequest) -> QuerySet[Plan]:
    return Plan.objects.filter(plans_within(_officials(request))).select_related("act")


def _plan_row(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    approval = approval_of(plan)
    names = ("office", "dimension", "division_code", "year", "version")
    return {
        "id": plan.pk,
        **{name: getattr(plan, name) for name in names},
        "office_name": both(office_name(plan.office, plan.division_code, today_of(request))),
        "approved_on": approval.done_on if approval else None,
        "in_force": in_force(plan),
    }


def _visits(request: HttpRequest) -> QuerySet[Assignment]:
    scope = _officials(request)
    own = Assignment.objects.filter(team__inspector=request.user.pk, team__left=None)
    recorded = Record.objects.filter(assignment=OuterRef("pk"))
    return (
        Assignment.objects.filter(scope.findings() | Q(pk__in=own.values("pk")))
        .select_related("enterprise")
        .annotate(recorded=Exists(recorded))
    )


def _visit_row(visit: Assignment) -> dict[str, Any]:
    names = ("office", "dimension", "division_code", "industry", "begins", "ends")
    return {
        "id": visit.pk,
        "uscc": visit.enterprise_id,
        "enterprise": visit.enterprise.name,
        **{name: getattr(visit, name) for name in names},
        "source": "draw" if visit.draw_id else "tip",
        "recorded": visit.recorded,  # type: ignore[attr-defined]
    }


def _record(record: Record, team: list[int]) -> dict[str, Any]:
    names = (
        "visited_on", "answers", "permits", "statement", "representative", "refused_to_sign",
        "witnesses", "problems", "digest",
    )  # fmt: skip
    brought = getattr(record, "brought", None)
    files = [{"name": one["name"], "sha256": one["digest"]} for one in record.files]
    return {
        **{name: getattr(record, name) for name in names},
        "files": files,
        "complete": is_complete(record, team),
        "import_id": brought.brought_id if brought else None,
    }
