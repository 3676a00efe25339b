"""Exit: on a served decision or by the enterprise's own will; verified, settled, published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from phaseout.law.procedures import checks, procedure
from phaseout.law.procedures.applying import applied_for
from phaseout.law.procedures.rows import AppliedForRow, rows

DAY = date(2022, 3, 1)


def stopped(walk):
    return walk("exit", DAY).all("open_on_decision", "shut_down", "verify_stopped")


def test_an_enterprise_may_ask_to_leave(walk):
    case = walk("exit", DAY).all("apply_exit", "accept_application", "close_enterprise")
    assert case.stage() == "stopped"


def test_a_ban_needs_a_decision(walk):
    case = walk("exit", DAY).all("apply_exit", "accept_application")
    assert case.refused("ban").code == "act.not-on-file"


def published(walk):
    case = stopped(walk)
    case.do("record_revocation").do("record_revocation")
    return case.do("publish_exit", DAY, objections_until=date(2022, 3, 15))


@pytest.mark.parametrize(
    ("day", "code"), [(date(2022, 3, 15), "act.period-running"), (date(2022, 3, 16), None)]
)
def test_an_exit_is_confirmed_after_the_days_for_objections(walk, day, code):
    case = published(walk).do("settlement_confirmed")
    if code:
        assert case.refused("confirm_exit", day).code == code
    else:
        assert case.do("confirm_exit", day).state().stage.ends_as == "exited"


def test_no_exit_with_open_settlement_unless_a_leader_overrides_with_a_reason(walk):
    case = published(walk)
    assert case.refused("confirm_exit", date(2022, 3, 16)).code == "act.not-on-file"
    override = case.procedure.acts["settlement_override"]
    assert (override.role, override.signs) == ("leader", "leader")
    assert [bring.item for bring in override.brings] == ["reason"]
    case.do("settlement_override", date(2022, 3, 16)).do("confirm_exit")


def test_an_objection_is_answered_first(walk):
    case = published(walk).do("settlement_confirmed").do("object", date(2022, 3, 10))
    assert case.refused("confirm_exit", date(2022, 3, 16)).code == "act.unanswered"
    case.do("answer_objection", date(2022, 3, 16)).do("confirm_exit")


def test_an_open_licence_bars_the_exit(walk):
    case = stopped(walk).do("settlement_confirmed")
    case.do("publish_exit", objections_until=date(2022, 3, 15))
    assert case.refused("confirm_exit", date(2022, 3, 16)).code == "act.tasks-open"


def test_a_restart_after_exit_brings_the_case_back(walk):
    case = published(walk).do("settlement_confirmed").do("confirm_exit", date(2022, 3, 16))
    assert case.do("restart_after_exit", date(2022, 9, 1)).stage() == "to_remove"


def test_whose_an_application_is_stands_in_a_table_with_its_clauses():
    whose = applied_for("exit", "apply_exit")
    assert (whose.dimension, whose.lead) == ("technology", "eic")
    assert [clause.clause for clause in whose.clauses] == ["八", "九"]
    with pytest.raises(KeyError):
        applied_for("exit", "open_on_decision")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lead": "hr"}, "application.no-lead"),
        ({"dimension": "weather"}, "application.no-lead"),
        ({"act": "dance"}, "application.no-act"),
        ({"procedure": "energy"}, "application.whose"),
    ],
)
def test_an_application_that_nobody_leads_is_found(monkeypatch, changes, code):
    planted = tuple(replace(row, **changes) for row in rows(AppliedForRow, "applied_for"))

    def read(kind, table):
        return planted if kind is AppliedForRow else rows(kind, table)

    monkeypatch.setattr(checks, "rows", read)
    assert code in {problem.code for problem in checks.check_version(procedure("exit", on=DAY))}
