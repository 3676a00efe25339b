"""What can be done next in a case, by whom, and why what seems near cannot be done yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phaseout.accounts.scope import Scope
from phaseout.casework.models import Case
from phaseout.casework.proceeding.holders import holder, wanted, who
from phaseout.law.procedures import ActRule, State, newer
from phaseout.law.refusals import Bilingual, Refusal

_FAR = frozenset({"act.wrong-stage", "act.once"})
"""Hindrances that say an act is not near: the case is elsewhere, or it was done already."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One act from where the case stands.

    yours: a post of the person does (or prepares) it; signs: a leader's signature is wanted;
    refusal: why the procedure does not allow it yet, None if it does.
    """

    rule: ActRule
    who: Bilingual
    yours: bool
    signs: bool
    refusal: Refusal | None


def choices(case: Case, now: State, scope: Scope, today: date) -> list[Choice]:
    """The acts that may be done now, those of the person first; then those that are near."""
    found = [
        Choice(
            rule=one.rule,
            who=who(one.rule, case, today),
            yours=holder(one.rule, case, scope, today) is not None,
            signs=wanted(one.rule, case).signs,
            refusal=one.refusal,
        )
        for one in now.choices
        if one.hindrance is None or one.hindrance.code not in _FAR
        if one.rule.kind != "move_version" or newer(now.procedure, today)
    ]
    return sorted(found, key=lambda one: (one.refusal is not None, not one.yours))
