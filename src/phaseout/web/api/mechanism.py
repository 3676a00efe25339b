"""The mechanism (clause 18), to be read: who leads and cooperates in each clause with what is open
and late, and the meetings with their minutes. What is done about these: `meeting_acts`."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema

from phaseout.accounts.requests import today_of
from phaseout.coordination.mechanism.models import Meeting
from phaseout.coordination.mechanism.standing import meetings_seen
from phaseout.coordination.mechanism.work import tally
from phaseout.coordination.offices import offices_of_duty
from phaseout.law.opinions import Opinions
from phaseout.web.api.answers import LISTS, answers
from phaseout.web.api.keys import of_an_office
from phaseout.web.api.paging import Page, Turn, turn, turn_list

router = Router(tags=["coordination"])


class DutyRow(Schema):
    """An organisation in a clause. `part` is empty where it has work there that no clause names it
    for; `open` and `late` count what you may see."""

    clause: int
    office: str
    part: Literal["lead", "cooperate", ""]
    open: int
    late: int


class Duties(Page):
    """A page of the matrix."""

    items: list[DutyRow]


class MeetingRow(Schema):
    """A meeting. `on` and `place` are as they now stand; `called_for` is its first day.
    `called_off_on` and why: null where it was not. What its minutes say is null until they are
    issued; its points are listed under `/coordination/points`."""

    id: int
    year: int
    number: int
    office: str
    on: date
    place: str
    called_for: date
    called_off_on: date | None
    called_off_because: str | None
    topic: str
    invited: list[str]
    held_on: date | None
    present: list[str] | None
    summary: str | None
    issued_on: date | None
    digest: str | None


class Meetings(Page):
    """A page of meetings."""

    items: list[MeetingRow]


@router.get(
    "/duties",
    operation_id="list_duties",
    summary="Who leads and cooperates in each clause, with open and late work",
    response=answers(Duties, *LISTS),
)
def list_duties(request: HttpRequest, turning: Turn) -> Any:
    """In the order of the clauses; city governments each under their own name."""
    scope = of_an_office(request)
    parts: dict[tuple[int, str], str] = {}
    for duty in Opinions.of().duties:
        for office in offices_of_duty(duty):
            leads = office in duty.lead or parts.get((duty.clause, office)) == "lead"
            parts[duty.clause, office] = "lead" if leads else "cooperate"
    loads = tally(scope, today_of(request))
    rows = [
        {
            "clause": clause,
            "office": office,
            "part": parts.get((clause, office), ""),
            "open": sum(load.open for load in loads.get((clause, office), {}).values()),
            "late": sum(load.late for load in loads.get((clause, office), {}).values()),
        }
        for clause, office in sorted({*parts, *loads})
    ]
    return turn_list(
        request, rows, lambda one: f"{one['clause']:02} {one['office']}", turning, lambda one: one
    )


@router.get(
    "/meetings",
    operation_id="list_meetings",
    summary="List the meetings of the mechanism",
    response=answers(Meetings, *LISTS),
)
def list_meetings(request: HttpRequest, turning: Turn) -> Any:
    """Those one may see, the newest first."""
    return turn(request, meetings_of(request), ("-day", "-id"), turning, meeting_row)


def meetings_of(request: HttpRequest) -> Any:
    """The meetings that who asks may see; 403 for enterprises."""
    seen = Meeting.objects.filter(meetings_seen(of_an_office(request))).values("pk")
    rows = Meeting.objects.filter(pk__in=seen).select_related("issue__minutes")
    return rows.prefetch_related("changes__act")


def meeting_row(one: Meeting) -> dict[str, Any]:
    """A meeting as `MeetingRow` tells it."""
    issue = getattr(one, "issue", None)
    minutes = issue.minutes if issue else None
    off = one.called_off
    names = ("id", "year", "number", "office", "topic", "invited")
    of_minutes = ("held_on", "present", "summary", "digest")
    return {
        **{name: getattr(one, name) for name in names},
        **{name: getattr(minutes, name, None) for name in of_minutes},
        "on": one.day,
        "place": one.venue,
        "called_for": one.on,
        "called_off_on": off.act.done_on if off else None,
        "called_off_because": off.reason if off else None,
        "issued_on": issue.issued_on if issue else None,
    }
