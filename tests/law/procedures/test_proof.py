"""The tables are sound, the paths are proved, and every planted fault is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from phaseout.law.procedures import PROCEDURES, Procedure, check, procedure, versions
from phaseout.law.procedures.checks import check_paths, check_version
from phaseout.law.procedures.records import Need
from phaseout.law.procedures.rules import HINDRANCE_CODES


def newest(name: str) -> Procedure:
    return procedure(name, version=versions(name)[-1][0].isoformat())


def test_the_shipped_tables_have_no_problem():
    assert check() == ()


@pytest.mark.parametrize("name", [name for name in PROCEDURES if name != "exit"])
def test_every_procedure_that_punishes_embeds_a_due_process_that_closes(name):
    one = newest(name)
    assert one.punishes and any(block.closes for block in one.blocks)


def with_act(one: Procedure, kind: str, **changes: object) -> Procedure:
    return replace(one, acts={**one.acts, kind: replace(one.acts[kind], **changes)})


def without_needs(one: Procedure, kind: str, *dropped: str) -> Procedure:
    kept = tuple(need for need in one.acts[kind].needs if need.kind not in dropped)
    return with_act(one, kind, needs=kept)


def codes(one: Procedure) -> set[str]:
    return {problem.code for problem in (*check_version(one), *check_paths(one))}


def skip_notice(one: Procedure) -> Procedure:
    """The officer may go from filing to the stage after the notice."""
    return with_act(one, "closure.collect_evidence", to="closure.notified")


def skip_service(one: Procedure) -> Procedure:
    """Making the notice counts as having told it, and starts the reply time."""
    one = with_act(one, "closure.notice", to="closure.notified")
    return reply_runs_from_the_notice(one)


def no_reply_time(one: Procedure) -> Procedure:
    """Nobody waits for the reply any more."""
    kinds = ("closure.legal_review", "closure.submit_for_approval", "order_closure")
    for kind in kinds:
        one = without_needs(one, kind, "past")
    return one


def reply_is_over_by_answering(one: Procedure) -> Procedure:
    """A defence ends the reply time."""
    period = replace(one.periods["closure.reply"], ends_by=("closure.defence",))
    return replace(one, periods={**one.periods, period.id: period})


def reply_runs_from_the_notice(one: Procedure) -> Procedure:
    period = replace(one.periods["closure.reply"], opens_by=("closure.notice",), start="done")
    return replace(one, periods={**one.periods, period.id: period})


def no_approval(one: Procedure) -> Procedure:
    """The decision may be signed without the government."""
    rule = one.acts["order_closure"]
    return with_act(one, "order_closure", from_stages=(*rule.from_stages, "closure.agreed"))


def approved_by_the_department(one: Procedure) -> Procedure:
    return with_act(one, "closure.approve", by="lead")


def closed_without_service(one: Procedure) -> Procedure:
    """The exit may be recorded on a decision nobody has served."""
    rule = without_needs(one, "record_exit", "act").acts["record_exit"]
    one = replace(one, acts={**one.acts, "record_exit": rule})
    return with_act(one, "record_exit", from_stages=(*rule.from_stages, "closure.decided"))


def closed_from_failure(one: Procedure) -> Procedure:
    """A failed recheck may be closed as an exit at once."""
    rule = without_needs(one, "close_exited", "act").acts["close_exited"]
    one = replace(one, acts={**one.acts, "close_exited": rule})
    return with_act(one, "close_exited", from_stages=("exit_recorded", "failed"))


def old_notice_for_new_facts(one: Procedure) -> Procedure:
    """New facts go back to the review, not to a new notice."""
    return with_act(one, "closure.new_facts", to="closure.notified")


PLANTED: list[tuple[Callable[[Procedure], Procedure], str]] = [
    (skip_notice, "path.decision-without-notice"),
    (skip_service, "path.decision-without-notice-served"),
    (no_reply_time, "path.decision-while-reply-runs"),
    (reply_is_over_by_answering, "block.reply-can-end-early"),
    (reply_runs_from_the_notice, "block.reply-not-from-service"),
    (no_approval, "path.decision-without-approval"),
    (approved_by_the_department, "path.closing-not-approved-by-government"),
    (closed_without_service, "path.exit-without-served-decision"),
    (closed_from_failure, "path.exit-without-served-decision"),
    (old_notice_for_new_facts, "path.decision-without-notice"),
]


@pytest.mark.parametrize(("plant", "code"), PLANTED, ids=lambda p: getattr(p, "__name__", ""))
@pytest.mark.parametrize("name", ["energy", "quality"])
def test_a_planted_way_round_the_due_process_is_found(name, plant, code):
    planted = plant(newest(name))
    assert code in codes(planted)


def test_a_fault_shows_the_path_that_leads_to_it():
    problems = [p for p in check_paths(no_approval(newest("energy"))) if "approval" in p.code]
    assert [p.subject for p in problems] == ["order_closure"]
    steps = problems[0].en.split("path: ")[1].split(" → ")
    assert steps[0] == "open" and steps[-1] == "order_closure"
    assert "closure.approve" not in steps


def test_a_technology_case_cannot_dismantle_before_its_decision():
    one = newest("technology")
    rule = one.acts["dismantle"]
    early = with_act(one, "dismantle", from_stages=(*rule.from_stages, "matched"))
    assert "path.exit-without-served-decision" in codes(early)


def test_an_exit_case_needs_a_decision_or_the_enterprises_will():
    one = newest("exit")
    assert "path.exit-without-served-decision" in codes(with_act(one, "open_on_decision", mark=""))


def test_a_stage_that_cannot_be_left_is_found():
    one = newest("quality")
    stuck = with_act(one, "close_met", from_stages=("closed_met",))
    assert {"path.no-way-out", "stage.no-way-out"} & codes(stuck)
    waits = with_act(one, "close_met", needs=(Need("lapsed", ("retest",)),))
    assert "path.no-way-out" in codes(waits)  # a re-test asked for in time never lapses


def test_a_stage_that_cannot_be_reached_is_found():
    one = newest("safety")
    nowhere = with_act(one, "reacceptance_failed", to="suspended")
    nowhere = with_act(nowhere, "record_overdue", to="suspended")
    assert "stage.unreached" in codes(nowhere)


def plant_in_period(one: Procedure, name: str, **changes: object) -> Procedure:
    period = replace(one.periods[name], **changes)
    return replace(one, periods={**one.periods, name: period})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"bases": ()}, "act.no-basis"),
        ({"by": "nobody"}, "act.no-holder"),
        ({"role": ""}, "act.no-holder"),
        ({"signs": "king"}, "act.no-signer"),
        ({"level": "moon"}, "act.no-level"),
        ({"document": "poem"}, "act.no-document"),
        ({"name": ("recheck", "recheck")}, "name.no-chinese"),
        ({"name": ("复查", "")}, "name.no-english"),
        ({"to": "heaven"}, "act.bad-stage"),
        ({"from_stages": ()}, "act.from-nowhere"),
        ({"needs": (Need("act", ("dance",)),)}, "need.nothing"),
        ({"answers": "riddle"}, "act.points-nowhere"),
    ],
)
def test_a_faulty_act_is_found(changes, code):
    planted = with_act(newest("energy"), "recheck_passed", **changes)
    assert code in {problem.code for problem in check_version(planted)}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lapse": ("", "")}, "period.no-consequence"),
        ({"then": ("pray",)}, "period.no-act"),
        ({"opens_by": ()}, "period.never-begins"),
        ({"length": None}, "period.no-length"),
        ({"kind": "eternal"}, "period.bad-kind"),
        ({"opens_by": ("open",)}, "period.no-start"),
    ],
)
def test_a_faulty_period_is_found(changes, code):
    planted = plant_in_period(newest("energy"), "rectification", **changes)
    assert code in {problem.code for problem in check_version(planted)}


def test_a_term_that_the_register_does_not_have_is_found():
    one = newest("energy")
    length = replace(one.periods["rectification"].length, term="procedural_terms/SEED-2017/99")
    planted = plant_in_period(one, "rectification", length=length)
    assert "period.no-term" in {problem.code for problem in check_version(planted)}


def test_every_reason_has_words():
    assert {"act.period-running", "act.not-on-file", "act.wrong-stage"} <= HINDRANCE_CODES
