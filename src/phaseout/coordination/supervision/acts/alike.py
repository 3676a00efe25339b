"""What the acts of the room have in common: in which office, on which measure, in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.coordination.appending import append, begun
from phaseout.coordination.offices import Seat, name_of, seat_in, seats
from phaseout.coordination.supervision import refusing
from phaseout.coordination.supervision.models import Demand, Measure, SupervisionAct
from phaseout.coordination.supervision.reading import leading
from phaseout.coordination.supervision.standing import State, measures
from phaseout.coordination.supervision.targets import answers_for, target_name, territory
from phaseout.evidence.models import EvidenceFile
from phaseout.law.refusals import Bilingual

ROOM = "supervision"
LONGEST, LONGEST_LINE, MOST_DEMANDS, MOST_FILES = 4000, 400, 20, 10
AT_WORK = (Role.OFFICER, Role.LEADER)


@dataclass(frozen=True, slots=True)
class Demanded:
    """What is demanded, by which day, inside."""

    text: str
    due: date


def leading_seat(scope: Scope, today: date, *roles: Role) -> Seat:
    """The person's seat in an office that leads supervision, over the region."""
    seat = seat_in(scope, leading(), *(roles or AT_WORK))
    if seat is None:
        raise refusing.not_yours(name_of(leading()[0], today))
    return seat


def seat_of(office: str, scope: Scope, today: date, *roles: Role) -> Seat:
    """The person's seat in that office."""
    seat = seat_in(scope, [office], *(roles or AT_WORK))
    if seat is None:
        raise refusing.not_yours(
            name_of(office, today), Role.LEADER if roles == (Role.LEADER,) else None
        )
    return seat


def answering_seat(target: str, scope: Scope, today: date) -> Seat:
    """The person's seat in which one answers for the target."""
    seat = next((one for one in seats(scope, *AT_WORK) if answers_for(one, target)), None)
    if seat is None:
        raise refusing.not_yours(target_name(target, today))
    return seat


def files_of(digests: Sequence[str], by: User) -> list[dict[str, str]]:
    """What an act carries, by digest and name, as the person brought it, each once.

    Raises:
        Refusal: `supervision.files-wrong`: too many, or not brought by the person.
    """
    wanted = list(dict.fromkeys(digests))
    kept = EvidenceFile.objects.filter(digest__in=wanted, kept_by=by).order_by("pk")
    names = {one.digest: one.name for one in kept}
    if len(wanted) > MOST_FILES or not names.keys() >= set(wanted):
        raise refusing.files_wrong(MOST_FILES)
    return [{"digest": one, "name": names[one]} for one in wanted]


def begun_on(measure_id: int, kind: str, by: User, key: UUID) -> SupervisionAct | None:
    """How an act on a measure begins: the one done under this key before, or None, and then the
    measure is held until the transaction ends."""
    return begun(
        SupervisionAct, key, kind, by, room=ROOM, what=f"measure:{measure_id}",
        measure_id=measure_id,
    )  # fmt: skip


def standing(measure_id: int, today: date) -> Any:
    """The measure with its `state`; held before, by `begun_on`."""
    return measures(today).select_related("act").get(pk=measure_id)


def in_force(measure: Any) -> None:
    """Refused unless it is signed and not lifted."""
    if measure.state in (State.DRAWN, State.DECLINED):
        raise refusing.not_in_force()
    if measure.state == State.LIFTED:
        raise refusing.lifted_already()


def said(text: str, where: Bilingual, longest: int = LONGEST) -> str:
    told = text.strip()
    if not 0 < len(told) <= longest:
        raise refusing.text_wrong(where)
    return told


def demands_of(asked: Sequence[Demanded], today: date) -> list[dict[str, Any]]:
    """The demands as the act says them: each with words and a day that is still to come."""
    if len(asked) > MOST_DEMANDS:
        raise refusing.demand_wrong(MOST_DEMANDS + 1, ("要求过多", "there are too many"))
    for place, one in enumerate(asked, 1):
        if not 0 < len(one.text.strip()) <= LONGEST:
            raise refusing.demand_wrong(place, ("内容为空或过长", "its text is empty or too long"))
        if one.due <= today:
            raise refusing.demand_wrong(place, ("期限须晚于今天", "its day is not after today"))
    return [{"text": one.text.strip(), "due": one.due.isoformat()} for one in asked]


def write_demands(act: SupervisionAct, measure: Measure, told: Sequence[dict[str, Any]]) -> None:
    Demand.objects.bulk_create(
        Demand(act=act, measure=measure, place=place, text=one["text"],
               due=date.fromisoformat(one["due"]))
        for place, one in enumerate(told, 1)
    )  # fmt: skip


def write(
    kind: str,
    seat: Seat,
    target: str,
    *,
    by: User,
    today: date,
    key: UUID,
    content: dict[str, Any],
    measure: Measure | None = None,
) -> SupervisionAct:
    """The row of the act. Its place is the target's, whoever acts: that is who sees it."""
    return append(
        SupervisionAct, kind, Seat(seat.office, seat.role, territory(target)), by=by, today=today,
        key=key, content=content, target=target, measure=measure,
    )  # fmt: skip
