"""签发、不予签发: the leader of the office that drew a measure up, another person than who did."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.casework.cases.registers import next_serial
from phaseout.coordination.supervision import refusing
from phaseout.coordination.supervision.acts.alike import begun_on, said, seat_of, standing, write
from phaseout.coordination.supervision.models import Signed, SupervisionAct
from phaseout.coordination.supervision.standing import State

Kind = SupervisionAct.Kind


@again_after_a_deadlock
@transaction.atomic(durable=True)
def sign(measure_id: int, *, digest: str, by: User, scope: Scope, today: date, key: UUID) -> Signed:
    """Sign the measure as read: from now on it is in force, under its number.

    Raises:
        Refusal: `supervision.not-yours`, `supervision.same-person`, `supervision.changed`,
            `supervision.settled`, `supervision.day-wrong`, `supervision.demand-wrong`.
    """
    if (before := begun_on(measure_id, Kind.SIGN, by, key)) is not None:
        return before.signed
    measure = standing(measure_id, today)
    seat = seat_of(measure.office, scope, today, Role.LEADER)
    if measure.state != State.DRAWN:
        raise refusing.settled()
    if measure.act.by_id == by.pk:
        raise refusing.same_person()
    if measure.digest != digest:
        raise refusing.changed()
    _still_to_come(measure, today)
    number = next_serial(measure.office, "supervision", today.year)
    content = {"measure": measure.digest, "number": [today.year, number]}
    act = write(
        Kind.SIGN, seat, measure.target, by=by, today=today, key=key, content=content,
        measure=measure,
    )  # fmt: skip
    return Signed.objects.create(
        act=act, measure=measure, office=measure.office, year=today.year, number=number,
        signed_on=today,
    )  # fmt: skip


def _still_to_come(measure: Any, today: date) -> None:
    """What is signed can be done still: nobody is late on the day it reaches them."""
    if measure.on is not None and measure.on < today:
        raise refusing.day_wrong()
    for one in measure.demands.all():
        if one.due <= today:
            raise refusing.demand_wrong(one.place, ("期限须晚于今天", "its day is not after today"))


@again_after_a_deadlock
@transaction.atomic(durable=True)
def decline(
    measure_id: int, *, reason: str, by: User, scope: Scope, today: date, key: UUID
) -> SupervisionAct:
    """Do not sign it, with the reason: it is over; what is wanted instead is drawn up anew.

    Raises:
        Refusal: `supervision.not-yours`, `supervision.settled`, `supervision.text-wrong`.
    """
    if (before := begun_on(measure_id, Kind.DECLINE, by, key)) is not None:
        return before
    measure = standing(measure_id, today)
    seat = seat_of(measure.office, scope, today, Role.LEADER)
    if measure.state != State.DRAWN:
        raise refusing.settled()
    content = {"measure": measure.digest, "reason": said(reason, ("理由", "the reason"))}
    return write(
        Kind.DECLINE, seat, measure.target, by=by, today=today, key=key, content=content,
        measure=measure,
    )  # fmt: skip
