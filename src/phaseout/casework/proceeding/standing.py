"""Where a case stands on a day: its acts, read by the procedure it began under."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from phaseout.casework.models import Act, Case
from phaseout.casework.proceeding.facts import read
from phaseout.law.procedures import Done, Procedure, Replay, State, gone_through, procedure, state


def standing_of(case: Case, acts: Sequence[Act], *, on: date) -> State:
    """What the acts have made of the case at the end of a day.

    Args:
        acts: all acts of the case, in the order of their places.
    """
    return state(pinned(case), done(acts), on=on)


def replay_of(case: Case, acts: Sequence[Act], *, until: date = date.max) -> Replay:
    """The acts of the case gone through, to be asked about one more act and carried on by it."""
    return gone_through(pinned(case), done(acts), until=until)


def pinned(case: Case) -> Procedure:
    """The version of the procedure that the case began under."""
    return procedure(case.procedure, version=case.procedure_version)


def current(case: Case, acts: Iterable[Act]) -> Procedure:
    """The version that the case is under after these acts: an act may have moved it."""
    found = pinned(case)
    for act in acts:
        if act.kind == "move_version":
            found = procedure(case.procedure, version=act.facts["version"])
    return found


def done(acts: Iterable[Act]) -> list[Done]:
    """The acts as the law's engine takes them."""
    return [Done(act.kind, act.done_on, act.served_on, read(act.facts)) for act in acts]


def acts_of(case: Case) -> list[Act]:
    """All acts of the case in the order of their places; people with them, one query."""
    return list(case.acts.select_related("by", "signed_by").order_by("place"))
