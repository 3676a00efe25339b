"""召集会议、拟写和印发纪要."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.casework.acts import once
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.coordination.appending import append
from phaseout.coordination.mechanism import refusing
from phaseout.coordination.mechanism.models import Issue, MechanismAct, Meeting, Minutes, Point
from phaseout.coordination.offices import cities, name_of, names_of, seat_in
from phaseout.evidence.digests import digest_of
from phaseout.law.opinions import CITIES, Opinions

Kind = MechanismAct.Kind
ROOM = "mechanism"
LONGEST, LONGEST_TOPIC, LONGEST_PLACE, MOST_POINTS = 4000, 400, 120, 60


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision: what, which office, by which day."""

    text: str
    office: str
    due: date


@dataclass(frozen=True, slots=True)
class Held:
    """What the minutes say. `present`: offices, as functions."""

    held_on: date
    chair: str
    present: Sequence[str]
    summary: str
    points: Sequence[Decided] = field(default_factory=tuple)


def leaders() -> tuple[str, ...]:
    """Who calls a meeting: the leads of clause (18) for the region, a city government for its own
    (the cities are to use their mechanism)."""
    return (*Opinions.of().lead(18), *cities())


@again_after_a_deadlock
@transaction.atomic(durable=True)
def call_meeting(
    on: date,
    place: str,
    topic: str,
    invited: Sequence[str],
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Meeting:
    """An officer or leader of an office that leads the mechanism calls a meeting.

    Raises:
        Refusal: `mechanism.not-yours`, `meeting.day-passed`, `meeting.nobody-invited`,
            `mechanism.text-wrong`.
    """
    before = once.done_before(MechanismAct, key, Kind.CALL, by)
    if before is not None:
        return before.called
    seat = seat_in(scope, leaders(), Role.OFFICER, Role.LEADER)
    if seat is None:
        raise refusing.not_yours(names_of([*Opinions.of().lead(18), CITIES], today))
    if on < today:
        raise refusing.day_passed()
    content: dict[str, Any] = {
        "on": on.isoformat(),
        "place": text_of(place, LONGEST_PLACE, ("地点", "the place")),
        "topic": text_of(topic, LONGEST_TOPIC, ("议题", "topic")),
        "invited": _offices([one for one in invited if one != seat.office]),
    }
    once.hold_all(ROOM, f"meetings:{seat.office}:{on.year}")
    number = 1 + Meeting.objects.filter(office=seat.office, year=on.year).count()
    content["number"] = [on.year, number]
    act = append(MechanismAct, Kind.CALL, seat, by=by, today=today, key=key, content=content)
    return Meeting.objects.create(
        act=act,
        office=seat.office,
        division_code=seat.division_code,
        year=on.year,
        **{**content, "on": on, "number": number},
    )


@again_after_a_deadlock
@transaction.atomic(durable=True)
def record_minutes(
    meeting_id: int, held: Held, *, by: User, scope: Scope, today: date, key: UUID
) -> Minutes:
    """The office that called a meeting writes its minutes, or a further version of them until one
    is issued.

    Raises:
        Refusal: `mechanism.not-yours`, `meeting.called-off`, `minutes.issued`,
            `minutes.day-wrong`, `minutes.point-wrong`, `mechanism.text-wrong`,
            `meeting.nobody-invited`.
    """
    before = once.done_before(MechanismAct, key, Kind.MINUTES, by, meeting_id=meeting_id)
    if before is not None:
        return before.minutes
    meeting = Meeting.objects.select_related("act").get(pk=meeting_id)
    once.hold_all(ROOM, f"meeting:{meeting_id}")
    seat = seat_in(scope, [meeting.office], Role.OFFICER, Role.LEADER)
    if seat is None:
        raise refusing.not_yours(name_of(meeting.office, today))
    if (issue := Issue.objects.filter(meeting=meeting).first()) is not None:
        raise refusing.issued_already(issue.issued_on)
    if (off := meeting.called_off) is not None:
        raise refusing.called_off(refusing.WRITE, off.act.done_on, off.reason)
    content = _examined(meeting, held, today)
    minutes = Minutes(
        meeting=meeting,
        version=1 + meeting.minutes.count(),
        held_on=held.held_on,
        chair=content["chair"],
        present=content["present"],
        summary=content["summary"],
        digest=digest_of(content),
    )
    minutes.act = append(
        MechanismAct, Kind.MINUTES, seat, by=by, today=today, key=key, content=content,
        meeting=meeting,
    )  # fmt: skip
    minutes.save(force_insert=True)
    Point.objects.bulk_create(
        Point(minutes=minutes, place=place, text=one.text.strip(), office=one.office, due=one.due)
        for place, one in enumerate(held.points, 1)
    )
    return minutes


def _examined(meeting: Meeting, held: Held, today: date) -> dict[str, Any]:
    # whoever moved it knew that it had not been held
    said = (meeting.moves[-1] if meeting.moves else meeting).act.done_on
    if not said <= held.held_on <= today:
        raise refusing.held_when(said, today)
    known = _known()
    if len(held.points) > MOST_POINTS:
        raise refusing.point_wrong(MOST_POINTS + 1, ("议定事项过多", "there are too many points"))
    for place, one in enumerate(held.points, 1):
        if not 0 < len(one.text.strip()) <= LONGEST:
            raise refusing.point_wrong(place, ("内容为空或过长", "the text is empty or too long"))
        if one.office not in known:
            raise refusing.point_wrong(place, ("没有该责任单位", "there is no such office"))
        if one.due < held.held_on:
            why = ("完成时限早于会议", "its day lies before the meeting")
            raise refusing.point_wrong(place, why)
    return {
        "meeting": [meeting.office, meeting.year, meeting.number],
        "held_on": held.held_on.isoformat(),
        "chair": text_of(held.chair, 60, ("主持人", "the chair")),
        "present": _offices(held.present),
        "summary": text_of(held.summary, LONGEST, ("会议情况", "the summary")),
        "points": [
            {"text": one.text.strip(), "office": one.office, "due": one.due.isoformat()}
            for one in held.points
        ],
    }


@again_after_a_deadlock
@transaction.atomic(durable=True)
def issue_minutes(
    meeting_id: int, *, digest: str, by: User, scope: Scope, today: date, key: UUID
) -> Issue:
    """A leader of the office that called the meeting issues the latest version, as read: from now
    on its points bind.

    Raises:
        Refusal: `mechanism.not-yours`, `minutes.issued`, `minutes.changed`.
    """
    before = once.done_before(MechanismAct, key, Kind.ISSUE, by, meeting_id=meeting_id)
    if before is not None:
        return before.issue
    meeting = Meeting.objects.get(pk=meeting_id)
    once.hold_all(ROOM, f"meeting:{meeting_id}")
    seat = seat_in(scope, [meeting.office], Role.LEADER)
    if seat is None:
        raise refusing.not_yours(name_of(meeting.office, today), Role.LEADER)
    if (issue := Issue.objects.filter(meeting=meeting).first()) is not None:
        raise refusing.issued_already(issue.issued_on)
    minutes = meeting.minutes.order_by("-version").first()
    if minutes is None or minutes.digest != digest:
        raise refusing.changed()
    act = append(
        MechanismAct, Kind.ISSUE, seat, by=by, today=today, key=key, meeting=meeting,
        content={"minutes": minutes.digest, "version": minutes.version},
    )  # fmt: skip
    return Issue.objects.create(act=act, meeting=meeting, minutes=minutes, issued_on=today)


def _known() -> frozenset[str]:
    return frozenset(h.function for h in Opinions.of().holders if h.function != CITIES)


def _offices(asked: Sequence[str]) -> list[str]:
    found = list(dict.fromkeys(asked))
    if not found or not _known().issuperset(found):
        raise refusing.nobody_invited()
    return found


def text_of(text: str, longest: int, where: tuple[str, str]) -> str:
    """The text without the space around it. Raises `mechanism.text-wrong`: empty or too long."""
    told = text.strip()
    if not 0 < len(told) <= longest:
        raise refusing.text_wrong(where)
    return told
