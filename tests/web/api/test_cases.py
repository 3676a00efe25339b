"""Cases over HTTP: the same act as on the page, once per key."""

from __future__ import annotations

from uuid import uuid4

import pytest

from api_machine import machine_of
from phaseout.accounts.powers import Role
from phaseout.casework.models import Act, Case


def key(value=None):
    return {"Idempotency-Key": str(value or uuid4())}


def test_an_officer_sees_what_would_follow_and_opens(desk, officer):
    finding = desk.finding(desk.line())
    asked = {"findings": [finding.finding_id]}
    before = officer.post("/cases/examine", asked).said
    assert before["office_name"]["zh"] == "自治区经济和信息化委员会"
    assert before["follows"][0]["months"] == 6
    assert before["versions"] == [finding.pk]
    assert Case.objects.count() == 0
    answer = officer.post(
        "/cases", {**asked, "versions": before["versions"], "reason": "查实"}, **key()
    )
    assert answer.status_code == 201
    assert answer.said["number"] == "宁经信能立〔2018〕1号"
    assert answer.said["grounds"][0]["stands"] is True
    assert [act["kind"] for act in answer.said["acts"]] == ["open"]
    assert officer.get(f"/cases/{answer.said['id']}").said == answer.said
    assert [row["number"] for row in officer.all("/cases")] == ["宁经信能立〔2018〕1号"]


def test_one_key_opens_one_case(desk, officer):
    asked = {"findings": [desk.finding(desk.line()).finding_id], "reason": "查实"}
    once = key()
    first, second = (officer.post("/cases", asked, **once) for _ in "12")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.said["id"] == second.said["id"]
    assert Act.objects.count() == 1
    other = {**asked, "findings": [desk.finding(desk.line("L2")).finding_id]}
    assert officer.post("/cases", other, **once).said["refused"] == "key_used_for_another_act"


def test_a_refusal_names_what_stands_in_the_way(desk, officer):
    finding = desk.finding(desk.line(), provisional=True, reasons=["norm_not_verified"])
    answer = officer.post("/cases", {"findings": [finding.finding_id], "reason": "x"}, **key())
    assert answer.status_code == 409
    assert answer.said["refused"] == "finding_provisional"
    assert answer.said["about"][0]["id"] == "energy_limits/GB16780-2012/1"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, {"findings": ["F-1"], "reason": "x"}),
        ({"Idempotency-Key": "not a uuid"}, {"findings": ["F-1"], "reason": "x"}),
        (key(), {"findings": [], "reason": "x"}),
        (key(), {"findings": "F-1", "reason": "x"}),
        (key(), {"findings": ["\x00"], "reason": "x"}),
        (key(), {"findings": ["F-1"], "reason": "\x00"}),
        (key(), {"findings": ["F-1"], "reason": "\ud800"}),
        (key(), {"findings": ["F-1"], "reason": "长" * 2001}),
        (key(), {"findings": ["F-1"], "reason": "x", "versions": ["a"]}),
        (key(), ["F-1"]),
        (key(), None),
    ],
)
def test_what_is_not_understood_is_named(desk, officer, headers, body):
    answer = officer.post("/cases", body, **headers)
    assert answer.status_code == 422
    assert answer.said["refused"] == "not_understood"
    assert answer.said["not_understood"][0]["where"]


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 100_000, b""])
def test_a_body_that_is_no_json_is_not_understood(desk, officer, body):
    answer = officer.client.post(
        "/api/v1/cases",
        body,
        content_type="application/json",
        headers={**officer.headers, **key()},
    )
    assert answer.status_code == 422


def test_numbers_beyond_the_database_are_no_error(desk, officer):
    finding = desk.finding(desk.line())
    asked = {"findings": [finding.finding_id], "reason": "x", "versions": [10**30]}
    assert officer.post("/cases", asked, **key()).said["refused"] == "finding_changed_since"


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ({"function": "cities", "division": "640200"}, 404),
        ({"function": "qts"}, 404),
        ({"role": Role.REVIEWER}, 403),
        ({"role": Role.AUDITOR, "function": "inspection"}, 403),
        ({"role": Role.ENTERPRISE, "uscc": "91640100MA00000001"}, 403),
        ({"role": Role.ADMINISTRATOR}, 403),
        ({"function": "drc"}, 409),
    ],
)
def test_who_may_not_open(desk, person, status):
    finding = desk.finding(desk.line())
    machine = machine_of(desk.person(**person))
    answer = machine.post("/cases", {"findings": [finding.finding_id], "reason": "x"}, **key())
    assert answer.status_code == status
    assert Case.objects.count() == 0


def test_pages_are_whole_and_stable_while_rows_are_added(desk, officer):
    cases = [desk.open_(desk.finding(desk.line(f"L{n:02}"))).case.pk for n in range(7)]
    first = officer.get("/cases", {"limit": 3}).said
    later = desk.open_(desk.finding(desk.line("L99"))).case.pk
    seen = [row["id"] for row in first["items"]]
    while first["next"]:
        first = officer.get(first["next"].removeprefix("/api/v1")).said
        seen += [row["id"] for row in first["items"]]
    assert seen == sorted(cases, reverse=True)
    assert later in [row["id"] for row in officer.all("/cases", {"limit": 2})]


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "NQ",
        "W10",
        "bnVsbA",
        "last",
        "\x00",
        "中",
        "WzEsWyIyMDE4LTAzLTE1IiwiOTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OSJdXQ",
    ],
)
def test_a_cursor_made_up_is_no_error(desk, officer, cursor):
    desk.open_(desk.finding(desk.line()))
    assert officer.get("/cases", {"cursor": cursor}).status_code in (200, 422)


def test_an_enterprise_sees_its_own_case_in_the_list_and_internal_papers_of_none(desk):
    mine = desk.open_(desk.finding(desk.line())).case
    other = desk.enterprise("91640100MA00000002")
    theirs = desk.open_(desk.finding(desk.line("X1", other))).case
    machine = machine_of(desk.person(role=Role.ENTERPRISE, uscc="91640100MA00000001"))
    assert [row["id"] for row in machine.all("/cases")] == [mine.pk]
    for case in (mine, theirs):  # its own site shows what was served on it
        assert machine.get(f"/cases/{case.pk}").status_code == 404
