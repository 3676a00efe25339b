"""What every act of this room does alike: in which office, under which key, as which row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from phaseout.accounts.models import User
from phaseout.accounts.organisations import office_name
from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Grant, Scope
from phaseout.casework.acts import once
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.casework.cases.offices import office_of
from phaseout.casework.models import Case
from phaseout.evidence.digests import digest_of
from phaseout.exits.restart.models import RestartAct, WatchedLine
from phaseout.law.refusals import Refusal

__all__ = ["again_after_a_deadlock", "append", "done_before", "seat"]

GRID = "grid"
LONGEST_REASON = 2000
ANSWERING = (Role.OFFICER, Role.INSPECTOR, Role.LEADER)


@dataclass(frozen=True, slots=True)
class Seat:
    """The office in which a person acts on a watched line, and its name on the day."""

    office: str
    name: tuple[str, str]


def seat(scope: Scope, watched: WatchedLine, today: date, *, grid: bool = False) -> Seat | None:
    """The person's seat in the office of the case (with `grid`, or in the grid company)."""
    # Who reads its meters need not read its case.
    offices = set(Case.objects.filter(pk=watched.case_id).values_list("office", flat=True))
    if grid:
        offices.add(GRID)
    for grant in scope.grants:
        if Power.ACT not in grant.powers or grant.uscc or grant.role not in ANSWERING:
            continue
        office = office_held(grant)
        if office in offices and watched.division_code.startswith(grant.prefix):
            return Seat(office, office_name(office, watched.division_code, today))
    return None


def office_held(grant: Grant) -> str:
    """The office of a post; empty for one of `cities` over the whole region, which is of no one
    city."""
    try:
        return office_of(grant)
    except Refusal:
        return ""


def done_before(key: UUID, kind: str, by: User, about: str) -> RestartAct | None:
    """The act that was done under this key before: `once.done_before`."""
    return once.done_before(RestartAct, key, kind, by, about=about)


def append(
    kind: str,
    watched: WatchedLine,
    seated: Seat,
    *,
    by: User,
    today: date,
    key: UUID,
    about: str,
    content: Mapping[str, Any],
    reason: str = "",
) -> RestartAct:
    """The row of an act."""
    said = {"kind": kind, "line": watched.line_id, "reason": reason.strip(), **content}
    return RestartAct.objects.create(
        kind=kind,
        line_id=watched.line_id,
        office=seated.office,
        organisation_zh=seated.name[0],
        organisation_en=seated.name[1],
        division_code=watched.division_code,
        about=about,
        by=by,
        done_on=today,
        reason=reason.strip(),
        content=dict(content),
        digest=digest_of(said),
        key=key,
    )
