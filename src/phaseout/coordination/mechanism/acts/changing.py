"""会议改期、取消: a meeting that will not be, or was not, held as called; until it has minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.coordination.appending import append, begun
from phaseout.coordination.mechanism import refusing
from phaseout.coordination.mechanism.acts.meetings import LONGEST_PLACE, ROOM, text_of
from phaseout.coordination.mechanism.models import Change, MechanismAct, Meeting
from phaseout.coordination.offices import Seat, name_of, seat_in
from phaseout.law.refusals import Bilingual

Kind = MechanismAct.Kind
LONGEST_REASON = 1000


@again_after_a_deadlock
@transaction.atomic(durable=True)
def change_meeting(
    meeting_id: int,
    on: date,
    place: str,
    reason: str,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Change:
    """The office that called a meeting moves it to another day (today or later), another place, or
    both; also when its day went by and it was not held.

    Raises:
        Refusal: `mechanism.not-yours`, `meeting.called-off`, `minutes.there`,
            `meeting.day-passed`, `meeting.not-moved`, `mechanism.text-wrong`.
    """
    before = _begun(meeting_id, Kind.MOVE, by, key)
    if before is not None:
        return before.change
    meeting, seat = _to_change(meeting_id, scope, today, refusing.MOVE)
    if on < today:
        raise refusing.day_passed(refusing.MOVE)
    to = text_of(place, LONGEST_PLACE, ("地点", "the place"))
    if (on, to) == (meeting.day, meeting.venue):
        raise refusing.not_moved(on)
    content = {
        "was": [meeting.day.isoformat(), meeting.venue],
        "on": on.isoformat(),
        "place": to,
    }
    ways = {"by": by, "today": today, "key": key}
    act, told = _appended(Kind.MOVE, meeting, seat, content, reason, ways)
    return Change.objects.create(
        act=act, meeting=meeting, called_off=False, on=on, place=to, reason=told
    )


@again_after_a_deadlock
@transaction.atomic(durable=True)
def call_off_meeting(
    meeting_id: int, reason: str, *, by: User, scope: Scope, today: date, key: UUID
) -> Change:
    """The office that called a meeting calls it off, for good; also when its day went by and it was
    not held.

    Raises:
        Refusal: `mechanism.not-yours`, `meeting.called-off`, `minutes.there`,
            `mechanism.text-wrong`.
    """
    before = _begun(meeting_id, Kind.CALL_OFF, by, key)
    if before is not None:
        return before.change
    meeting, seat = _to_change(meeting_id, scope, today, refusing.CALL_OFF)
    content = {"was": [meeting.day.isoformat(), meeting.venue]}
    ways = {"by": by, "today": today, "key": key}
    act, told = _appended(Kind.CALL_OFF, meeting, seat, content, reason, ways)
    return Change.objects.create(act=act, meeting=meeting, called_off=True, reason=told)


def _begun(meeting_id: int, kind: str, by: User, key: UUID) -> MechanismAct | None:
    what = f"meeting:{meeting_id}"
    return begun(MechanismAct, key, kind, by, room=ROOM, what=what, meeting_id=meeting_id)


def _to_change(meeting_id: int, scope: Scope, today: date, what: Bilingual) -> tuple[Meeting, Seat]:
    """The meeting, held since `_begun`, and the seat of who called it."""
    meeting = Meeting.objects.get(pk=meeting_id)
    seat = seat_in(scope, [meeting.office], Role.OFFICER, Role.LEADER)
    if seat is None:
        raise refusing.not_yours(name_of(meeting.office, today))
    if (off := meeting.called_off) is not None:
        raise refusing.called_off(what, off.act.done_on, off.reason)
    if meeting.minutes.exists():
        raise refusing.minutes_there(what)
    return meeting, seat


def _appended(
    kind: str,
    meeting: Meeting,
    seat: Seat,
    content: Mapping[str, Any],
    reason: str,
    ways: Mapping[str, Any],
) -> tuple[MechanismAct, str]:
    told = text_of(reason, LONGEST_REASON, ("原因", "the reason"))
    named = {"meeting": [meeting.office, meeting.year, meeting.number], **content, "reason": told}
    return append(MechanismAct, kind, seat, content=named, meeting=meeting, **ways), told
