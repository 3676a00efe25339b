"""Which act puts a line on a list, which takes it off, which undoes that it was on it.

spells(kind, procedure, acts, closed_on)    the grounds of one case for one list
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from phaseout.law.lists.tables import listed, table
from phaseout.law.norms import Confidence
from phaseout.law.procedures.causes import Causes
from phaseout.law.refusals import Bilingual

OVER = "over"


class Ended(StrEnum):
    """How an entry ends."""

    LEFT = "left"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str
    procedure: str
    enters: str
    leaves: str
    cancels: str
    objections: str
    outlives_case: str
    source_id: str
    clause: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class GroundRule:
    """In a procedure: the acts that put on a list of this kind, take off it, undo it.

    `objections`: one may object before it is published. `outlives_case`: the end of the case ends
    nothing; elsewhere it takes off the list, whatever act it was.
    """

    kind: str
    procedure: str
    enters: frozenset[str]
    leaves: frozenset[str]
    cancels: frozenset[str]
    objections: bool
    outlives_case: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a case, as far as lists ask: its place in the case, kind, and the day from which
    it counts (of service, where it was served)."""

    place: int
    kind: str
    on: date


@dataclass(frozen=True, slots=True)
class Spell:
    """A ground: the act that made it and the day, and how it ended. `ended` None: it stands."""

    place: int
    since: date
    ended: Ended | None = None
    ended_on: date | None = None
    ended_place: int | None = None
    cause: str = ""


@cache
def ground_rules() -> tuple[GroundRule, ...]:
    """Which acts put a line on which list, take it off, or cancel it; in the order of the table."""
    return tuple(
        GroundRule(
            r.kind,
            r.procedure,
            frozenset(listed(r.enters)),
            frozenset(listed(r.leaves)),
            frozenset(listed(r.cancels)),
            r.objections == "yes",
            r.outlives_case == "yes",
        )
        for r in table("grounds", _Row)
    )


@cache
def rules_of(kind: str) -> tuple[GroundRule, ...]:
    """The rules of one kind of list."""
    return tuple(rule for rule in ground_rules() if rule.kind == kind)


@cache
def kinds_that_end() -> frozenset[str]:
    """Every kind of act that may end a ground of some list, besides the end of a case."""
    return frozenset(kind for rule in ground_rules() for kind in rule.leaves | rule.cancels)


def spells(rule: GroundRule, acts: Sequence[Step], closed_on: date | None, on: date) -> list[Spell]:
    """The grounds that the acts of one case make by this rule, in their order.

    Args:
        acts: all acts of the case by their places.
        closed_on: the day on which the case was closed by its last act; None: it is open.
        on: what counts from a later day does not count yet.

    A second act that enters while a ground stands makes no second one.
    """
    found: list[Spell] = []
    counted = [act for act in acts if act.on <= on]
    for act in counted:
        standing = bool(found) and found[-1].ended is None
        if act.kind in rule.enters and not standing:
            found.append(Spell(act.place, act.on))
        elif standing and act.kind in rule.cancels:
            found[-1] = _ended(found[-1], Ended.CANCELLED, act)
        elif standing and act.kind in rule.leaves:
            found[-1] = _ended(found[-1], Ended.LEFT, act)
    closed = closed_on is not None and closed_on <= on and not rule.outlives_case
    if found and found[-1].ended is None and closed and closed_on is not None:
        last = acts[-1]
        found[-1] = _ended(found[-1], Ended.LEFT, Step(last.place, last.kind, closed_on))
    return found


def _ended(spell: Spell, how: Ended, act: Step) -> Spell:
    return Spell(spell.place, spell.since, how, act.on, act.place, cause_of(act.kind))


CAUSES = Causes(__package__, otherwise=OVER)


def cause_of(kind: str) -> str:
    """What it means for an entry that an act of this kind ended its ground.

    >>> cause_of("close_met"), cause_of("order.decision_annulled"), cause_of("merge_into")
    ('met', 'annulled', 'over')
    """
    return CAUSES.of(kind)


def cause_words(cause: str) -> Bilingual:
    """What is said of the cause of an entry."""
    return CAUSES.words(cause)
