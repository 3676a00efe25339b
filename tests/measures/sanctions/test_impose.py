"""Who is overdue is found; a named officer makes the sanction, on a basis and, later, a list."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from phaseout.documents import saying
from phaseout.evidence.digests import canonical
from phaseout.law.refusals import Refusal
from phaseout.law.sanctions.clocks import last_day
from phaseout.measures.sanctions.found import proposals
from phaseout.measures.sanctions.models import Sanction, SanctionAct, SanctionTask


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


def test_a_period_is_a_ground_from_the_day_after_its_last(commission) -> None:
    journey = commission.overdue()
    last = journey.day - timedelta(days=1)
    found = [len(list(proposals(last + timedelta(days=n)))) for n in (-1, 0, 1)]
    assert found == [0, 0, 1]
    one = next(proposals(journey.day))
    assert (one.number, one.period, one.due) == (journey.case.number, "rectification", last)
    assert one.facts(journey.day)["days_late"] == 1


def test_who_has_reported_waits_for_the_recheck_and_who_fails_it_is_found(commission) -> None:
    journey = commission.ordered().do("report_completion").after("rectification")
    seen = [len(list(proposals(journey.day)))]
    journey.do("recheck_failed")
    assert [*seen, len(list(proposals(journey.day)))] == [0, 1]


def test_a_sanction_is_an_act_with_its_basis_and_a_task_for_each_authority(commission) -> None:
    journey = commission.overdue()
    sanction = commission.impose(journey)
    assert sanction.act.by == commission.officer
    assert sanction.act.organisation_zh == "自治区发展和改革委员会"
    assert "SC-2010-7" in sanction.bases
    tasks = set(SanctionTask.objects.values_list("area", "office"))
    assert {("land", "land"), ("tax", "tax_state"), ("procurement", "finance")} <= tasks
    assert ("safety_licence", "wsb") in tasks, "a cement works has no coal mine"
    assert ("safety_licence", "cms") not in tasks
    assert {task.due for task in SanctionTask.objects.all()} == {
        last_day("answer_task", journey.day)
    }
    assert not list(proposals(journey.day)), "a ground has one sanction"


def test_sent_twice_it_happens_once_and_a_ground_has_one_sanction(commission) -> None:
    journey = commission.lapsed()
    ways = commission.ways(journey.day)
    first = commission.impose(journey, **ways)
    assert commission.impose(journey, **ways) == first
    assert refused(commission.impose, journey) == "sanction.already"
    assert Sanction.objects.count() == SanctionAct.objects.filter(kind="impose").count() == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"bases": []}, "sanction.no-basis"),
        ({"bases": ["SEED-2017-17"]}, "sanction.basis-too-low"),
        ({"bases": ["GPL-22"]}, "sanction.area-without-basis"),
        ({"areas": []}, "sanction.no-area"),
        ({"severity": "grave"}, "sanction.severity-unknown"),
        ({"reason": " "}, "sanction.no-reason"),
    ],
)
def test_a_sanction_without_what_it_rests_on_is_refused(commission, given, code) -> None:
    assert refused(commission.impose, commission.lapsed(), **given) == code
    assert not Sanction.objects.exists()


@pytest.mark.parametrize("period", ["exit_by", "nothing"])
def test_what_is_not_overdue_is_refused(commission, period) -> None:
    assert refused(commission.impose, commission.lapsed(), period) == "sanction.not-overdue"


def test_another_department_does_not_impose(commission) -> None:
    journey, other = commission.lapsed(), commission.desk.person("eic")
    assert refused(commission.impose, journey, by=other) == "sanction.not-yours"


@pytest.mark.parametrize(
    ("on", "areas", "code"),
    [
        (date(2020, 12, 6), ["land"], None),
        (date(2020, 12, 7), ["land"], "sanction.no-list-edition"),
        (date(2021, 12, 31), ["land"], "sanction.not-on-list"),
        (date(2021, 12, 31), ["funds"], None),
    ],
)
def test_since_the_state_council_asked_for_it_a_sanction_stands_on_the_list(
    commission, on, areas, code
) -> None:
    journey = commission.lapsed()
    journey.day = on
    given = {"areas": areas, "bases": ["SC-2010-7"]}
    if code is None:
        sanction = commission.impose(journey, **given)
        assert sanction.list_edition == ("2021" if on.year == 2021 else "")
    else:
        assert refused(commission.impose, journey, **given) == code


def test_what_is_stayed_is_no_ground(commission) -> None:
    journey = commission.closed()
    court = {"ruling_body": "银川市某区人民法院", "ruling_number": "（2018）宁0104行初9号"}
    journey.do("closure.apply_reconsideration")
    later = journey.day + timedelta(days=1)
    assert refused(journey.do, "closure.stay_execution", ruled_on=later) == (
        "act.ruled-in-the-future"
    )
    journey.do("closure.stay_execution", ruled_on=journey.day, **court)
    paper = journey.case.papers.get(document="stay_notice")
    for told in (*court.values(), saying.day(journey.day), "停止执行以该文书为准"):
        assert told in canonical(paper.content)  # recorded by the office, ruled by the court
    assert refused(commission.impose, journey, "exit_by") == "sanction.stayed"
    journey.do("closure.lift_stay")
    assert commission.impose(journey, "exit_by").ground == "exit_overdue"


@pytest.mark.parametrize("table", ["sanction", "sanctionact", "sanctiontask"])
def test_the_database_refuses_to_change_what_was_done(commission, table) -> None:
    commission.impose(commission.lapsed())
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(f"UPDATE sanctions_{table} SET id = id")
