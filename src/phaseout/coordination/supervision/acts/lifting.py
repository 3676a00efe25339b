"""解除: the end of a measure, by the leader of its office, once all it demanded is met."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.coordination.supervision import refusing
from phaseout.coordination.supervision.acts.alike import (
    begun_on,
    in_force,
    said,
    seat_of,
    standing,
    write,
)
from phaseout.coordination.supervision.frozen import frozen, since
from phaseout.coordination.supervision.models import Lifted, SupervisionAct
from phaseout.coordination.supervision.picture import picture
from phaseout.coordination.supervision.reading import WHOLE
from phaseout.coordination.supervision.standing import DemandState, State, all_demands

Kind = SupervisionAct.Kind


@again_after_a_deadlock
@transaction.atomic(durable=True)
def lift(measure_id: int, *, reason: str, by: User, scope: Scope, today: date, key: UUID) -> Lifted:
    """Lift a measure: every demand is met, and what was to take place did. The figures of the day
    are kept beside those of the measure.

    Raises:
        Refusal: `supervision.not-yours`, `supervision.not-in-force`, `supervision.lifted`,
            `supervision.demands-open`, `supervision.text-wrong`.
    """
    if (before := begun_on(measure_id, Kind.LIFT, by, key)) is not None:
        return before.lifted
    measure = standing(measure_id, today)
    seat = seat_of(measure.office, scope, today, Role.LEADER)
    in_force(measure)
    if measure.state != State.MET:
        states = all_demands([measure.pk], today).exclude(state=DemandState.MET)
        raise refusing.demands_open(list(states.values_list("place", flat=True)))
    window = since(measure.act.content["figures"], today)
    content = {
        "measure": measure.digest,
        "reason": said(reason, ("说明", "the reason")),
        "figures": frozen(picture(WHOLE, window, measure.target).get(measure.target, {}), window),
    }
    act = write(
        Kind.LIFT, seat, measure.target, by=by, today=today, key=key, content=content,
        measure=measure,
    )  # fmt: skip
    return Lifted.objects.create(
        act=act, measure=measure, lifted_on=today, reason=content["reason"]
    )
