"""What every act of this room does alike: hold its key and its case, append its row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.casework.acts import once
from phaseout.casework.acts.transactions import again_after_a_deadlock, held_case
from phaseout.casework.models import Case
from phaseout.casework.proceeding.standing import pinned
from phaseout.exits import refusing
from phaseout.exits.models import ExitAct
from phaseout.exits.standing import ExitStanding, standing_of
from phaseout.exits.subjects import UNDER_WAY, Seat, exits, seat_in

__all__ = [
    "again_after_a_deadlock",
    "append",
    "done_before",
    "held",
    "seat_for",
    "under_way",
]


def done_before(key: UUID, kind: str, by: User, case_id: int) -> ExitAct | None:
    """The act that was done under this key before: `once.done_before`."""
    return once.done_before(ExitAct, key, kind, by, case_id=case_id)


def held(case_id: int) -> ExitStanding:
    """The exit, its case locked: who comes second waits, then sees what the first has done.

    Raises:
        Refusal: `exit.not-under-way`.
    """
    case, _acts = held_case(case_id)
    if not Case.objects.filter(exits(), pk=case.pk).exists():
        raise refusing.not_under_way(pinned(case).stages[case.stage].name, case.closed_on)
    return standing_of(case)


def under_way(exit_: ExitStanding) -> None:
    """Raises:
    Refusal: `exit.not-under-way`, it is not decided yet, or over.
    """
    case = exit_.case
    if case.stage not in UNDER_WAY or case.closed_on is not None:
        raise refusing.not_under_way(pinned(case).stages[case.stage].name, case.closed_on)


def seat_for(
    exit_: ExitStanding, scope: Scope, today: date, *roles: Role, city: bool = False
) -> Seat:
    """Raises:
    Refusal: `exit.not-yours`.
    """
    seat = seat_in(exit_.case, scope, today, *roles, city=city)
    if seat is None:
        raise refusing.not_yours()
    return seat


def append(
    kind: str,
    exit_: ExitStanding,
    seat: Seat,
    *,
    by: User,
    today: date,
    key: UUID,
    content: Mapping[str, Any],
    **more: Any,
) -> ExitAct:
    """The row of an act."""
    return once.append(
        ExitAct,
        kind,
        seat.office,
        seat.name,
        by=by,
        today=today,
        key=key,
        content=content,
        case=exit_.case,
        case_place=len(exit_.acts),
        **more,
    )
