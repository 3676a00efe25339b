"""What every act of this room does alike: hold its key, and append its row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from phaseout.accounts.models import User
from phaseout.accounts.organisations import office_name
from phaseout.casework.acts import once
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.inspections.models import InspectionAct

__all__ = ["again_after_a_deadlock", "append", "done_before", "hold_all"]


def hold_all(what: str) -> None:
    """Who acts on the same thing at once comes second and sees what the first has done."""
    once.hold_all("inspections", what)


def done_before(key: UUID, kind: str, by: User | None, about: str = "") -> InspectionAct | None:
    """The act that was done under this key before: `once.done_before`."""
    return once.done_before(InspectionAct, key, kind, by, about=about)


class Matter(Protocol):
    """What an act is done in: a duty (dimension) of an office, in a place. A seat is one, a plan, a
    visit, a tip."""

    @property
    def office(self) -> str: ...
    @property
    def dimension(self) -> str: ...
    @property
    def division_code(self) -> str: ...


def append(
    kind: str,
    matter: Matter,
    *,
    by: User | None,
    today: date,
    key: UUID,
    content: Mapping[str, Any],
    about: str = "",
) -> InspectionAct:
    """The row of an act."""
    name = office_name(matter.office, matter.division_code, today)
    return once.append(
        InspectionAct,
        kind,
        matter.office,
        name,
        by=by,
        today=today,
        key=key,
        content=content,
        dimension=matter.dimension,
        division_code=matter.division_code,
        about=about,
    )
