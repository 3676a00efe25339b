"""立案: what must be so before a case is opened, and what is on record after."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from phaseout.accounts.powers import Role
from phaseout.casework.models import Act, Case, Register
from phaseout.law.refusals import Refusal


def test_a_case_rests_on_its_findings_and_on_the_law_of_the_day(desk):
    finding = desk.finding(desk.line())
    act = desk.open_(finding)
    case = act.case
    assert case.number == "宁经信能立〔2018〕1号"
    assert (case.stage, case.procedure, case.procedure_version) == (
        "opened",
        "energy",
        "2018-01-01",
    )
    assert (case.lead_function, case.office, case.opened_on) == ("eic", "eic", desk.today)
    assert act.organisation_zh == "自治区经济和信息化委员会"
    assert [(b["kind"], b["clause"]) for b in act.basis] == [
        ("opinions", "四"),
        ("law", "16、72"),
        ("norm", "4.1"),
    ]
    (ground,) = act.detail["grounds"]
    assert (ground["finding"], ground["value"], ground["limit"]) == (
        finding.finding_id,
        "131.5",
        "112",
    )
    assert act.detail["follows"][0]["months"] == 6
    assert list(case.findings.all()) == [finding]


def test_several_findings_of_a_line_make_one_case(desk):
    line = desk.line()
    act = desk.open_(desk.finding(line), desk.finding(line), desk.finding(line))
    assert act.case.grounds.count() == 3
    assert Case.objects.count() == 1


def test_an_office_bears_the_name_of_the_day(desk):
    finding = desk.finding(desk.line())
    act = desk.open_(finding, today=date(2018, 11, 13))
    assert act.organisation_zh == "自治区工业和信息化厅"
    assert act.case.number == "宁工信能立〔2018〕1号"


def test_a_city_opens_in_its_territory_under_the_lead_of_the_region(desk):
    officer = desk.person("cities", division="640100")
    act = desk.open_(desk.finding(desk.line()), by=officer)
    assert act.case.number == "银政能立〔2018〕1号"
    assert (act.case.office, act.case.lead_function) == ("city_640100", "eic")
    assert act.organisation_zh == "银川市人民政府"


def test_a_leader_of_the_leading_office_may_open(desk):
    act = desk.open_(desk.finding(desk.line()), by=desk.person(role=Role.LEADER))
    assert act.case.stage == "opened"


def test_a_coal_line_is_led_by_the_coal_mine_bureau(desk):
    mine = desk.enterprise("91640200MA00000009", industry="coal", division_code="640202")
    finding = desk.finding(desk.line("C1", mine), dimension="safety", judged_by="safety")
    act = desk.open_(finding, by=desk.person("cms"))
    assert act.case.lead_function == "cms"
    assert act.detail["lead"] == ["cms", "wsb"]


def test_a_finding_on_the_enterprise_opens_on_the_line_that_was_chosen(desk):
    line = desk.line()
    finding = desk.finding(
        None,
        enterprise=line.enterprise,
        dimension="environment",
        judged_by="safety",
        reasons=["permit_missing"],
        norm_row=None,
    )
    act = desk.open_(finding, by=desk.person("epd"), line_id=line.pk)
    assert act.case.line == line
    assert [f["consequence"] for f in act.detail["follows"]] == ["stop_without_emission_permit"]


def _ended(desk):
    finding = desk.finding(desk.line())
    desk.end(finding)
    return {"findings": [finding]}


def _other_dimension(desk):
    line = desk.line()
    return {"findings": [desk.finding(line), desk.finding(line, dimension="technology")]}


def _other_line(desk):
    return {"findings": [desk.finding(desk.line("L1")), desk.finding(desk.line("L2"))]}


def _other_enterprise(desk):
    other = desk.enterprise("91640100MA00000002")
    return {"findings": [desk.finding(desk.line()), desk.finding(None, enterprise=other)]}


def _strange_line(desk):
    other = desk.line("X1", desk.enterprise("91640100MA00000002"))
    return {"findings": [desk.finding(None)], "line_id": other.pk}


def _changed(desk):
    finding = desk.finding(desk.line())
    return {"findings": [finding], "seen": [finding.pk + 1000]}


def _open_before(desk):
    finding = desk.finding(desk.line())
    desk.open_(finding)
    return {"findings": [finding]}


REFUSED = {
    "no_finding_named": lambda d: {"findings": []},
    "finding_ended": _ended,
    "finding_changed_since": _changed,
    "findings_of_several_dimensions": _other_dimension,
    "findings_of_several_lines": _other_line,
    "findings_of_several_lines ": _other_enterprise,
    "line_not_chosen": lambda d: {"findings": [d.finding(None)]},
    "line_does_not_fit": _strange_line,
    "line_does_not_fit ": lambda d: {"findings": [d.finding(d.line())], "line_id": "L9"},
    "finding_not_noncompliant": lambda d: {
        "findings": [d.finding(d.line(), verdict="compliant", effect="records")]
    },
    "finding_not_noncompliant ": lambda d: {
        "findings": [d.finding(d.line(), verdict="undetermined", effect="records")]
    },
    "finding_opens_no_case": lambda d: {"findings": [d.finding(d.line(), effect="warns")]},
    "finding_provisional": lambda d: {
        "findings": [d.finding(d.line(), provisional=True, reasons=["borderline"])]
    },
    "reason_missing": lambda d: {"findings": [d.finding(d.line())], "reason": " \n "},
    "reason_missing ": lambda d: {"findings": [d.finding(d.line())], "reason": "长" * 2001},
    "case_already_open": _open_before,
    "no_basis_on_record": lambda d: {
        "findings": [d.finding(d.line(), found_on=date(2007, 1, 1))],
        "today": date(2008, 3, 1),
    },
    # who
    "does_not_lead": lambda d: {"findings": [d.finding(d.line())], "by": d.person("drc")},
    "does_not_lead ": lambda d: {
        "findings": [d.finding(d.line())],
        "by": d.person("government", Role.LEADER),
    },
    "does_not_lead  ": lambda d: {
        "findings": [d.finding(d.line(), dimension="safety")],
        "by": d.person("cms"),
    },
    "no_power_to_open": lambda d: {
        "findings": [d.finding(d.line())],
        "by": d.person(role=Role.REVIEWER),
    },
    "no_power_to_open ": lambda d: {
        "findings": [d.finding(d.line())],
        "by": d.person("inspection", Role.AUDITOR),
    },
    "no_power_to_open  ": lambda d: {
        "findings": [d.finding(d.line())],
        "by": d.person(role=Role.ENTERPRISE, uscc=d.enterprise().pk),
    },
    "finding_unknown": lambda d: {"findings": [d.finding(d.line(), dimension="quality")]},
    "finding_unknown ": lambda d: {
        "findings": [d.finding(d.line())],
        "by": d.person("cities", division="640200"),
    },
    "finding_unknown  ": lambda d: {
        "findings": [d.finding(d.line())],
        "by": d.person(role=Role.ADMINISTRATOR),
    },
}


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_refused(desk, case):
    asked = REFUSED[case](desk)
    before = Act.objects.count(), Case.objects.count(), sum(r.last for r in Register.objects.all())
    with pytest.raises(Refusal) as refusal:
        desk.open_(*asked.pop("findings"), **asked)
    assert refusal.value.code == case.strip()
    assert all(all(pair) for pair in (refusal.value.what, refusal.value.why, refusal.value.instead))
    after = Act.objects.count(), Case.objects.count(), sum(r.last for r in Register.objects.all())
    assert before == after


def test_who_reads_more_than_he_may_open_is_told_so(desk):
    """An auditor sees what is another office's; of two posts only one may open."""
    officer = desk.person("eic")
    officer.posts.create(role=Role.AUDITOR, function="inspection", division_code="640000")
    with pytest.raises(Refusal) as refusal:
        desk.open_(desk.finding(desk.line(), dimension="quality"), by=officer)
    assert refusal.value.code == "outside_your_reach"


def test_a_provisional_finding_names_the_row_to_confirm(desk):
    finding = desk.finding(
        desk.line(),
        dimension="environment",
        provisional=True,
        norm_row="energy_limits/GB16780-2012/1",
        reasons=["norm_not_verified", "unit_assumed", "serious_exceedance"],
    )
    with pytest.raises(Refusal) as refusal:
        desk.open_(finding, by=desk.person("epd"))
    about = refusal.value.as_json()["about"]
    assert [(a["kind"], a["id"]) for a in about] == [
        ("norm_row", "energy_limits/GB16780-2012/1"),
        ("condition", "unit_assumed"),
    ]
    assert "GB 16780-2012" in refusal.value.zh


def test_the_refusal_of_a_second_case_points_to_the_first(desk):
    finding = desk.finding(desk.line())
    case = desk.open_(finding).case
    with pytest.raises(Refusal) as refusal:
        desk.open_(finding)
    assert refusal.value.as_json()["about"] == [
        {"kind": "case", "id": case.pk, "zh": case.number, "en": case.number}
    ]


def test_one_line_may_have_cases_in_two_dimensions(desk):
    line = desk.line()
    desk.open_(desk.finding(line))
    act = desk.open_(desk.finding(line, dimension="quality"), by=desk.person("qts"))
    assert act.case.number == "宁质监质立〔2018〕1号"


def test_a_closed_case_stays_closed_and_a_relapse_opens_a_new_one(desk):
    finding = desk.finding(desk.line())
    first = desk.open_(finding).case
    Case.objects.filter(pk=first.pk).update(stage="closed", closed_on=desk.today)
    second = desk.open_(finding).case
    assert second.pk != first.pk
    assert second.number == "宁经信能立〔2018〕2号"


def test_an_act_sent_twice_happens_once(desk):
    finding, key = desk.finding(desk.line()), uuid4()
    first = desk.open_(finding, key=key)
    assert desk.open_(finding, key=key) == first
    assert Act.objects.count() == 1


def test_a_key_is_for_one_act_of_one_person(desk):
    key = uuid4()
    desk.open_(desk.finding(desk.line("L1")), key=key)
    with pytest.raises(Refusal, match="key_used_for_another_act"):
        desk.open_(desk.finding(desk.line("L2")), key=key)


def test_registers_count_by_office_dimension_and_year(desk):
    numbers = [
        desk.open_(desk.finding(desk.line(f"L{n}")), today=today).case.number
        for n, today in enumerate([date(2018, 12, 30), date(2018, 12, 31), date(2019, 1, 1)])
    ]
    city = desk.open_(desk.finding(desk.line("L9")), by=desk.person("cities", division="640100"))
    assert numbers == ["宁工信能立〔2018〕1号", "宁工信能立〔2018〕2号", "宁工信能立〔2019〕1号"]
    assert city.case.number == "银政能立〔2018〕1号"


def test_that_a_finding_is_provisional_is_said_before_a_line_is_asked_for(desk):
    finding = desk.finding(None, provisional=True, reasons=["borderline"])
    with pytest.raises(Refusal, match="finding_provisional"):
        desk.open_(finding)
