"""答复和核实: the office supervised answers demand by demand, who supervises checks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.coordination.appending import why_not
from phaseout.coordination.supervision import refusing
from phaseout.coordination.supervision.acts.alike import (
    LONGEST,
    answering_seat,
    begun_on,
    files_of,
    in_force,
    said,
    seat_of,
    standing,
    write,
)
from phaseout.coordination.supervision.models import Answer, Check, Demand, SupervisionAct
from phaseout.coordination.supervision.standing import DemandState, all_demands

Kind = SupervisionAct.Kind


@again_after_a_deadlock
@transaction.atomic(durable=True)
def answer(
    demand_id: int,
    text: str,
    *,
    files: Sequence[str] = (),
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Answer:
    """The office supervised says what it has done about a demand, with what proves it.

    Args:
        files: digests of files that the person has brought as evidence (`evidence.attaching`).

    Raises:
        Refusal: `supervision.not-yours`, `supervision.not-in-force`, `supervision.lifted`,
            `supervision.answered`, `supervision.text-wrong`, `supervision.files-wrong`.
    """
    demand = Demand.objects.get(pk=demand_id)
    if (before := begun_on(demand.measure_id, Kind.ANSWER, by, key)) is not None:
        return before.answered
    measure = standing(demand.measure_id, today)
    seat = answering_seat(measure.target, scope, today)
    in_force(measure)
    if _state(demand, today) in (DemandState.ANSWERED, DemandState.MET):
        raise refusing.answered_already()
    told = said(text, ("答复", "the answer"))
    named = files_of(files, by)
    content = {"measure": measure.digest, "demand": demand.place, "text": told}
    if named:  # those before there were files say nothing of them, and keep their digest
        content["files"] = named
    act = write(
        Kind.ANSWER, seat, measure.target, by=by, today=today, key=key, content=content,
        measure=measure,
    )  # fmt: skip
    return Answer.objects.create(act=act, demand=demand, text=told, files=named)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def check(
    answer_id: int,
    *,
    accepted: bool,
    reason: str = "",
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Check:
    """Who supervises takes the demand to be met, or sends the answer back with the reason.

    Raises:
        Refusal: `supervision.not-yours`, `supervision.not-in-force`, `supervision.lifted`,
            `supervision.nothing-to-check`, `supervision.text-wrong`.
    """
    answered = Answer.objects.select_related("demand").get(pk=answer_id)
    if (before := begun_on(answered.demand.measure_id, Kind.CHECK, by, key)) is not None:
        return before.checked
    measure = standing(answered.demand.measure_id, today)
    seat = seat_of(measure.office, scope, today)
    in_force(measure)
    if Check.objects.filter(answer=answered).exists():
        raise refusing.nothing_to_check()
    told = why_not(accepted, reason, LONGEST)
    if told is None:
        raise refusing.text_wrong(("说明", "the reason"))
    content = {"answer": answered.act_id, "accepted": accepted, "reason": told}
    act = write(
        Kind.CHECK, seat, measure.target, by=by, today=today, key=key, content=content,
        measure=measure,
    )  # fmt: skip
    return Check.objects.create(act=act, answer=answered, accepted=accepted, reason=told)


def _state(demand: Demand, today: date) -> str:
    states = all_demands([demand.measure_id], today).values_list("state", flat=True)
    found: str = states.get(pk=demand.pk)
    return found
