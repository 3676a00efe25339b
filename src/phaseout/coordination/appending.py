"""What every act of these rooms does alike: how it begins, how an answer is checked, its row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db import models

from phaseout.accounts.models import User
from phaseout.casework.acts import once
from phaseout.law.refusals import Bilingual

A = TypeVar("A", bound=models.Model)


class Acts(Protocol):
    """Where somebody acts: the office, over which place, by which name on a day."""

    @property
    def office(self) -> str: ...
    @property
    def division_code(self) -> str: ...
    def name(self, on: date) -> Bilingual: ...


def begun(
    kept: type[A], key: UUID, kind: str, by: User, *, room: str, what: str, **about: Any
) -> A | None:
    """How an act begins: the one that was done under this key before, or None, and then `what` of
    the room is held until the transaction ends. Raises as `casework.acts.once.done_before`."""
    before = once.done_before(kept, key, kind, by, **about)
    if before is None:
        once.hold_all(room, what)
    return before


def why_not(accepted: bool, reason: str, longest: int) -> str | None:
    """What a check says beside its answer: may be empty where it accepts. None: too long, or
    nothing was said where it sends back."""
    told = reason.strip()
    return told if len(told) <= longest and (accepted or told) else None


def append(
    kept: type[A],
    kind: str,
    seat: Acts,
    *,
    by: User,
    today: date,
    key: UUID,
    content: Mapping[str, Any],
    **about: Any,
) -> A:
    """The row of an act in the table `kept`: who for which office on which day, what, its digest.
    `about` are further columns of that table; a `division_code` there is what the act is about, and
    stands before that of the office."""
    return once.append(
        kept,
        kind,
        seat.office,
        seat.name(today),
        by=by,
        today=today,
        key=key,
        content=content,
        **{"division_code": seat.division_code, **about},
    )
