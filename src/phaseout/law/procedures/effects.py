"""What the acts of a case do to production, and what of it is in force after them.

    effects_of(procedure)        by act: it stops production, lets it go on, or ends such an effect
    in_force(procedure, kinds)   after these acts: which of them stop, which allow

The table is `tables/effects.csv`, each row with its clause or marked as our own rule. Two cases
contradict each other where one stops what the other allows; who compares them is `casework`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from phaseout.law.procedures.assembly import procedure as assembled
from phaseout.law.procedures.assembly import versions
from phaseout.law.procedures.records import Procedure
from phaseout.law.procedures.rows import PROCEDURES, EffectRow, rows, split

ALL = "*"


class Effect(StrEnum):
    """In the order of gravity as far as they stop."""

    RESTRICTS = "restricts"
    SUSPENDS = "suspends"
    CLOSES = "closes"
    ALLOWS = "allows"
    RESTS = "rests"
    REVIVES = "revives"
    NONE = ""


STOPS = (Effect.RESTRICTS, Effect.SUSPENDS, Effect.CLOSES)


@dataclass(frozen=True, slots=True)
class ActEffect:
    """`whole`: over the whole enterprise and not the line alone. `ends`: acts, or `ALL`."""

    effect: Effect
    whole: bool
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InForce:
    """Places (from 0) of the acts that stop production and of those that allow it: the gravest
    last, of equal ones the latest last."""

    stops: tuple[int, ...]
    allows: tuple[int, ...]


def effects_of(procedure: Procedure) -> Mapping[str, ActEffect]:
    """What the acts of a procedure do to production; acts that do nothing to it are not there."""
    return _effects(procedure.name, procedure.version)


@cache
def _effects(name: str, version: str) -> Mapping[str, ActEffect]:
    procedure = assembled(name, version=version)
    found: dict[str, ActEffect] = {}
    for row in rows(EffectRow, "effects"):
        if row.procedure == name and row.act in procedure.acts:
            found[row.act] = _effect(row, "")
        for rule in procedure.acts.values():
            prefix = f"{rule.prefix}." if rule.prefix else ""
            if rule.block == row.procedure and rule.kind == f"{prefix}{row.act}":
                found[rule.kind] = _effect(row, prefix)
    return found


def _effect(row: EffectRow, prefix: str) -> ActEffect:
    ends = tuple(one if one == ALL else f"{prefix}{one}" for one in split(row.ends))
    return ActEffect(Effect(row.effect), row.over == "enterprise", ends)


@cache
def kinds_with_effect() -> frozenset[str]:
    """Every act of any procedure that does something to production, or ends that."""
    newest = {name: versions(name)[-1][0].isoformat() for name in PROCEDURES}
    return frozenset(kind for name, version in newest.items() for kind in _effects(name, version))


def in_force(procedure: Procedure, kinds: Sequence[str]) -> InForce:
    """What stops and what allows production after these acts, all of one case, in their order.

    A stop ends what the same case allowed before it; what it allows ends the stops that the table
    names, and those only.
    """
    known = effects_of(procedure)
    standing: dict[int, Effect] = {}
    resting: dict[int, Effect] = {}
    for place, kind in enumerate(kinds):
        act = known.get(kind)
        if act is None:
            continue
        if act.effect is Effect.REVIVES:
            back = [i for i in resting if kinds[i] in act.ends]
            standing |= {i: resting.pop(i) for i in back}
            continue
        ended = [i for i in standing if _ends(act, kinds[i], standing[i], kind)]
        gone = {i: standing.pop(i) for i in ended}
        if act.effect is Effect.RESTS:
            resting |= gone
        elif act.effect is not Effect.NONE:
            standing[place] = act.effect
    return InForce(_of(standing, STOPS), _of(standing, (Effect.ALLOWS,)))


def _ends(act: ActEffect, earlier: str, its: Effect, kind: str) -> bool:
    if act.effect in STOPS and its is Effect.ALLOWS:
        return True
    return ALL in act.ends or earlier in act.ends or earlier == kind


def _of(standing: Mapping[int, Effect], wanted: Sequence[Effect]) -> tuple[int, ...]:
    found = [(wanted.index(effect), i) for i, effect in standing.items() if effect in wanted]
    return tuple(i for _, i in sorted(found))
