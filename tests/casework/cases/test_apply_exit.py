"""An enterprise applies for the exit of one of its lines: a case without a finding."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from casebook import TODAY
from journeys import Journey, voluntary
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework import acts
from phaseout.casework.models import Act, Case, IssuedPaper
from phaseout.casework.proceeding.replaying import differences
from phaseout.law.refusals import Refusal


def refused(do, *args, **given):
    with pytest.raises(Refusal) as refusal:
        do(*args, **given)
    return refusal.value.code


def test_the_case_is_of_the_industry_department_and_rests_on_no_finding(desk):
    act = desk.apply(desk.line())
    case = act.case
    assert case.number == "宁经信退立〔2018〕1号"
    assert (case.procedure, case.stage) == ("exit", "applied")
    assert (case.dimension, case.office, case.lead_function) == ("technology", "eic", "eic")
    assert not case.grounds.exists()
    assert act.basis[0]["source_id"] == "SEED-2017"
    assert case.tasks.get().task == "decide_application"
    assert differences(case) == []


def test_it_goes_by_the_acts_of_the_exit_to_its_confirmation(desk):
    journey = Journey.applied(desk)
    voluntary(journey)
    assert (journey.case.stage, journey.case.closed_on) == ("exited", journey.day)
    assert differences(journey.case) == []
    assert not journey.case.tasks.filter(task="decide_application", done_on=None).exists()
    assert refused(desk.apply, journey.case.line, journey.day) == "act.line-exited"


@pytest.mark.parametrize("kind", ["withdraw_application", "refuse_application"])
def test_taken_back_or_refused_it_can_be_applied_for_again(desk, kind):
    journey = Journey.applied(desk).do(kind)
    assert (journey.case.stage, journey.case.closed_on) == ("not_upheld", journey.day)
    again = desk.apply(journey.case.line, journey.day + timedelta(days=1))
    assert again.case.number == "宁经信退立〔2018〕2号"


def test_one_exit_of_a_line_at_a_time(desk):
    line = desk.line()
    first = desk.apply(line)
    assert refused(desk.apply, line) == "act.exit-already-open"
    assert desk.apply(desk.line("L2")).case_id != first.case_id


def test_sent_twice_it_happens_once(desk):
    line, key = desk.line(), uuid4()
    assert desk.apply(line, key=key).pk == desk.apply(line, key=key).pk
    assert Case.objects.count() == 1
    assert refused(desk.apply, desk.line("L2"), key=key) == "key_used_for_another_act"


def test_only_an_enterprise_for_a_line_of_its_own(desk):
    line, other = desk.line(), desk.enterprise("91640200MA00000002")
    for by in (
        desk.person(),
        desk.person(role=Role.ENTERPRISE, uscc=other.pk, function=""),
    ):
        scope = scope_of(by, on=TODAY)
        assert refused(desk.apply, line, by=by, scope=scope) == "act.line-of-another"
    assert not Act.objects.exists()


def test_the_office_of_the_case_decides_and_no_other(desk):
    case = desk.apply(desk.line()).case
    accept = desk.rule(case, "accept_application")
    for function in ("epd", "hr"):
        by = desk.person(function)
        code = refused(
            acts.propose, case.pk, desk.asked(accept, case, TODAY), by=by,
            scope=scope_of(by, on=TODAY), today=TODAY, key=uuid4(),
        )  # fmt: skip
        assert code == "act.of-another"


def test_its_papers_say_what_was_applied_for_and_no_finding(desk):
    journey = Journey.applied(desk).do("accept_application")
    papers = IssuedPaper.objects.filter(case=journey.case).order_by("pk")
    assert [paper.document for paper in papers] == ["exit_application", "opening_form"]
    for paper in papers:
        text = str(paper.content)
        assert "申请自愿退出L1号线" in text
        assert "不符合" not in text


def test_any_other_case_without_a_ground_is_refused_by_the_database(desk):
    case = desk.open_(desk.finding(desk.line())).case
    with pytest.raises(IntegrityError, match="no act or no ground"), transaction.atomic():
        row = Case.objects.get(pk=case.pk)
        row.pk, row.number, row.serial, row.procedure = None, "x", 99, "exit"
        row.save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
