"""An act of a case: by whom, in which order, what stands after it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from journeys import Journey
from ordered_case import DUE, ORDERED
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework import acts
from phaseout.casework.models import Act, Case, CaseDeadline
from phaseout.casework.proceeding.preparing import Asked
from phaseout.law.refusals import Refusal


def perform(desk, case, kind, by, on=None, *, key=None, seen=None, **given):
    on = on or desk.today
    asked = desk.asked(desk.rule(case, kind), case, on, **given)
    return acts.perform(
        case.pk,
        asked,
        by=by,
        scope=scope_of(by, on=on),
        today=on,
        key=key or uuid4(),
        seen=seen,
    )


@pytest.fixture
def case(desk):
    return desk.open_(desk.finding(desk.line())).case


@pytest.fixture
def ordered(desk, case):
    """The order to rectify is served on 2 April 2018."""
    return desk.walk(case, *ORDERED)


def test_the_order_starts_six_months_from_its_service(ordered):
    assert ordered.stage == "rectifying"
    rectification = ordered.deadlines.get(period="rectification")
    assert (rectification.runs_from, rectification.due) == (date(2018, 4, 2), DUE)
    assert (rectification.going, rectification.whose) == (True, "enterprise")
    assert set(ordered.tasks.values_list("task", "office")) >= {
        ("yellow_list", "eic"),
        ("assist_rectification", "city_640100"),
    }


def test_rectified_in_time_the_case_is_closed_as_met(desk, ordered):
    case = desk.walk(
        ordered, ("report_completion", date(2018, 6, 1)), "recheck_passed", "close_met"
    )
    assert (case.stage, case.closed_on) == ("closed_met", date(2018, 6, 1))
    assert not case.deadlines.get(period="rectification").going
    kinds = list(case.acts.order_by("place").values_list("kind", flat=True))
    assert kinds[0] == "open"
    assert kinds[-1] == "close_met"


@pytest.mark.parametrize(
    ("day", "refused"),
    [(DUE - timedelta(days=1), "act.period-running"), (DUE, "act.period-running"), (None, "")],
)
def test_overdue_is_recorded_on_the_day_after_the_last_and_not_before(desk, ordered, day, refused):
    officer = desk.person()
    if not refused:
        assert perform(desk, ordered, "record_overdue", officer, DUE + timedelta(days=1)).pk
        assert Case.objects.get(pk=ordered.pk).stage == "failed"
        return
    with pytest.raises(Refusal) as refusal:
        perform(desk, ordered, "record_overdue", officer, day)
    assert refusal.value.code == refused
    assert Case.objects.get(pk=ordered.pk).stage == "rectifying"


@pytest.mark.parametrize(
    ("on", "code"), [(DUE, None), (DUE + timedelta(days=1), "act.period-over")]
)
def test_an_extension_is_asked_for_on_the_last_day_and_not_the_day_after(desk, ordered, on, code):
    firm = desk.person(role=Role.ENTERPRISE, uscc=ordered.enterprise_id, function="")
    if code is None:
        assert perform(desk, ordered, "apply_extension", firm, on).place == 9
        return
    with pytest.raises(Refusal) as refusal:
        perform(desk, ordered, "apply_extension", firm, on)
    assert refusal.value.code == code


def test_an_extension_granted_moves_the_last_day_once(desk, ordered):
    case = desk.walk(ordered, ("apply_extension", date(2018, 9, 3)), "grant_extension")
    assert case.deadlines.get(period="rectification").due == date(2019, 1, 2)
    with pytest.raises(Refusal) as refusal:
        desk.do(case, "apply_extension", date(2018, 9, 4))
    assert refusal.value.code == "act.once"


@pytest.mark.parametrize(
    ("function", "role", "division"),
    [
        ("epd", Role.OFFICER, "640000"),  # another department
        ("cities", Role.OFFICER, "640200"),  # another city
        ("eic", Role.REVIEWER, "640000"),  # another role
        ("inspection", Role.AUDITOR, "640000"),  # reads all, changes nothing
    ],
)
def test_an_act_of_another_is_refused(desk, case, function, role, division):
    with pytest.raises(Refusal) as refusal:
        perform(desk, case, "order.file", desk.person(function, role, division))
    assert refusal.value.code == "act.of-another"
    assert "自治区经济和信息化委员会" in refusal.value.zh
    assert case.acts.count() == 1


def test_another_enterprise_cannot_speak_in_the_case(desk, ordered):
    other = desk.person(role=Role.ENTERPRISE, uscc="91640200MA00000002", function="")
    with pytest.raises(Refusal) as refusal:
        perform(desk, ordered, "apply_extension", other, date(2018, 9, 3))
    assert refusal.value.code == "act.of-another"


def test_an_act_out_of_order_is_refused_with_what_is_lawful(desk, case):
    with pytest.raises(Refusal) as refusal:
        desk.do(case, "order.serve_decision")
    assert refusal.value.code == "act.wrong-stage"


def test_no_decision_while_the_time_to_reply_runs(desk, case):
    desk.walk(case, *ORDERED[:4])
    with pytest.raises(Refusal) as refusal:
        desk.do(case, "order.approve_by_head", date(2018, 3, 16))
        desk.do(case, "order_rectification", date(2018, 3, 16))
    assert refusal.value.code == "act.period-running"


def test_an_act_dated_before_the_last_is_refused(desk, case):
    """A clock set back."""
    with pytest.raises(Refusal) as refusal:
        desk.do(case, "order.file", date(2018, 3, 14))
    assert refusal.value.code == "act.out-of-order"


def test_a_missing_file_is_named(desk, case):
    rule = desk.rule(case, "order.file")
    officer = desk.person()
    with pytest.raises(Refusal) as refusal:
        acts.propose(
            case.pk,
            Asked(rule.kind, {}),
            by=officer,
            scope=scope_of(officer, on=desk.today),
            today=desk.today,
            key=uuid4(),
        )
    assert refusal.value.code == "act.item-missing"
    assert "立案报告" in refusal.value.zh


def test_a_file_nobody_has_brought_is_refused(desk, case):
    with pytest.raises(Refusal) as refusal:
        desk.do(case, "order.file", filing_report=["0" * 64])
    assert refusal.value.code == "act.file-unknown"


def test_items_the_table_does_not_know_are_refused(desk, case):
    with pytest.raises(Refusal) as refusal:
        desk.do(case, "order.file", amount=desk.fact("amount", desk.today))
    assert refusal.value.code == "act.items-unknown"


def test_on_a_closed_case_nothing_is_done(desk, ordered):
    case = desk.walk(
        ordered, ("report_completion", date(2018, 6, 1)), "recheck_passed", "close_met"
    )
    with pytest.raises(Refusal) as refusal:
        desk.do(case, "order.collect_evidence", date(2018, 6, 4))
    assert refusal.value.code == "act.wrong-stage"


def test_a_closed_case_is_reopened_by_its_leader_with_a_reason_on_file(desk, ordered):
    case = desk.walk(
        ordered, ("report_completion", date(2018, 6, 1)), "recheck_passed", "close_met"
    )
    case = desk.walk(case, ("reopen", date(2018, 7, 2)))
    assert (case.stage, case.closed_on) == ("opened", None)


def test_an_act_sent_twice_happens_once(desk, ordered):
    key, officer = uuid4(), desk.person(role=Role.ENTERPRISE, uscc=ordered.enterprise_id)
    on = date(2018, 6, 1)
    first, second = (
        perform(desk, ordered, "report_completion", officer, on, key=key) for _ in "12"
    )
    assert first.pk == second.pk
    assert ordered.acts.count() == 9


def test_who_saw_less_is_told_what_was_done(desk, case):
    desk.walk(case, *ORDERED[:1])
    with pytest.raises(Refusal) as refusal:
        perform(desk, case, "order.collect_evidence", desk.person(), seen=1)
    assert refusal.value.code == "act.case-moved-on"
    assert "立案审批" in refusal.value.zh


def test_a_reviewer_who_investigated_does_not_review(desk, ordered):
    case = desk.walk(ordered, ("record_overdue", DUE + timedelta(days=1)), "closure.file")
    both = desk.person()
    both.posts.create(role=Role.REVIEWER, function="eic", division_code="640000")
    on = DUE + timedelta(days=1)
    perform(desk, case, "closure.collect_evidence", both, on)
    case = desk.walk(case, "closure.notice", "closure.serve_notice", on=on)
    with pytest.raises(Refusal) as refusal:
        perform(desk, case, "closure.legal_review", both, on + timedelta(days=20))
    assert refusal.value.code == "act.reviewer-investigated"


def test_an_act_that_fails_in_the_middle_leaves_nothing(desk, case, monkeypatch):
    from phaseout.casework.acts import transactions

    def killed(*_):
        raise RuntimeError("the server was killed here")

    monkeypatch.setattr(transactions, "keep", killed)
    with pytest.raises(RuntimeError):
        desk.do(case, "order.file")
    assert Act.objects.filter(case=case).count() == 1
    assert CaseDeadline.objects.filter(case=case).count() == 0
    assert case.proposals.get().state == "waiting"


def test_work_is_not_completed_on_a_day_to_come(desk):
    journey = Journey(desk, "environment").do("accept_exceedance").decided("restriction")
    later = journey.day + timedelta(days=1)
    with pytest.raises(Refusal) as refusal:
        journey.do("complete_work", completed_on=later)
    assert refusal.value.code == "act.completed-in-the-future"
    journey.do("complete_work", completed_on=journey.day)
    deadline = CaseDeadline.objects.get(case=journey.case, period="completion_report")
    assert deadline.runs_from == journey.day
