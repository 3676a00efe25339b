"""The acts on meetings of the mechanism: called, moved, called off, their minutes written and
issued, reports on their points checked. The same functions as the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status
from pydantic import Field, StringConstraints

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import ways
from phaseout.coordination.mechanism import acts
from phaseout.web.api.acts import Key
from phaseout.web.api.answers import ACTS, answers
from phaseout.web.api.coordination import LongText, PointRow, point_row, points_of
from phaseout.web.api.fields import NO_NUL
from phaseout.web.api.keys import held, of_an_office
from phaseout.web.api.mechanism import MeetingRow, meeting_row, meetings_of, router

Office = Annotated[str, StringConstraints(max_length=32, pattern=NO_NUL)]
Place = Annotated[str, StringConstraints(max_length=120, pattern=NO_NUL)]
Reason = Annotated[str, StringConstraints(max_length=1000, pattern=NO_NUL)]
FullText = Annotated[str, StringConstraints(max_length=4000, pattern=NO_NUL)]


class MeetingAsked(Schema):
    """A meeting to call; `invited` are functions of offices."""

    on: date
    place: Place
    topic: Annotated[str, StringConstraints(max_length=400, pattern=NO_NUL)]
    invited: list[Office] = Field(max_length=60, examples=[["epd", "drc"]])


class MoveAsked(Schema):
    """Day and place from now on, both of them, whichever is new; and why."""

    on: date
    place: Place
    reason: Reason


class CallOffAsked(Schema):
    """Why it is called off."""

    reason: Reason


class PointAsked(Schema):
    """What is decided: which office, by which day, inside."""

    text: FullText
    office: Office
    due: date


class MinutesAsked(Schema):
    """What the minutes say."""

    held_on: date
    chair: Annotated[str, StringConstraints(max_length=60, pattern=NO_NUL)]
    present: list[Office] = Field(max_length=60, examples=[["epd", "drc"]])
    summary: FullText
    points: list[PointAsked] = Field(default_factory=list, max_length=60)


class MinutesWritten(Schema):
    """A version of minutes. A leader issues it by its `digest`."""

    meeting: int
    version: int
    digest: str


class IssueAsked(Schema):
    """The digest of the minutes as they were read."""

    digest: Annotated[str, StringConstraints(max_length=64, pattern=NO_NUL)]


class CheckAsked(Schema):
    """Whether a point reported as done is taken to be done; the reason where it is not."""

    accepted: bool
    reason: LongText = ""


@router.post(
    "/meetings",
    operation_id="call_meeting",
    summary="Call a meeting (召集会议)",
    response=answers(MeetingRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def call_meeting(request: HttpRequest, asked: MeetingAsked, idempotency_key: Key) -> Any:
    """By an office that leads the mechanism, or a city government for its own."""
    of_an_office(request)
    how = ways(request, idempotency_key)
    made = acts.call_meeting(asked.on, asked.place, asked.topic, asked.invited, **how)
    return _done(request, made.pk)


@router.post(
    "/meetings/{meeting_id}/move",
    operation_id="move_meeting",
    summary="Move a meeting to another day or place (改期)",
    response=answers(MeetingRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def move_meeting(
    request: HttpRequest, meeting_id: int, asked: MoveAsked, idempotency_key: Key
) -> Any:
    """By who called it, until there are minutes; the invited are told."""
    found = get_object_or_404(meetings_of(request), pk=meeting_id)
    how = ways(request, idempotency_key)
    acts.change_meeting(found.pk, asked.on, asked.place, asked.reason, **how)
    return _done(request, found.pk)


@router.post(
    "/meetings/{meeting_id}/call-off",
    operation_id="call_off_meeting",
    summary="Call a meeting off (取消)",
    response=answers(MeetingRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def call_off_meeting(
    request: HttpRequest, meeting_id: int, asked: CallOffAsked, idempotency_key: Key
) -> Any:
    """By who called it, for good, until there are minutes; the invited are told."""
    found = get_object_or_404(meetings_of(request), pk=meeting_id)
    acts.call_off_meeting(found.pk, asked.reason, **ways(request, idempotency_key))
    return _done(request, found.pk)


@router.post(
    "/meetings/{meeting_id}/minutes",
    operation_id="record_meeting_minutes",
    summary="Write the minutes of a meeting, or a further version (拟写纪要)",
    response=answers(MinutesWritten, *ACTS, status=201),
    auth=held(Power.ACT),
)
def record_meeting_minutes(
    request: HttpRequest, meeting_id: int, asked: MinutesAsked, idempotency_key: Key
) -> Any:
    """By who called it; they bind once a leader has issued them."""
    found = get_object_or_404(meetings_of(request), pk=meeting_id)
    points = [acts.Decided(one.text, one.office, one.due) for one in asked.points]
    said = acts.Held(asked.held_on, asked.chair, asked.present, asked.summary, points)
    made = acts.record_minutes(found.pk, said, **ways(request, idempotency_key))
    return Status(201, {"meeting": found.pk, "version": made.version, "digest": made.digest})


@router.post(
    "/meetings/{meeting_id}/issue",
    operation_id="issue_meeting_minutes",
    summary="Issue the minutes of a meeting (印发纪要)",
    response=answers(MeetingRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def issue_meeting_minutes(
    request: HttpRequest, meeting_id: int, asked: IssueAsked, idempotency_key: Key
) -> Any:
    """By a leader of who called it, the latest version as read: its points bind from now on."""
    found = get_object_or_404(meetings_of(request), pk=meeting_id)
    acts.issue_minutes(found.pk, digest=asked.digest, **ways(request, idempotency_key))
    return _done(request, found.pk)


@router.post(
    "/points/{point_id}/check",
    operation_id="check_meeting_point",
    summary="Check what was reported on a point (核实)",
    response=answers(PointRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def check_meeting_point(
    request: HttpRequest, point_id: int, asked: CheckAsked, idempotency_key: Key
) -> Any:
    """By who called the meeting, of what was last reported as done; 404: nothing was reported."""
    point = get_object_or_404(points_of(request), pk=point_id)
    last = point.reports.order_by("-pk").first()
    if last is None:
        raise Http404
    how = ways(request, idempotency_key)
    acts.check_report(last.pk, accepted=asked.accepted, reason=asked.reason, **how)
    return Status(201, point_row(points_of(request).get(pk=point.pk)))


def _done(request: HttpRequest, meeting_id: int) -> Status[Any]:
    return Status(201, meeting_row(meetings_of(request).get(pk=meeting_id)))
