"""Whatever lawful acts are done in whatever order: the promises of the engine hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from phaseout.law.procedures import Done, admit, state
from phaseout.law.procedures.plain import state_as_data
from phaseout.law.procedures.records import StageKind
from phaseout.law.refusals import Refusal

PUNISHING = ["energy", "environment", "quality", "safety", "technology"]
EMERGENCY = {"terminate", "merge_into", "transfer_out", "withdraw_case", "move_version"}
STEPS = 45

choices = st.lists(
    st.tuples(st.integers(0, 10_000), st.sampled_from([0, 0, 0, 1, 3, 8, 40, 200])),
    min_size=5,
    max_size=STEPS,
)
begins = st.dates(date(2017, 1, 1), date(2024, 6, 30))


def wander(walk: Any, name: str, start: date, steps: list[tuple[int, int]]) -> Any:
    """Do acts that the state says may be done, chosen by the numbers, after the days given.

    Acts that lead on are taken twice as often as the emergency ones, or walks end at once.
    """
    case = walk(name, start)
    for number, days in steps:
        case.day += timedelta(days=days)
        may = case.state().may
        kinds = [rule.kind for rule in may if rule.kind not in EMERGENCY] or [r.kind for r in may]
        if number % 17 == 0:
            kinds = [rule.kind for rule in may if rule.kind != "move_version"] or kinds
        if not kinds:
            break
        act = case.act(kinds[number % len(kinds)], case.day)
        try:
            admit(case.procedure, case.acts, act)
        except Refusal as refusal:  # what it carries does not fit (a hearing day, a length)
            assert refusal.code in {
                "act.too-late-before",
                "act.longer-than-term",
                "act.task-unknown",
                "act.points-unanswered",
                "period.no-calendar",
            }, refusal.en
            continue
        case.acts.append(act)
    return case


# Not shrunk: a walk of 45 acts shrinks for minutes, and the walk itself tells what went wrong.
walks = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@pytest.mark.parametrize("name", [*PUNISHING, "exit"])
@walks
@given(start=begins, steps=choices)
def test_what_the_state_offers_is_lawful_and_stays_so(walk, name, start, steps):
    case = wander(walk, name, start, steps)
    assert case.state().irregular == ()


@pytest.mark.parametrize("name", PUNISHING)
@walks
@given(start=begins, steps=choices)
def test_no_decision_is_signed_while_a_reply_time_runs(walk, name, start, steps):
    case = wander(walk, name, start, steps)
    decisions = {block.decision: block.prefix for block in case.procedure.blocks}
    for index, act in enumerate(case.acts):
        if act.kind not in decisions:
            continue
        prefix = decisions[act.kind]
        before = state(case.procedure, case.acts[:index], on=act.on)
        reply = [d for d in before.deadlines if d.period == f"{prefix}.reply"][-1]
        assert reply.due is not None and act.on > reply.due
        served = [a for a in case.acts[:index] if a.kind == f"{prefix}.serve_notice"][-1]
        assert served.served_on is not None and reply.due > served.served_on


@pytest.mark.parametrize("name", PUNISHING)
@walks
@given(start=begins, steps=choices)
def test_an_exit_has_notice_approval_decision_and_service_before_it(walk, name, start, steps):
    case = wander(walk, name, start, steps)
    if case.state().stage.ends_as != "exited":
        return
    kinds = [act.kind for act in case.acts]
    (block,) = [block for block in case.procedure.blocks if block.closes]
    approve = "approve" if "government" in block.options else "approve_by_head"
    places = [
        len(kinds) - 1 - kinds[::-1].index(kind)
        for kind in (
            f"{block.prefix}.notice",
            f"{block.prefix}.serve_notice",
            f"{block.prefix}.{approve}",
            block.decision,
            f"{block.prefix}.serve_decision",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("name", [*PUNISHING, "exit"])
@walks
@given(start=begins, steps=choices, later=st.integers(0, 900))
def test_the_state_is_a_function_of_its_arguments(walk, name, start, steps, later):
    case = wander(walk, name, start, steps)
    on = case.day + timedelta(days=later)
    once = state_as_data(state(case.procedure, case.acts, on=on))
    again = state_as_data(state(case.procedure, list(case.acts), on=on))
    assert once == again


@pytest.mark.parametrize("name", [*PUNISHING, "exit"])
@walks
@given(start=begins, steps=choices, later=st.integers(1, 900))
def test_time_alone_moves_no_stage_and_no_last_day(walk, name, start, steps, later):
    """Only a pause that still runs adds days; a lapse, once there, stays."""
    case = wander(walk, name, start, steps)
    now, then = case.state(), case.state(case.day + timedelta(days=later))
    assert {k: s.id for k, s in now.stages.items()} == {k: s.id for k, s in then.stages.items()}
    paused = now.stages["pause"].id == "paused"
    for one, two in zip(now.deadlines, then.deadlines, strict=True):
        waits = paused or one.period.endswith("decision_time")
        assert one.due == two.due or (waits and (two.due is None or one.due < two.due))
        if one.standing.value == "uncounted":
            assert two.standing.value in ("uncounted", "ended")
        if one.standing.value == "lapsed":
            assert two.standing.value == "lapsed"


@pytest.mark.parametrize("name", [*PUNISHING, "exit"])
@walks
@given(start=begins, steps=choices)
def test_every_act_is_allowed_or_refused_with_words(walk, name, start, steps):
    case = wander(walk, name, start, steps)
    now = case.state()
    assert {choice.rule.kind for choice in now.choices} == set(now.procedure.acts)
    for choice in now.choices:
        if choice.refusal is not None:
            assert all(choice.refusal.what) and all(choice.refusal.why)
            assert all(choice.refusal.instead)
            assert "{" not in choice.refusal.zh and "{" not in choice.refusal.en


@pytest.mark.parametrize("name", [*PUNISHING, "exit"])
@walks
@given(start=begins, steps=choices)
def test_a_closed_case_knows_no_act_of_the_office_but_reopening(walk, name, start, steps):
    case = wander(walk, name, start, steps)
    now = case.state()
    if now.stage.kind is StageKind.END:
        on_main = {rule.kind for rule in now.may if rule.track == "main"}
        assert on_main <= {"reopen", "restart_after_exit"} | {
            kind for kind in on_main if kind.endswith("decision_annulled")
        }
        assert all(d.kind in ("right", "reply", "advice") or d.runs_from >= case.acts[-1].on
                   or d.opened_by > 0 for d in now.running)  # fmt: skip


@walks
@given(start=begins, steps=choices)
def test_an_act_sent_twice_on_the_same_stage_is_told_what_happened(walk, start, steps):
    case = wander(walk, "energy", start, steps)
    if not case.acts:
        return
    last: Done = case.acts[-1]
    rule = case.state().procedure.acts[last.kind]
    if rule.moves and rule.to not in rule.from_stages:
        with pytest.raises(Refusal) as refusal:
            admit(case.procedure, case.acts, last)
        assert refusal.value.code in {"act.wrong-stage", "act.case-paused"}
