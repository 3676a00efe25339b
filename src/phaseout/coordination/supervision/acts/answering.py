"""答复和核实: the office supervised answers demand by demand, who supervises checks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.casework.acts import once
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.coordination.supervision import refusing
from phaseout.coordination.supervision.acts.alike import (
    LONGEST,
    held,
    in_force,
    said,
    seat_of,
    write,
)
from phaseout.coordination.supervision.models import Answer, Check, Demand, SupervisionAct
from phaseout.coordination.supervision.standing import DemandState, all_demands

Kind = SupervisionAct.Kind


@again_after_a_deadlock
@transaction.atomic(durable=True)
def answer(demand_id: int, text: str, *, by: User, scope: Scope, today: date, key: UUID) -> Answer:
    """The office supervised says what it has done about a demand.

    Raises:
        Refusal: `supervision.not-yours`, `supervision.not-in-force`, `supervision.lifted`,
            `supervision.answered`, `supervision.text-wrong`.
    """
    demand = Demand.objects.get(pk=demand_id)
    about = {"measure_id": demand.measure_id}
    before = once.done_before(SupervisionAct, key, Kind.ANSWER, by, **about)
    if before is not None:
        return before.answered
    measure = held(demand.measure_id, today)
    seat = seat_of(measure.target, scope, today)
    in_force(measure)
    if _state(demand, today) in (DemandState.ANSWERED, DemandState.MET):
        raise refusing.answered_already()
    told = said(text, ("答复", "the answer"))
    content = {"measure": measure.digest, "demand": demand.place, "text": told}
    act = write(
        Kind.ANSWER, seat, measure.target, by=by, today=today, key=key, content=content,
        measure=measure,
    )  # fmt: skip
    return Answer.objects.create(act=act, demand=demand, text=told)


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
    about = {"measure_id": answered.demand.measure_id}
    before = once.done_before(SupervisionAct, key, Kind.CHECK, by, **about)
    if before is not None:
        return before.checked
    measure = held(answered.demand.measure_id, today)
    seat = seat_of(measure.office, scope, today)
    in_force(measure)
    if Check.objects.filter(answer=answered).exists():
        raise refusing.nothing_to_check()
    told = reason.strip()
    if len(told) > LONGEST or not (accepted or told):
        raise refusing.text_wrong(("说明", "the reason"))
    content = {"answer": answered.act_id, "accepted": accepted, "reason": told}
    act = write(
        Kind.CHECK, seat, measure.target, by=by, today=today, key=key, content=content,
        measure=measure,
    )  # fmt: skip
    return Check.objects.create(act=act, answer=answered, accepted=accepted, reason=told)


def _state(demand: Demand, today: date) -> str:
    states = all_demands(demand.measure, today).values_list("state", flat=True)
    found: str = states.get(pk=demand.pk)
    return found
