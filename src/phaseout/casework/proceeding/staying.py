"""Decisions of a case whose execution a court or the authority of reconsideration has stayed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from phaseout.casework.models import Act, Case
from phaseout.casework.proceeding.standing import acts_of, standing_of
from phaseout.law.procedures import State
from phaseout.law.refusals import Bilingual

STAY, LIFT = "stay_execution", "lift_stay"


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay that goes on: of which decision, by whom, under which number and of which day;
    `since` is the day on which it was recorded."""

    prefix: str
    decision: Bilingual
    body: str
    number: str
    ruled_on: date
    since: date


def stays(now: State, acts: Sequence[Act]) -> list[Stay]:
    """The stays that go on, in the order of the blocks."""
    found = []
    for block in now.procedure.blocks:
        act = _last(acts, block.prefix)
        # A decision that was annulled has its tracks begun anew: there is nothing left to stay.
        stage = now.stages.get(f"{block.prefix}.stay")
        on = stage is not None and stage.id.endswith("stay_on")
        if act is not None and on:
            facts = act.facts
            found.append(
                Stay(
                    block.prefix,
                    now.procedure.acts[block.decision].name,
                    str(facts.get("ruling_body", "")),
                    str(facts.get("ruling_number", "")),
                    date.fromisoformat(str(facts.get("ruled_on", act.done_on))),
                    act.done_on,
                )
            )
    return found


def stays_behind(case: Case, place: int, today: date) -> list[Stay]:
    """Those of the decision from which a task of the act at `place` came."""
    acts = acts_of(case)
    kind = acts[place - 1].kind if 0 < place <= len(acts) else ""
    going = stays(standing_of(case, acts, on=today), acts)
    return [one for one in going if kind.startswith(f"{one.prefix}.")]


def _last(acts: Sequence[Act], prefix: str) -> Act | None:
    return next((act for act in reversed(acts) if act.kind == f"{prefix}.{STAY}"), None)
