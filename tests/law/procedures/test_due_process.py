"""Due process: notice, reply, defence, hearing, review, approval, service, remedies."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from phaseout.law.periods import BEIJING


def quality_notified(walk, on=date(2022, 3, 1)):
    """A quality case with its notice of suspension served on a Tuesday in 2022."""
    case = walk("quality", date(2022, 2, 1)).do("open").do("serve_result")
    return case.do("confirm_result", date(2022, 2, 17)).notified("suspension", on)


@pytest.mark.parametrize(
    ("begins", "served", "last"),
    [
        ("2018-03-01", date(2018, 3, 1), date(2018, 3, 5)),  # 3 calendar days, Sunday moves on
        ("2021-07-14", date(2021, 7, 14), date(2021, 7, 19)),  # pinned to the old text: Saturday
        ("2021-07-15", date(2021, 7, 15), date(2021, 7, 22)),  # 5 working days
        (
            "2022-09-27",
            date(2022, 9, 27),
            date(2022, 10, 9),
        ),  # a holiday, then two made-up workdays
    ],
)
def test_the_reply_time_is_that_of_the_edition(walk, begins, served, last):
    case = walk("energy", date.fromisoformat(begins)).do("open").notified("order", served)
    assert case.due("order.reply") == last


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2022, 3, 7), "act.period-running"),
        (date(2022, 3, 8), "act.period-running"),  # the last day belongs to the enterprise
        (date(2022, 3, 9), None),
    ],
)
def test_nothing_goes_on_while_the_reply_time_runs(walk, day, code):
    case = quality_notified(walk)
    assert case.due("suspension.reply") == date(2022, 3, 8)
    if code:
        assert case.refused("suspension.legal_review", day).code == code
    else:
        case.do("suspension.legal_review", day)


def test_silence_lets_the_case_go_on(walk):
    case = quality_notified(walk)
    assert case.standing("suspension.reply", date(2022, 3, 9)) == "over"
    assert case.state(date(2022, 3, 9)).lapses == ()
    assert "suspension.legal_review" in [r.kind for r in case.state(date(2022, 3, 9)).may]


def test_a_defence_is_answered_point_by_point_before_the_review(walk):
    case = quality_notified(walk)
    case.do("suspension.defence", date(2022, 3, 2), points=["取样不合规", "标准已废止"])
    after = date(2022, 3, 9)
    assert case.refused("suspension.legal_review", after).code == "act.unanswered"
    partly = case.refused("suspension.answer_defence", after, answers={"取样不合规": "不采纳：…"})
    assert partly.code == "act.points-unanswered"
    assert "标准已废止" in partly.zh
    answers = {"取样不合规": "不采纳：…", "标准已废止": "采纳"}
    case.do("suspension.answer_defence", after, answers=answers)
    case.do("suspension.legal_review", after)


def test_two_defences_are_answered_together(walk):
    case = quality_notified(walk)
    case.do("suspension.defence", date(2022, 3, 2), points=["甲"])
    case.do("suspension.defence", date(2022, 3, 3), points=["乙"])
    refusal = case.refused("suspension.answer_defence", date(2022, 3, 4), answers={"乙": "答"})
    assert refusal.code == "act.points-unanswered"


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2022, 3, 8), None), (date(2022, 3, 9), "act.period-over")],
)
def test_a_hearing_is_asked_for_until_the_last_day(walk, day, code):
    case = quality_notified(walk)
    if code:
        assert case.refused("suspension.hearing_request", day).code == code
    else:
        case.do("suspension.hearing_request", day)


@pytest.mark.parametrize(
    ("served", "code"),
    [
        (date(2022, 3, 13), None),  # 7 full working days before Wednesday the 23rd
        (date(2022, 3, 14), "act.too-late-before"),
    ],
)
def test_the_hearing_is_told_seven_working_days_before(walk, served, code):
    case = quality_notified(walk).do("suspension.hearing_request", date(2022, 3, 2))
    facts = {"hearing_on": date(2022, 3, 23)}
    if code:
        refusal = case.refused("suspension.hearing_notice", served, **facts)
        assert refusal.code == code
    else:
        case.do("suspension.hearing_notice", served, **facts)
        assert case.refused("suspension.hearing_held", date(2022, 3, 22)).code == "act.too-early"
        case.do("suspension.hearing_held", date(2022, 3, 23))
        case.do("suspension.legal_review")


def test_the_hearing_is_told_seven_calendar_days_before_under_the_old_text(walk):
    case = walk("technology", date(2020, 3, 2)).all("open", "record_match").notified("elimination")
    case.do("elimination.hearing_request", date(2020, 3, 4))
    hearing = {"hearing_on": date(2020, 3, 20)}
    assert case.refused("elimination.hearing_notice", date(2020, 3, 13), **hearing)
    case.do("elimination.hearing_notice", date(2020, 3, 12), **hearing)


def test_a_hearing_asked_for_must_be_held_or_given_up(walk):
    case = quality_notified(walk).do("suspension.hearing_request", date(2022, 3, 2))
    assert case.refused("suspension.legal_review", date(2022, 3, 9)).code == "act.unanswered"
    case.do("suspension.withdraw_hearing", date(2022, 3, 9)).do("suspension.legal_review")


def test_new_facts_need_a_new_notice_and_a_new_reply_time(walk):
    case = quality_notified(walk).do("suspension.legal_review", date(2022, 3, 9))
    case.do("suspension.new_facts").all("suspension.notice", "suspension.serve_notice")
    assert case.refused("suspension.legal_review", date(2022, 3, 16)).code == "act.period-running"
    assert case.due("suspension.reply") == date(2022, 3, 16)


def test_a_notice_cannot_be_served_before_it_was_made(walk):
    case = walk("energy", date(2022, 3, 1)).do("open")
    case.all("order.file", "order.collect_evidence", "order.notice", on=date(2022, 3, 3))
    refusal = case.refused("order.serve_notice", date(2022, 3, 4), date(2022, 3, 2))
    assert refusal.code == "act.served-before-made"


def test_service_needs_its_day(walk):
    from phaseout.law.procedures import Done, admit
    from phaseout.law.refusals import Refusal

    case = walk("energy", date(2022, 3, 1)).do("open")
    case.all("order.file", "order.collect_evidence", "order.notice")
    act = case.act("order.serve_notice", date(2022, 3, 2))
    with pytest.raises(Refusal) as refusal:
        admit(case.procedure, case.acts, Done(act.kind, act.on, None, act.facts))
    assert refusal.value.code == "act.service-day-missing"


def suspended(walk):
    return quality_notified(walk, date(2022, 2, 17)).all(
        "suspension.legal_review",
        "suspension.collective",
        "suspension.approve_by_head",
        "suspend_production",
        "suspension.serve_decision",
        on=date(2022, 3, 1),
    )


@pytest.mark.parametrize(
    ("day", "reconsideration", "suit"),
    [
        (date(2022, 5, 5), True, True),  # 30 April is a rest day: to the first day after it
        (date(2022, 5, 6), False, True),
        (date(2022, 9, 1), False, True),
        (date(2022, 9, 2), False, False),
    ],
)
def test_remedies_until_when(walk, day, reconsideration, suit):
    now = suspended(walk).state(day)
    may = {rule.kind for rule in now.may}
    assert ("suspension.apply_reconsideration" in may) is reconsideration
    assert ("suspension.sue" in may) is suit
    rights = {right.name[1]: right.until for right in now.rights}
    assert ("Suspension: time to bring a suit" in rights) is suit


def test_after_reconsideration_fifteen_days_to_sue(walk):
    case = suspended(walk).do("suspension.apply_reconsideration", date(2022, 3, 10))
    assert case.refused("suspension.sue", date(2022, 3, 11)).code == "act.wrong-stage"
    case.do("suspension.reconsideration_upheld", date(2022, 4, 20), date(2022, 4, 20))
    assert case.due("suspension.suit_after_reconsideration") == date(2022, 5, 5)
    refusal = case.refused("suspension.sue_after_reconsideration", date(2022, 5, 6))
    assert refusal.code == "act.period-over"
    case.do("suspension.sue_after_reconsideration", date(2022, 5, 5))


def test_a_silent_reconsideration_opens_the_suit(walk):
    case = suspended(walk).do("suspension.apply_reconsideration", date(2022, 3, 10))
    due = case.due("suspension.reconsideration_time")
    assert due == date(2022, 5, 9)
    assert case.refused("suspension.sue_on_silence", due).code == "act.period-running"
    case.do("suspension.sue_on_silence", date(2022, 5, 24))


def test_execution_goes_on_unless_stayed(walk):
    case = suspended(walk).do("suspension.apply_reconsideration", date(2022, 3, 10))
    assert "suspension.demand" in [rule.kind for rule in case.state().may]
    case.do("suspension.stay_execution", date(2022, 3, 11))
    assert case.refused("suspension.demand", date(2022, 3, 12)).code == "act.other-stage"
    case.do("suspension.lift_stay", date(2022, 3, 20)).do("suspension.demand")


def test_an_annulled_decision_begins_the_case_anew(walk):
    case = suspended(walk).do("suspension.apply_reconsideration", date(2022, 3, 10))
    case.do("suspension.decision_annulled", date(2022, 4, 1))
    now = case.state(date(2023, 1, 1))
    assert now.stage.id == "opened"
    assert now.running == () and now.lapses == () and now.rights == ()
    assert case.refused("confirm_result").code == "act.wrong-stage"


def test_enforcement_needs_the_demand_and_ten_working_days(walk):
    case = suspended(walk).do("suspension.demand", date(2022, 4, 11))
    assert case.due("suspension.demand_reply") == date(2022, 4, 24)  # the 24th is made a workday
    refusal = case.refused("suspension.enforcement_decision", date(2022, 4, 24))
    assert refusal.code == "act.period-running"
    case.do("suspension.enforcement_decision", date(2022, 4, 25))
    assert case.refused("suspension.enforce", date(2022, 5, 2)).code == "act.holiday"
    case.do("suspension.enforce", date(2022, 5, 2), urgent=True)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2022, 9, 1), "act.period-running"),  # the suit may still be brought
        (date(2022, 9, 2), None),
        (date(2022, 12, 1), None),
        (date(2022, 12, 2), "act.period-over"),
    ],
)
def test_the_court_is_asked_within_three_months_after_both_remedies(walk, day, code):
    case = suspended(walk).do("suspension.demand", date(2022, 4, 11))
    if code:
        assert case.refused("suspension.apply_to_court", day).code == code
    else:
        case.do("suspension.apply_to_court", day)


def test_acts_stand_in_the_order_of_their_days(walk):
    case = walk("energy", date(2022, 3, 1)).do("open", date(2022, 3, 2))
    assert case.refused("order.file", date(2022, 3, 1)).code == "act.out-of-order"


def test_a_decision_late_is_a_lapse_of_the_office(walk):
    case = quality_notified(walk)
    filed = date(2022, 3, 1)
    due = case.due("suspension.decision_time", date(2022, 3, 2))
    assert due is not None and (due - filed).days >= 90
    assert case.standing("suspension.decision_time", date(2023, 1, 1)) == "running"  # notice stands


def test_days_from_notice_to_review_do_not_count_where_the_rule_says_so(walk):
    case = quality_notified(walk)
    case.do("suspension.legal_review", date(2022, 3, 9))
    assert case.due("suspension.decision_time") == date(2022, 6, 7)  # 90 + 8 days
    energy = walk("energy", date(2022, 3, 1))
    assert energy.procedure.periods["order.decision_time"].length.unit == "none"


def test_a_moment_is_no_day(walk):
    case = quality_notified(walk).do("suspension.hearing_request", date(2022, 3, 2))
    moment = datetime(2022, 3, 23, 9, tzinfo=BEIJING)
    refusal = case.refused("suspension.hearing_notice", date(2022, 3, 4), hearing_on=moment)
    assert refusal.code == "act.item-wrong"
