"""Energy: order, six months from service, one extension of at most three, recheck, closure."""

from __future__ import annotations

from datetime import date

import pytest

SERVED = date(2018, 3, 12)


def ordered(walk, served=SERVED, **facts):
    """An order to rectify, served on a day."""
    case = walk("energy", date(2018, 3, 1)).do("open").notified("order")
    case.do("order.approve_by_head", date(2018, 3, 6)).do("order_rectification", **facts)
    return case.do("order.serve_decision", served, served)


@pytest.mark.parametrize(
    ("served", "facts", "due"),
    [
        (date(2018, 3, 12), {}, date(2018, 9, 12)),  # matching day
        (date(2018, 8, 31), {}, date(2019, 2, 28)),  # no 31 February
        (date(2018, 4, 1), {}, date(2018, 10, 8)),  # ends in the holiday: first day after
        (date(2018, 3, 12), {"months": 3}, date(2018, 6, 12)),  # the order may set less
    ],
)
def test_six_months_run_from_service(walk, served, facts, due):
    case = ordered(walk, served, **facts)
    assert case.due("rectification", served) == due


def test_the_order_cannot_set_more_than_six_months(walk):
    case = walk("energy", date(2018, 3, 1)).do("open").notified("order")
    case.do("order.approve_by_head", date(2018, 3, 6))
    assert case.refused("order_rectification", months=7).code == "act.longer-than-term"


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2018, 9, 12), "act.period-running"), (date(2018, 9, 13), None)],
)
def test_nothing_is_demanded_before_the_time_to_rectify_is_over(walk, day, code):
    choice = next(
        one for one in ordered(walk).state(day).choices if one.rule.kind == "order.demand"
    )
    assert (choice.refusal.code if choice.refusal else None) == code


def test_a_lapse_is_looked_at_until_what_follows_from_it_is_done(walk):
    case, day = ordered(walk), date(2018, 9, 13)

    def going():
        now = case.state(day)
        return [one.period for one in now.deadlines if now.going(one)]

    assert "rectification" in going()
    case.do("record_overdue", day)
    assert "rectification" not in going()


@pytest.mark.parametrize(
    ("day", "standing", "may"),
    [
        (date(2018, 9, 11), "running", False),  # the day before
        (date(2018, 9, 12), "running", False),  # on the last day: still in time until 24:00
        (date(2018, 9, 13), "lapsed", True),  # the day after: overdue, found by itself
    ],
)
def test_overdue_is_a_fact_found_on_the_day_after(walk, day, standing, may):
    case = ordered(walk)
    now = case.state(day)
    assert case.standing("rectification", day) == standing
    assert ("record_overdue" in [rule.kind for rule in now.may]) is may
    assert ("rectification" in [lapse.period for lapse in now.lapses]) is may


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2018, 9, 11), None),
        (date(2018, 9, 12), None),
        (date(2018, 9, 13), "act.period-over"),
    ],
)
def test_an_extension_is_applied_for_before_the_end(walk, day, code):
    case = ordered(walk)
    if code is None:
        case.do("apply_extension", day)
    else:
        refusal = case.refused("apply_extension", day)
        assert refusal.code == code
        assert "2018-09-12" in refusal.zh and "2018-09-12" in refusal.en


@pytest.mark.parametrize("missing", ["reason", "proof", "months"])
def test_an_application_brings_its_reasons_and_proof(walk, missing):
    case = ordered(walk)
    act = case.act("apply_extension", date(2018, 8, 1))
    from phaseout.law.procedures import Done, admit
    from phaseout.law.refusals import Refusal

    less = Done(act.kind, act.on, None, {k: v for k, v in act.facts.items() if k != missing})
    with pytest.raises(Refusal) as refusal:
        admit(case.procedure, case.acts, less)
    assert refusal.value.code == "act.item-missing"


@pytest.mark.parametrize(
    ("months", "code"),
    [
        (1, None),
        (3, None),
        (4, "act.longer-than-term"),
        (0, "act.item-wrong"),
        (-1, "act.item-wrong"),
    ],
)
def test_at_most_three_months_are_granted(walk, months, code):
    case = ordered(walk).do("apply_extension", date(2018, 8, 1), months=3)
    if code is None:
        case.do("grant_extension", date(2018, 8, 20), months=months)
    else:
        assert case.refused("grant_extension", date(2018, 8, 20), months=months).code == code


def test_the_extension_lengthens_the_same_period_counted_once_from_service(walk):
    case = ordered(walk, date(2018, 8, 31))
    case.do("apply_extension", date(2019, 1, 10)).do("grant_extension", date(2019, 1, 20), months=3)
    assert case.due("rectification") == date(2019, 5, 31)  # not 28 May
    assert case.standing("rectification", date(2019, 5, 31)) == "running"
    assert case.standing("rectification", date(2019, 6, 1)) == "lapsed"


def test_an_extension_is_decided_once_only(walk):
    case = ordered(walk).do("apply_extension", date(2018, 8, 1))
    assert case.refused("apply_extension", date(2018, 8, 2)).code == "act.unanswered"
    case.do("refuse_extension", date(2018, 8, 3))
    assert case.refused("apply_extension", date(2018, 8, 4)).code == "act.once"


@pytest.mark.parametrize(
    ("decided", "served"),
    [("grant_extension", "serve_extension"), ("refuse_extension", "serve_extension_refusal")],
)
def test_the_decision_on_an_extension_is_served_once(walk, decided, served):
    case = ordered(walk).do("apply_extension", date(2018, 8, 1))
    assert case.refused(served).code == "act.not-on-file"
    due = case.do(decided, date(2018, 8, 20)).due("rectification")
    tasks = [task.id for task in case.state().tasks if task.done_on is None]
    assert "deliver_extension" in tasks
    case.do(served, date(2018, 8, 22), date(2018, 8, 22))
    assert case.due("rectification") == due  # the decision lengthens it, service tells
    assert case.refused(served).code == "act.once"
    tasks = [task.id for task in case.state().tasks if task.done_on is None]
    assert "deliver_extension" not in tasks


def test_a_withdrawn_application_may_be_made_again(walk):
    case = ordered(walk).do("apply_extension", date(2018, 8, 1))
    case.do("withdraw_extension", date(2018, 8, 2)).do("apply_extension", date(2018, 8, 3))
    assert case.standing("extension_time", date(2018, 8, 3)) == "running"


def test_the_office_that_does_not_decide_in_time_has_lapsed_and_cannot_go_on(walk):
    case = ordered(walk).do("apply_extension", date(2018, 9, 12))
    after = date(2018, 9, 13)
    assert case.standing("extension_time", after) == "lapsed"
    assert case.refused("record_overdue", after).code == "act.unanswered"
    case.do("grant_extension", after, months=2)  # late, and still the enterprise's due
    assert case.due("rectification") == date(2018, 11, 12)
    assert case.standing("extension_time", after) == "met_late"


def test_the_rule_of_fifteen_days_is_shown_and_bars_nothing(walk):
    case = ordered(walk)
    assert case.due("apply_by") == date(2018, 8, 28)  # 15 full days before 12 September ends
    assert case.state(date(2018, 8, 1)).deadlines[-1].certificate is not None
    case.do("apply_extension", date(2018, 9, 10))


def test_a_failed_recheck_within_the_period_does_not_end_it(walk):
    case = ordered(walk).do("report_completion", date(2018, 7, 1))
    assert case.standing("rectification", date(2018, 9, 13)) == "met"
    assert case.refused("recheck_failed", date(2018, 7, 10)).code == "act.period-running"
    case.do("recheck_short", date(2018, 7, 10))
    assert case.stage() == "rectifying"
    assert case.due("rectification") == date(2018, 9, 12)
    assert case.standing("rectification", date(2018, 9, 13)) == "lapsed"


def test_a_report_in_time_that_is_rechecked_late_is_no_lapse(walk):
    case = ordered(walk).do("report_completion", date(2018, 9, 12))
    assert case.standing("rectification", date(2018, 9, 30)) == "met"
    assert case.refused("recheck_short", date(2018, 9, 30)).code == "act.period-over"
    assert case.do("recheck_failed", date(2018, 9, 30)).stage() == "failed"


def test_met_is_closed_and_leaves_the_yellow_list(walk):
    case = ordered(walk).do("report_completion", date(2018, 7, 1))
    case.do("recheck_passed", date(2018, 7, 10)).do("close_met")
    assert case.stage() == "closed_met"
    assert "leave_yellow_list" in [task.id for task in case.state().tasks]


def test_overdue_goes_to_the_government_and_to_exit(walk):
    case = ordered(walk).do("record_overdue", date(2018, 9, 13))
    case.decided("closure", exit_by=date(2018, 12, 31))
    assert case.stage() == "closure_in_force"
    assert case.due("exit_by") == date(2018, 12, 31)
    case.do("record_exit", date(2018, 12, 20))
    assert case.refused("close_exited").code == "act.tasks-open"
    case.do("record_revocation", date(2018, 12, 21))
    case.do("record_revocation", date(2018, 12, 22))
    case.do("close_exited", date(2018, 12, 23))
    assert case.state().irregular == ()
    assert case.state().stage.ends_as == "exited"


def test_the_decision_of_closure_is_the_governments(walk):
    rules = walk("energy", SERVED).procedure.acts
    assert (rules["closure.approve"].by, rules["order_closure"].by) == ("government", "government")
    assert rules["closure.submit_for_approval"].by == "lead"


def test_after_a_refused_closing_the_limit_may_still_be_met(walk):
    case = ordered(walk).do("record_overdue", date(2018, 9, 13))
    assert case.refused("recheck_after_refusal").code == "act.not-on-file"
    case.notified("closure")
    case.do("closure.not_to_decide", date(2018, 9, 18))
    assert case.stage() == "failed"
    case.do("recheck_after_refusal").do("close_met")
    assert case.state().stage.ends_as == "met"


def test_a_decision_served_by_public_notice_counts_from_the_end_of_the_notice(walk):
    case = ordered(walk).do("record_overdue", date(2018, 9, 13)).notified("closure")
    case.day = date(2018, 9, 18)
    case.all("closure.legal_review", "closure.collective")
    case.all("closure.submit_for_approval", "closure.approve", "order_closure")
    served = date(2018, 11, 17)
    case.do("closure.serve_decision", None, served, service_way="public_notice")
    assert case.refused("record_exit", date(2018, 11, 16)).code == "act.not-on-file"
    assert case.due("closure.suit", served) == date(2019, 5, 17)
    case.do("record_exit", served)
