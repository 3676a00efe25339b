"""Where meetings and their points stand: read from the rows, nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from phaseout.accounts.scope import Scope
from phaseout.coordination.mechanism.models import Check, Issue, Meeting, Point, Report
from phaseout.coordination.offices import offices_read, sees_all
from phaseout.law.refusals import Bilingual


class State(StrEnum):
    """What became of a point."""

    OPEN = "open"
    LATE = "late"
    REPORTED = "reported"
    DONE = "done"


STATES: Mapping[State, Bilingual] = {
    State.OPEN: ("办理中", "going on"),
    State.LATE: ("逾期未完成", "late"),
    State.REPORTED: ("已报完成，待核实", "reported done, to be checked"),
    State.DONE: ("已完成", "done"),
}


def meetings_seen(scope: Scope) -> Q:
    """Condition on meetings: those of the offices that lead or supervise all of it see every one;
    others those they called, or are invited to, or have something to do from."""
    if sees_all(scope):
        return Q()
    offices = sorted(offices_read(scope))
    has_work = Exists(
        Point.objects.filter(minutes__issue__meeting=OuterRef("pk"), office__in=offices)
    )
    return Q(office__in=offices) | Q(invited__overlap=offices) | Q(has_work)


def points(on: date) -> QuerySet[Any]:
    """The points of issued minutes with `state` at the end of a day. Reported as done is not late:
    it waits for who checks it; sent back it is what it was."""
    accepted = Check.objects.filter(report__point=OuterRef("pk"), accepted=True)
    last = Report.objects.filter(point=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    waits = Report.objects.filter(pk=OuterRef("last_report"), done=True, checked=None)
    binding = Point.objects.filter(minutes__issue__isnull=False)
    return binding.annotate(last_report=Subquery(last)).annotate(
        state=Case(
            When(Exists(accepted), then=Value(State.DONE.value)),
            When(Exists(waits), then=Value(State.REPORTED.value)),
            When(due__lt=on, then=Value(State.LATE.value)),
            default=Value(State.OPEN.value),
            output_field=CharField(),
        )
    )


def points_seen(scope: Scope, on: date) -> QuerySet[Any]:
    """The points of meetings the person may see."""
    seen = Meeting.objects.filter(meetings_seen(scope)).values("pk")
    return points(on).filter(minutes__issue__meeting__in=seen)


def issued(meeting: Meeting) -> Issue | None:
    return Issue.objects.filter(meeting=meeting).select_related("minutes", "act__by").first()
