"""Findings over HTTP: the inbox's filters, reasoning, earlier answers, as of a day."""

from __future__ import annotations

from datetime import date

import pytest

from api_machine import machine_of
from phaseout.accounts.powers import Role


def test_a_finding_travels_whole(desk, officer):
    finding = desk.finding(desk.line(), reasons=["borderline"], provisional=True)
    said = officer.get(f"/findings/{finding.finding_id}").said
    assert (said["value"], said["limit"], said["unit"]) == ("131.5", "112", "kgce/t")
    assert said["explanation"]["because"][0]["cites"] == "energy_limits/GB16780-2012/1"
    assert said["reasons_in_words"][0]["code"] == "borderline"
    assert said["reasons_in_words"][0]["zh"]
    assert said["stands"] is True


def test_the_filters_are_those_of_the_inbox(desk, officer):
    one = desk.finding(desk.line())
    other = desk.finding(desk.line("L2"), verdict="compliant", effect="records")
    far = desk.enterprise("91640200MA00000002", division_code="640202")
    there = desk.finding(desk.line("X1", far))

    def found(**asked):
        return {row["finding"] for row in officer.all("/findings", asked)}

    assert found() == {f.finding_id for f in (one, other, there)}
    assert found(verdict="compliant") == {other.finding_id}
    assert found(city="6402") == {there.finding_id}
    assert found(line="L1") == {one.finding_id}
    assert found(q="L2号线") == {other.finding_id}
    assert found(effect="opens", sort="newest") == {one.finding_id, there.finding_id}
    assert officer.get("/findings", {"industry": "no such"}).status_code == 422
    assert officer.get("/findings", {"dimension": "quality"}).status_code == 422


def test_earlier_answers_and_the_answer_of_a_day(desk, officer):
    finding = desk.finding(desk.line(), found_on=date(2018, 2, 1))
    desk.end(finding, date(2018, 3, 10))
    now = desk.finding(
        finding.line,
        finding_id=finding.finding_id,
        verdict="compliant",
        effect="records",
        found_on=date(2018, 3, 10),
    )
    path = f"/findings/{finding.finding_id}"
    assert officer.get(path).said["version"] == now.pk
    assert officer.get(path, {"as_of": "2018-03-09"}).said["version"] == finding.pk
    assert officer.get(path, {"as_of": "2018-01-31"}).status_code == 404
    assert officer.get(path, {"version": finding.pk}).said["ended_on"] == "2018-03-10"
    assert [v["version"] for v in officer.all(f"{path}/versions")] == [now.pk, finding.pk]
    listed = officer.all("/findings", {"as_of": "2018-03-09"})
    assert [row["version"] for row in listed] == [finding.pk]


def test_a_finding_that_ended_without_another_answer_is_shown_as_it_was(desk, officer):
    finding = desk.finding(desk.line())
    desk.end(finding)
    said = officer.get(f"/findings/{finding.finding_id}").said
    assert (said["stands"], said["ended_on"]) == (False, "2018-03-15")


def test_the_cases_on_a_finding_are_named(desk, officer):
    finding = desk.finding(desk.line())
    case = desk.open_(finding).case
    said = officer.get(f"/findings/{finding.finding_id}").said
    assert said["cases"] == [{"id": case.pk, "number": case.number, "closed_on": None}]


@pytest.mark.parametrize(
    "person",
    [
        {"function": "qts"},
        {"function": "cities", "division": "640200"},
        {"role": Role.ENTERPRISE, "uscc": "91640100MA00000002"},
    ],
)
def test_a_finding_beyond_ones_reach_is_not_there(desk, person):
    finding = desk.finding(desk.line())
    machine = machine_of(desk.person(**person))
    assert machine.get(f"/findings/{finding.finding_id}").status_code == 404
    assert machine.get(f"/findings/{finding.finding_id}/versions").status_code == 404
    assert machine.all("/findings") == []


def test_pages_are_whole_and_stable_while_findings_come_and_go(desk, officer):
    line = desk.line()
    given = [desk.finding(line, ratio=1 + n % 3) for n in range(11)]
    answer = officer.get("/findings", {"limit": 4}).said
    seen = [row["version"] for row in answer["items"]]
    late = desk.finding(line, ratio=5)
    desk.end(given[0])
    while answer["next"]:
        answer = officer.get(answer["next"].removeprefix("/api/v1")).said
        seen += [row["version"] for row in answer["items"]]
    assert len(seen) == len(set(seen))
    assert {f.pk for f in given} - set(seen) <= {given[0].pk}
    assert late.pk not in seen


def test_a_page_costs_the_same_however_many_rows(desk, officer, django_assert_max_num_queries):
    line = desk.line()
    for _ in range(30):
        desk.finding(line)
    with django_assert_max_num_queries(6):
        officer.get("/findings", {"limit": 30})
