"""Real cases, not abstract ones, come to every stage and do every act of these procedures.

The short procedures are searched here; those with two due processes and more would take minutes,
and their ends are reached one by one in their own tests. Of the tracks beside a decision (remedy,
stay, enforcement) the tests of the due process speak.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from phaseout.law.procedures import ActRule, procedure
from phaseout.law.refusals import Refusal

BEGINS = date(2019, 3, 4)
WALKS, STEPS = 400, 60
WAITS = (0, 1, 3, 10, 45, 100)


def own_line(rule: ActRule) -> bool:
    beside = "." in rule.track or rule.kind.endswith("decision_annulled")
    return not beside and rule.kind != "move_version"


def explore(walk, name: str) -> tuple[set[str], set[str]]:
    """Walk towards what was seen least until everything was seen; the stages and acts not seen."""
    one = procedure(name, on=BEGINS)
    seen: Counter[str] = Counter()
    chance = random.Random(5)
    wanted = {rule.kind for rule in one.acts.values() if own_line(rule)}
    missing_acts = set(wanted)
    missing_stages = {stage.id for stage in one.stages.values() if "." not in stage.track}
    for _ in range(WALKS):
        case = walk(name, BEGINS)
        for _ in range(STEPS):
            missing_stages -= {stage.id for stage in case.state().stages.values()}
            if not missing_acts and not missing_stages:
                return missing_stages, missing_acts
            case.day += timedelta(days=chance.choice(WAITS))
            rules = [rule for rule in case.state().may if rule.kind in wanted]
            usual = [rule for rule in rules if rule.block != "common"]
            may = [r.kind for r in (usual if usual and chance.random() < 0.97 else rules)]
            if not may:
                break
            kind = min(may, key=lambda kind: (seen[kind], chance.random()))
            seen[kind] += 1
            try:
                case.do(kind)
            except Refusal:
                continue
            missing_acts.discard(kind)
    return missing_stages, missing_acts


@pytest.mark.parametrize("name", ["technology", "exit"])
def test_real_cases_come_to_every_stage_and_do_every_act(walk, name):
    assert explore(walk, name) == (set(), set())
