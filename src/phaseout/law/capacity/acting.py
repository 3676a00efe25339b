"""What the acts of cases move on the ledger: a table, and the form in which a line exits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from phaseout.law.capacity.accounts import split, table
from phaseout.law.norms import Confidence

ANY = "*"
REST, FORM = "rest", "form"
"""Targets that depend on the case: as the line was found (outdated or registered); the account of
the form in which it exits."""
WHOLE, STATED, OF_CASE = "whole", "stated", "of_case"
"""How much: all that stands there; the part the act states; what this case has brought there."""


@dataclass(frozen=True, slots=True)
class ActMove:
    """What an act moves: from these accounts into `to` (an account, `rest` or `form`).

    `release`: only where no other open case of the line holds it there.
    """

    procedure: str
    act: str
    from_: str
    to: str
    how: str
    release: str
    source_id: str
    clause: str
    confidence: Confidence
    note: str

    @property
    def sources(self) -> tuple[str, ...]:
        return split(self.from_)

    @property
    def releases(self) -> bool:
        return self.release == "yes"


@dataclass(frozen=True, slots=True)
class _Form:
    act: str
    account: str
    rank: int
    source_id: str
    clause: str
    confidence: Confidence


@cache
def act_moves(procedure: str, act: str) -> tuple[ActMove, ...]:
    """What that act of a procedure moves, in order; empty for most acts."""
    return tuple(
        move
        for move in table("act_postings", ActMove)
        if move.act == act and move.procedure in (procedure, ANY)
    )


@cache
def holding_acts() -> frozenset[tuple[str, str]]:
    """(procedure, act) after which a case holds its line in a state until it ends."""
    return frozenset(
        (move.procedure, move.act)
        for move in table("act_postings", ActMove)
        if move.to in ("rectifying", "leaving")
    )


BEGINS_ANEW = frozenset({"restart_after_exit", "record_restart", "reopen", "objection_upheld"})
"""After these acts what was done to the line before does not make its exit any more."""


def exit_form(acts: Sequence[str]) -> str | None:
    """The account of the exit that these acts of a case (in order) make; None: they make none.

    The furthest one counts: what was sealed and then dismantled is dismantled. What was done before
    the line was found running again counts only where nothing was done since.
    """
    since = max((at for at, act in enumerate(acts) if act in BEGINS_ANEW), default=-1) + 1
    forms = {form.act: form for form in table("exit_forms", _Form)}
    for some in (acts[since:], acts):
        done = [forms[act] for act in some if act in forms]
        if done:
            return max(done, key=lambda form: form.rank).account
    return None
