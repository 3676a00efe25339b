"""Exits over HTTP: opened on a decision, applied for by the enterprise; what it is told of them."""

from __future__ import annotations

from uuid import uuid4

import pytest

from api_machine import brought, key, machine_of
from journeys import Journey
from phaseout.accounts.powers import Role
from phaseout.casework.models import Case
from phaseout.desk.models import DemoDay


@pytest.fixture
def firm(desk):
    uscc = desk.line().enterprise_id
    return machine_of(desk.person(role=Role.ENTERPRISE, uscc=uscc, function=""))


def application(machine, **given):
    files = [brought(machine).json()["digest"]]
    facts = {"application": files, "exit_form": "整体关停"}
    return {"line": "L1", "facts": facts, **given}


def test_an_enterprise_applies_once_and_reads_its_case(desk, firm):
    once, body = key(), application(firm)
    first, second = (firm.post("/exits", body, **once) for _ in "12")
    assert first.status_code == 201
    assert first.said == second.said
    assert first.said["case"]["number"] == "宁经信退立〔2018〕1号"
    assert first.said["act"]["kind"] == "apply_exit"
    assert firm.post("/exits", application(firm), **key()).said["refused"] == (
        "act.exit-already-open"
    )
    withdrawn = {"kind": "withdraw_application", "facts": {"reason": "改为技术改造"}}
    done = firm.post(f"/cases/{first.said['case']['id']}/acts", withdrawn, **key())
    assert done.status_code == 201
    assert Case.objects.get().stage == "not_upheld"


@pytest.mark.parametrize(
    ("given", "status", "refused"),
    [
        ({"line": "nowhere"}, 404, "not_there"),
        ({"line": ""}, 404, "not_there"),
        ({"facts": {"exit_form": "整体关停"}}, 409, "act.item-missing"),
        ({"facts": {"application": ["0" * 64], "exit_form": "关"}}, 409, "act.file-unknown"),
        ({"facts": {"application": "x"}}, 422, "not_understood"),
    ],
)
def test_what_is_not_taken(desk, firm, given, status, refused):
    answer = firm.post("/exits", application(firm, **given), **key())
    assert (answer.status_code, answer.said["refused"]) == (status, refused)
    assert not Case.objects.exists()


def test_an_office_does_not_apply_for_an_enterprise(desk, officer):
    desk.line()
    answer = officer.post("/exits", application(officer), **key())
    assert (answer.status_code, answer.said["refused"]) == (409, "act.line-of-another")


def test_an_exit_is_opened_on_the_decision_served(desk):
    decided = Journey(desk, "energy")
    decided.decided("order").after("rectification").do("record_overdue").decided("closure")
    DemoDay.objects.create(day=decided.day)
    officer = machine_of(desk.person(), days=360)
    files = [brought(officer).json()["digest"]]
    place = f"/cases/{decided.case.pk}/exit"
    body = {"facts": {"decision_served": files, "exit_form": "整体关停"}}
    opened = officer.post(place, body, **key())
    assert opened.status_code == 201
    exit_ = opened.said["case"]
    assert (exit_["stage"], exit_["line_id"]) == ("opened", decided.case.line_id)
    again = officer.post(place, body, **key(uuid4()))
    assert (again.status_code, again.said["refused"]) == (409, "act.exit-already-open")


def test_the_list_shows_an_enterprise_the_stage_it_was_told_of(desk, officer, firm):
    case = desk.open_(desk.finding(desk.line())).case

    def stages():
        return [m.get("/cases").said["items"][0]["stage"] for m in (officer, firm)]

    journey = Journey.of_case(desk, case)
    assert stages() == ["opened", "opened"]
    journey.do("order.file", "order.collect_evidence", "order.notice")
    assert stages() == ["order.notice_made", "opened"]
    journey.do("order.serve_notice")
    assert stages() == ["order.notified", "order.notified"]
    journey.after("order.reply").do("order.approve_by_head")
    assert stages() == ["order.approved", "order.notified"]
    journey.do("withdraw_case")
    assert stages() == ["withdrawn", "withdrawn"]
