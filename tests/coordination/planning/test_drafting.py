"""Drafts: computed from findings and cases, changed with reasons, never edited."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from phaseout.coordination.planning import acts
from phaseout.coordination.planning.acts import Edits, LineEdit, TextEdit
from phaseout.coordination.planning.models import Goal, PlanAct, PlannedLine, WorkPlan
from phaseout.law.refusals import Refusal

YEAR_END = date(2018, 12, 31)


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


def test_goals_are_sums_over_the_lines_found(bureau) -> None:
    bureau.line("A", governing="dismantle", governing_dimension="technology")
    bureau.line("B", governing="dismantle", governing_dimension="technology", amount=None)
    bureau.line("C")
    bureau.line("D", outdated="provisionally")
    bureau.line("E", outdated="no")
    plan = bureau.drafted()
    exit_, rectify = plan.goals.all()
    assert (exit_.aim, exit_.lines, exit_.enterprises, exit_.untold) == ("exit", 2, 2, 1)
    assert [(a.product, a.unit, a.amount) for a in exit_.amounts.all()] == [
        ("水泥", "t/a", Decimal(600_000))
    ]
    assert (rectify.aim, rectify.lines) == ("rectify", 1)
    assert [(m.by, m.lines) for m in exit_.milestones.all()] == [(YEAR_END, 2)]
    planned = bureau.planned(plan)
    assert set(planned) == {"A", "B", "C", "D"}
    assert (planned["D"].included, planned["D"].left_out) == (False, "provisional")
    assert plan.act.content["goals"][0]["amounts"] == [["水泥", "t/a", "600000"]]


def test_the_measures_are_those_the_lines_call_for(bureau) -> None:
    bureau.line("A", governing="dismantle", governing_dimension="technology")
    plan = bureau.drafted()
    clauses = [(one.clause, one.industry) for one in plan.measures.all()]
    assert (8, "cement") in clauses and (9, "cement") in clauses and (14, "") in clauses
    assert not {4, 5, 6, 7, 11} & {clause for clause, _ in clauses}
    days = [one.due for one in plan.measures.filter(clause=19)]
    assert days == [date(2018, 12, 31), date(2019, 1, 31)]
    assert plan.measures.get(clause=8).lead == ["eic", "drc", "qts", "cms"]


def test_a_case_goes_before_a_finding_and_gives_its_own_day(bureau) -> None:
    line = bureau.line("A", governing="dismantle", governing_dimension="technology")
    case = bureau.desk.open_(bureau.desk.finding(line), by=bureau.officer).case
    plan = bureau.drafted()
    planned = bureau.planned(plan)["A"]
    assert (planned.ground, planned.case, planned.aim) == ("case", case, "rectify")
    assert planned.office == case.office
    lasts = [
        one.due for one in case.deadlines.filter(going=True) if one.due and one.kind != "right"
    ]
    assert planned.due == (max(lasts) if lasts else YEAR_END)
    later = bureau.planned(bureau.drafted(year=2019))["A"]
    assert later.due == max([one for one in lasts if one.year == 2019], default=date(2019, 12, 31))


def test_what_is_changed_has_its_reason_and_stays_changed(bureau) -> None:
    bureau.line("A"), bureau.line("B", outdated="provisionally"), bureau.desk.line("Z")
    first = bureau.drafted()
    edits = Edits(
        lines={
            "A": LineEdit("停产检修至九月", due=date(2018, 9, 28)),
            "B": LineEdit("企业主动申请", included=True, office="city_640200"),
            "Z": LineEdit("企业自愿退出", included=True),
        },
        measures={first.measures.first().place: TextEdit("另行措施", "结合本区实际")},
        reason="经研究调整",
    )
    bureau.line("C")
    second = bureau.drafted(edits)
    assert "C" not in bureau.planned(second), "nothing else changes with what is changed by hand"
    third = bureau.drafted(Edits(reason="重新核算"))
    assert bureau.planned(third)["C"].included
    for plan in (second, third):
        planned = bureau.planned(plan)
        assert planned["A"].due == date(2018, 9, 28)
        assert planned["A"].computed == {"due": "2018-12-31"}
        assert planned["B"].included and planned["B"].office == "city_640200"
        assert (planned["Z"].ground, planned["Z"].aim) == ("person", "exit")
        changed = plan.measures.get(text="另行措施")
        assert changed.as_computed and changed.reason == "结合本区实际"
    assert (third.number, third.based_on, third.turn) == (3, second, 1)
    fourth = bureau.drafted(Edits({"A": LineEdit("恢复", due=YEAR_END)}, reason="恢复"))
    assert bureau.planned(fourth)["A"].computed == {}


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        (Edits({"A": LineEdit(" ", included=False)}, reason="改"), "plan.no-reason"),
        (Edits({"A": LineEdit("改", due=date(2019, 1, 1))}, reason="改"), "plan.edit-wrong"),
        (Edits({"A": LineEdit("改", due=date(2018, 3, 14))}, reason="改"), "plan.edit-wrong"),
        (Edits({"A": LineEdit("改", office="nobody")}, reason="改"), "plan.edit-wrong"),
        (Edits({"X": LineEdit("改", included=True)}, reason="改"), "plan.edit-wrong"),
        (Edits(measures={1: TextEdit("", "改")}, reason="改"), "plan.edit-wrong"),
        (Edits(), "plan.no-reason"),
    ],
)
def test_a_change_nobody_could_mean_is_refused(bureau, edits, code) -> None:
    bureau.line("A")
    bureau.drafted()
    assert refused(bureau.drafted, edits) == code
    assert WorkPlan.objects.count() == 1


def test_who_may_draft_what_year(bureau) -> None:
    bureau.line("A")
    assert refused(bureau.drafted, by=bureau.leader) == "plan.not-yours"
    assert refused(bureau.drafted, by=bureau.desk.person("epd")) == "plan.not-yours"
    assert refused(bureau.drafted, year=2017) == "plan.year-wrong"
    assert refused(bureau.drafted, year=2020) == "plan.year-wrong"
    assert bureau.drafted(by=bureau.desk.person("drc")).office == "drc"


def test_nothing_to_plan_is_said(bureau) -> None:
    bureau.line("A", outdated="provisionally")
    assert refused(bureau.drafted) == "plan.nothing-found"


def test_sent_twice_it_happens_once(bureau) -> None:
    bureau.line("A")
    key = uuid4()
    assert bureau.drafted(key=key) == bureau.drafted(key=key)
    assert PlanAct.objects.count() == 1
    assert refused(acts.consult, WorkPlan.objects.get().pk, [], YEAR_END,
                   **{**bureau.ways(bureau.officer, YEAR_END), "key": key}
                   ) == "key_used_for_another_act"  # fmt: skip


def test_the_database_refuses_change_and_deletion(bureau) -> None:
    bureau.line("A")
    bureau.drafted()
    for model in (WorkPlan, Goal, PlannedLine, PlanAct):
        table = model._meta.db_table
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
