"""What every act of this room does alike: hold its key, find its settlement, append its row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.casework.acts import once
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.measures.employees import refusing
from phaseout.measures.employees.models import EmployeeAct, Settlement
from phaseout.measures.employees.seats import Seat, seat

__all__ = ["again_after_a_deadlock", "append", "done_before", "held", "hold_all"]


def hold_all(what: str) -> None:
    """Who acts on the same thing at once comes second and sees what the first has done."""
    once.hold_all("employees", what)


def done_before(key: UUID, kind: str, by: User, about: str) -> EmployeeAct | None:
    """The act that was done under this key before: `once.done_before`."""
    return once.done_before(EmployeeAct, key, kind, by, about=about)


def held(settlement_id: int, scope: Scope, on: date) -> tuple[Settlement, Seat]:
    """The settlement, held until the transaction ends, and the seat in which the person acts.

    Raises:
        Refusal: `employees.not-yours`.
    """
    hold_all(f"settlement:{settlement_id}")
    found = Settlement.objects.select_related("enterprise").get(pk=settlement_id)
    acting = seat(scope, found.enterprise, on)
    if acting is None:
        raise refusing.not_yours()
    return found, acting


def append(
    kind: str,
    acting: Seat,
    *,
    division_code: str,
    by: User,
    today: date,
    key: UUID,
    content: Mapping[str, Any],
    uscc: str = "",
    about: str = "",
) -> EmployeeAct:
    """The row of an act."""
    return once.append(
        EmployeeAct,
        kind,
        acting.office,
        acting.name,
        by=by,
        today=today,
        key=key,
        content=content,
        division_code=division_code,
        uscc=uscc,
        about=about,
    )


def of(settlement: Settlement) -> dict[str, str]:
    """What an act of a settlement says of where it belongs."""
    return {
        "division_code": settlement.division_code,
        "uscc": settlement.enterprise_id,
        "about": f"settlement:{settlement.pk}",
    }
