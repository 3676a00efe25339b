"""Acts of a case over HTTP: files first, then the act; prepared, signed, refused as on pages."""

from __future__ import annotations

from datetime import date

import pytest

from api_machine import brought, key, machine_of
from phaseout.accounts.powers import Role
from phaseout.casework.models import Act
from phaseout.desk.models import DemoDay


@pytest.fixture
def case(desk):
    return desk.open_(desk.finding(desk.line())).case


def asked(machine, kind, **given):
    """The act with a file for every item it names by `files`."""
    digest = brought(machine).json()["digest"]
    facts = {item: [digest] for item in given.pop("files", ())}
    return {"kind": kind, "facts": {**facts, **given.pop("facts", {})}, **given}


def test_a_file_then_a_proposal_then_a_signature_then_an_act(desk, officer, case):
    body = asked(officer, "order.file", files=["filing_report"], reason="证据充分")
    prepared = officer.post(f"/cases/{case.pk}/proposals", body, **key())
    assert prepared.status_code == 201
    assert prepared.said["state"] == "waiting"
    leader = machine_of(desk.person(role=Role.LEADER))
    place = f"/proposals/{prepared.said['id']}"
    assert leader.get(place).said == prepared.said
    signed = leader.post(f"{place}/sign", {"digest": prepared.said["digest"]}, **key())
    assert signed.status_code == 201
    assert signed.said["signed_by"] == str(desk.person(role=Role.LEADER))
    done = officer.post(
        f"/cases/{case.pk}/acts",
        asked(officer, "order.collect_evidence", files=["evidence"], seen=2),
        **key(),
    )
    assert done.status_code == 201
    assert done.said["place"] == 3
    assert leader.post(f"{place}/decline", {"answer": "x"}).said["refused"] == "proposal.settled"


def test_what_a_leader_signs_is_not_done_alone(officer, case):
    body = asked(officer, "order.file", files=["filing_report"])
    answer = officer.post(f"/cases/{case.pk}/acts", body, **key())
    assert (answer.status_code, answer.said["refused"]) == (409, "act.needs-signature")


def test_returned_and_taken_back(desk, officer, case):
    leader = machine_of(desk.person(role=Role.LEADER))
    for how, by, said in (("decline", leader, "declined"), ("withdraw", officer, "withdrawn")):
        body = asked(officer, "order.file", files=["filing_report"])
        place = (
            f"/proposals/{officer.post(f'/cases/{case.pk}/proposals', body, **key()).said['id']}"
        )
        assert by.post(f"{place}/{how}", {"answer": "补充证据"}).said["state"] == said


def test_one_key_one_act(desk, officer, case):
    desk.walk(case, "order.file")
    once, body = key(), asked(officer, "order.collect_evidence", files=["evidence"])
    first, second = (officer.post(f"/cases/{case.pk}/acts", body, **once) for _ in "12")
    assert first.said == second.said
    assert Act.objects.filter(kind="order.collect_evidence").count() == 1
    assert officer.post(f"/cases/{case.pk}/acts", body).status_code == 422


def test_who_saw_less_is_told(desk, officer, case):
    desk.walk(case, "order.file")
    body = asked(officer, "order.collect_evidence", files=["evidence"], seen=1)
    answer = officer.post(f"/cases/{case.pk}/acts", body, **key())
    assert (answer.status_code, answer.said["refused"]) == (409, "act.case-moved-on")
    assert answer.said["about"][0]["id"] == case.pk


def test_a_file_of_somebody_else_is_not_attached(desk, officer, case):
    strange = brought(machine_of(desk.person("epd"))).json()["digest"]
    body = {"kind": "order.file", "facts": {"filing_report": [strange]}}
    answer = officer.post(f"/cases/{case.pk}/proposals", body, **key())
    assert (answer.status_code, answer.said["refused"]) == (409, "act.file-unknown")


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({}, "act.item-missing"),
        ({"evidence": ["0" * 64]}, "act.file-unknown"),
        ({"x": "y"}, "act.items-unknown"),
    ],
)
def test_what_the_act_does_not_carry_or_should_not(desk, officer, case, facts, refused):
    desk.walk(case, "order.file")
    body = {"kind": "order.collect_evidence", "facts": facts}
    answer = officer.post(f"/cases/{case.pk}/acts", body, **key())
    assert (answer.status_code, answer.said["refused"]) == (409, refused)


@pytest.mark.parametrize(
    "facts",
    [
        {"months": "3"}, {"months": True}, {"exit_by": "tomorrow"}, {"exit_by": 5},
        {"amount": "1e9"}, {"evidence": "0" * 64}, {"evidence": ["x"]}, {"answers": ["a"]},
        {"licences": [{"licence": "a"}]}, {"points": [1]}, {"reason": "\x00"},
        {"reason": "\ud800"}, {"\x00": "a"}, {"told_at": "9 o'clock"}, {"urgent": "yes"},
    ],
)  # fmt: skip
def test_facts_of_another_type_are_not_understood(officer, case, facts):
    answer = officer.post(
        f"/cases/{case.pk}/acts", {"kind": "order.collect_evidence", "facts": facts}, **key()
    )
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ({"function": "drc"}, 409),
        ({"function": "epd"}, 404),
        ({"function": "cities", "division": "640200"}, 404),
        ({"role": Role.AUDITOR, "function": "inspection"}, 403),
        ({"role": Role.ENTERPRISE, "uscc": "91640100MA00000002"}, 404),
        ({"role": Role.ENTERPRISE, "uscc": "91640100MA00000001"}, 409),
    ],
)
def test_whose_act_it_is_not(desk, case, person, status):
    body = {"kind": "order.file", "facts": {}}
    answer = machine_of(desk.person(**person)).post(f"/cases/{case.pk}/acts", body, **key())
    assert answer.status_code == status
    assert status != 409 or answer.said["refused"] == "act.of-another"


def test_a_service_in_the_future_is_refused(desk, officer, case):
    desk.walk(case, "order.file", "order.collect_evidence", "order.notice")
    body = asked(
        officer, "order.serve_notice", files=["service_proof"],
        facts={"service_way": "in_person"}, served_from="2018-03-16",
    )  # fmt: skip
    answer = officer.post(f"/cases/{case.pk}/acts", body, **key())
    assert answer.said["refused"] == "act.served-in-the-future"


def test_deadlines_with_their_certificates_and_tasks(desk, officer, case):
    on = date(2018, 4, 2)
    DemoDay.objects.create(day=on)
    desk.walk(
        case, "order.file", "order.collect_evidence", "order.notice", "order.serve_notice",
        ("order.approve_by_head", on), "order_rectification", "order.serve_decision",
    )  # fmt: skip
    deadlines = {one["period"]: one for one in officer.get(f"/cases/{case.pk}/deadlines").said}
    assert deadlines["rectification"]["due"] == "2018-10-08"
    assert deadlines["rectification"]["certificate"]["steps"]
    tasks = officer.get(f"/cases/{case.pk}/tasks").said
    assert "assist_rectification" in {one["task"] for one in tasks}
    own = machine_of(desk.person(role=Role.ENTERPRISE, uscc=case.enterprise_id))
    assert own.get(f"/cases/{case.pk}/deadlines").status_code == 404


def test_a_file_is_known_by_its_content(officer):
    first, again = brought(officer), brought(officer)
    assert first.status_code == 201
    assert first.json()["digest"] == again.json()["digest"]
    wrong = brought(officer, b"<script>")
    assert (wrong.status_code, wrong.json()["refused"]) == (409, "evidence.kind-not-taken")
