"""The tables of lists: every act they name is one of the procedure; spells by their edges."""

from __future__ import annotations

from datetime import date

import pytest

from phaseout.law.lists.columns import all_columns, columns_of, public_part
from phaseout.law.lists.grounds import Ended, Step, cause_of, cause_words, ground_rules, spells
from phaseout.law.lists.kinds import list_kinds
from phaseout.law.lists.tasks import list_tasks
from phaseout.law.lists.terms import objection_period
from phaseout.law.opinions import Opinions
from phaseout.law.procedures import PROCEDURES, procedure
from phaseout.law.procedures.rows import TaskRow, rows

DAY = date(2018, 3, 15)
SERVED = "order.serve_decision"


def rule(kind, procedure_name=None):
    return next(
        r for r in ground_rules() if r.kind == kind and procedure_name in (None, r.procedure)
    )


def acts(*kinds):
    return [Step(n, kind, date(2018, 1, n)) for n, kind in enumerate(kinds, 1)]


@pytest.mark.parametrize("one", ground_rules(), ids=lambda r: f"{r.kind} {r.procedure}")
def test_every_act_of_a_ground_is_one_of_its_procedure(one) -> None:
    known = procedure(one.procedure, on=DAY).acts
    assert one.enters | one.leaves | one.cancels <= known.keys()
    assert all(cause_words(cause_of(kind))[0] for kind in one.leaves | one.cancels)
    assert all(cause_of(kind) != "over" for kind in one.leaves | one.cancels)


def test_every_list_has_a_publisher_that_leads_clause_21_and_a_ground() -> None:
    leads = Opinions.of().lead(21)
    assert {kind.function for kind in list_kinds()} <= {*leads}
    assert {kind.key for kind in list_kinds()} == {r.kind for r in ground_rules()}


TO_CLOSE = ("order_closure", "order_elimination")
"""What the decision of a block that closes is called in the tables."""
EQUIPMENT_ONLY = {"technology"}
"""Clause (8) takes out equipment and closes no firm: lists of sealed equipment and of exits."""


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_way_to_closure_leads_to_the_red_list_of_each_department(name) -> None:
    closing = {b.prefix for b in procedure(name, on=DAY).blocks if b.decision.endswith(TO_CLOSE)}
    red = {r.kind: r for r in ground_rules() if r.kind.startswith("red-") and r.procedure == name}
    if name == "exit" or name in EQUIPMENT_ONLY:  # an exit follows from a decision, or is asked for
        assert not red
        return
    assert closing == {"closure"}
    assert red and all(r.enters == {"closure.serve_decision"} for r in red.values())
    yellow = {r.kind: r for r in ground_rules() if r.kind.startswith("yellow-")}
    for one in yellow.values():  # whoever is closed is on one of the two
        if one.procedure == name:
            assert "closure.serve_decision" in one.leaves


def test_every_task_of_clause_21_is_done_by_a_list_and_only_those() -> None:
    raised = {
        (one, row.task)
        for row in rows(TaskRow, "tasks")
        if (row.source_id, row.clause) == ("SEED-2017", "二十一")
        for one in PROCEDURES
        if any(t.id == row.task for t in procedure(one, on=DAY).tasks)
    }
    named = ("technology", "publish_name")  # clause 8: the edition that names the firm announces it
    assert {(t.procedure, t.task) for t in list_tasks()} == {*raised, named}
    grounds = {(r.kind, r.procedure) for r in ground_rules()}
    assert {(t.kind, t.procedure) for t in list_tasks()} <= grounds


@pytest.mark.parametrize(
    ("kind", "done", "closed", "ended", "cause"),
    [
        ("yellow-energy", ("open",), None, None, None),
        ("yellow-energy", (SERVED,), None, "stands", None),
        ("yellow-energy", (SERVED, "recheck_passed"), None, "stands", None),
        ("yellow-energy", (SERVED, "close_met"), 2, Ended.LEFT, "met"),
        ("yellow-energy", (SERVED, "closure.serve_decision"), None, Ended.LEFT, "closed"),
        ("yellow-energy", (SERVED, "order.decision_annulled"), None, Ended.CANCELLED, "annulled"),
        ("yellow-energy", (SERVED, "withdraw_case"), 2, Ended.CANCELLED, "withdrawn"),
        ("yellow-energy", (SERVED, "merge_into"), 2, Ended.LEFT, "over"),
        ("red-energy", ("closure.serve_decision", "close_exited"), 2, Ended.LEFT, "exited"),
        ("red-environment", ("closure.serve_decision",), None, "stands", None),
        ("red-environment", ("closure.serve_decision", "close_exited"), 2, Ended.LEFT, "exited"),
        ("red-environment", ("closure.serve_decision", "suspension.decision_annulled"), None,
         Ended.CANCELLED, "annulled"),
        ("serious", ("follow_up_same",), None, "stands", None),
        ("exits", ("confirm_exit",), 1, "stands", None),
        ("exits", ("confirm_exit", "restart_after_exit"), None, Ended.CANCELLED, "restarted"),
        ("sealed", ("record_sealed", "record_restart"), None, Ended.LEFT, "restarted"),
        ("serious", ("record_serious", "closure.not_to_decide"), None, Ended.LEFT, "not_decided"),
    ],
)  # fmt: skip
def test_how_a_ground_ends(kind, done, closed, ended, cause) -> None:
    found = spells(rule(kind), acts(*done), closed and date(2018, 1, closed), DAY)
    if ended is None:
        assert not found
    elif ended == "stands":
        assert [s.ended for s in found] == [None]
    else:
        assert [(s.ended, s.cause, s.ended_on) for s in found] == [
            (ended, cause, date(2018, 1, len(done)))
        ]


@pytest.mark.parametrize(("on", "count"), [(1, 0), (2, 1), (3, 1)])
def test_a_decision_served_by_public_notice_counts_from_the_day_of_service(on, count) -> None:
    served = [Step(1, SERVED, date(2018, 1, 2))]
    assert len(spells(rule("yellow-energy"), served, None, date(2018, 1, on))) == count


def test_sealed_again_after_a_restart_is_another_ground() -> None:
    found = spells(
        rule("sealed", "exit"), acts("record_sealed", "record_restart", "record_sealed"), None, DAY
    )
    assert [(s.place, s.ended) for s in found] == [(1, Ended.LEFT), (3, None)]


def test_nothing_is_in_an_entry_that_is_not_marked_public() -> None:
    everything = {column.key: "值" for column in all_columns()} | {"phone": "1", "reason": "x"}
    for kind in list_kinds():
        entry = public_part(kind.key, everything)
        assert list(entry) == [column.key for column in columns_of(kind.key)]
        assert not {"case_number", "line_id", "employees", "phone", "reason"} & entry.keys()


def test_one_may_object_for_five_working_days() -> None:
    due = objection_period(date(2018, 3, 15)).due  # a Thursday
    assert (due.year, due.month, due.day) == (2018, 3, 22)
