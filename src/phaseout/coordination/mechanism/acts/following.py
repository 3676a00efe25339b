"""反馈和核实落实情况: the responsible office reports, who called the meeting checks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.coordination.appending import append, begun, why_not
from phaseout.coordination.mechanism import refusing
from phaseout.coordination.mechanism.acts.meetings import LONGEST, ROOM
from phaseout.coordination.mechanism.models import (
    Check,
    Issue,
    MechanismAct,
    Meeting,
    Point,
    Report,
)
from phaseout.coordination.mechanism.standing import State, points
from phaseout.coordination.offices import name_of, seat_in

Kind = MechanismAct.Kind


@again_after_a_deadlock
@transaction.atomic(durable=True)
def report_point(
    point_id: int,
    text: str,
    *,
    done: bool,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Report:
    """The responsible office says how far a point is, or that it is done.

    Raises:
        Refusal: `mechanism.not-yours`, `point.not-binding`, `point.done`, `mechanism.text-wrong`.
    """
    point = Point.objects.select_related("minutes__meeting").get(pk=point_id)
    meeting = point.minutes.meeting
    if (before := _begun(meeting, Kind.REPORT, by, key)) is not None:
        return before.report
    seat = seat_in(scope, [point.office], Role.OFFICER, Role.LEADER)
    if seat is None:
        raise refusing.not_yours(name_of(point.office, today))
    if not Issue.objects.filter(minutes=point.minutes).exists():
        raise refusing.not_binding()
    if _state(point, today) in (State.DONE, State.REPORTED):
        raise refusing.done_already()
    told = text.strip()
    if not 0 < len(told) <= LONGEST:
        raise refusing.text_wrong(("落实情况", "the report"))
    content = {"point": [point.minutes.digest, point.place], "done": done, "text": told}
    act = append(
        MechanismAct, Kind.REPORT, seat, by=by, today=today, key=key, content=content,
        meeting=meeting,
    )  # fmt: skip
    return Report.objects.create(act=act, point=point, done=done, text=told)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def check_report(
    report_id: int,
    *,
    accepted: bool,
    reason: str = "",
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Check:
    """The office that called the meeting takes a point reported as done to be done, or sends it
    back with the reason.

    Raises:
        Refusal: `mechanism.not-yours`, `report.nothing-to-check`, `mechanism.text-wrong`.
    """
    report = Report.objects.select_related("point__minutes__meeting").get(pk=report_id)
    meeting = report.point.minutes.meeting
    if (before := _begun(meeting, Kind.CHECK, by, key)) is not None:
        return before.checked
    seat = seat_in(scope, [meeting.office], Role.OFFICER, Role.LEADER)
    if seat is None:
        raise refusing.not_yours(name_of(meeting.office, today))
    last = report.point.reports.order_by("-pk").first()
    if last != report or not report.done or Check.objects.filter(report=report).exists():
        raise refusing.nothing_to_check()
    told = why_not(accepted, reason, LONGEST)
    if told is None:
        raise refusing.text_wrong(("说明", "the reason"))
    content = {"report": report.act_id, "accepted": accepted, "reason": told}
    act = append(
        MechanismAct, Kind.CHECK, seat, by=by, today=today, key=key, content=content,
        meeting=meeting,
    )  # fmt: skip
    return Check.objects.create(act=act, report=report, accepted=accepted, reason=told)


def _begun(meeting: Meeting, kind: str, by: User, key: UUID) -> MechanismAct | None:
    return begun(
        MechanismAct, key, kind, by, room=ROOM, what=f"meeting:{meeting.pk}", meeting_id=meeting.pk
    )


def _state(point: Point, today: date) -> str:
    found: str = points(today).values_list("state", flat=True).get(pk=point.pk)
    return found
