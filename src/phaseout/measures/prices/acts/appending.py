"""What every act of this room does alike: hold its key, and append its row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from phaseout.accounts.models import User
from phaseout.accounts.organisations import office_name
from phaseout.casework.acts import once
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.measures.prices.models import PriceAct
from phaseout.measures.prices.seats import Seat

__all__ = ["again_after_a_deadlock", "append", "done_before", "hold_all"]


def hold_all(what: str) -> None:
    """Who acts on the same thing at once comes second and sees what the first has done."""
    once.hold_all("prices", what)


def done_before(key: UUID, kind: str, by: User | None, about: str = "") -> PriceAct | None:
    """The act that was done under this key before: `once.done_before`."""
    return once.done_before(PriceAct, key, kind, by, about=about)


def append(
    kind: str,
    seat: Seat,
    *,
    by: User | None,
    today: date,
    key: UUID,
    content: Mapping[str, Any],
    about: str = "",
) -> PriceAct:
    """The row of an act."""
    name = office_name(seat.office, seat.division_code, today)
    return once.append(
        PriceAct,
        kind,
        seat.office,
        name,
        by=by,
        today=today,
        key=key,
        content=content,
        division_code=seat.division_code,
        about=about,
    )
