"""An act that its holder does alone, or that a leader does and signs at once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.casework.acts.transactions import (
    act_of,
    again_after_a_deadlock,
    append,
    covered,
    done_with,
    held_with_files,
)
from phaseout.casework.cases.refusing import key_used
from phaseout.casework.models import Act
from phaseout.casework.proceeding import preparing, refusing
from phaseout.casework.proceeding.holders import who
from phaseout.casework.proceeding.preparing import Asked


@again_after_a_deadlock
@transaction.atomic(durable=True)
def perform(
    case_id: int,
    asked: Asked,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    seen: int | None = None,
) -> Act:
    """An act of a case that its holder does alone, or that a leader does and signs at once.

    Args:
        seen: how many acts the case had when the person looked at it; None: not told.

    Raises:
        Refusal: what `preparing.examine` raises; `act.needs-signature` where an officer prepares
            and a leader signs; `key_used_for_another_act`.
    """
    case, acts, names = held_with_files(case_id, asked.facts)
    if (before := done_with(key, acts)) is not None:
        return _same(before, asked, by)
    ready = preparing.examine(
        asked, case, acts, by=by, scope=scope, today=today, seen=seen, names=names
    )
    if ready.signs and ready.rule.role != "leader":
        raise refusing.needs_signature(ready.rule, who(ready.rule, case, today))
    act = act_of(case, acts, ready, by=by, today=today, key=key)
    signature = ""
    if ready.signs:  # a leader's own act: he signs what he does
        act.signed_by = by
        signature = covered(case, ready, by)
    return append(act, acts, signature, ready.replay, names=names)


def _same(act: Act, asked: Asked, by: User) -> Act:
    if (act.kind, act.by_id) != (asked.kind, by.pk):
        raise key_used()
    return act
