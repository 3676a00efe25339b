"""Environment: accepted data, restriction 3 + 3 months, suspension without end, daily fine."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

DAY = date(2022, 3, 1)


def accepted(walk, on=DAY):
    return walk("environment", on).all("open", "accept_exceedance")


def restricted(walk, **facts):
    """Restricted production, the decision served on 2022-03-09."""
    case = accepted(walk).notified("restriction", DAY)
    case.all(
        "restriction.legal_review",
        "restriction.collective",
        "restriction.approve_by_head",
        on=date(2022, 3, 9),
    )
    return case.do("restrict_production", **facts).do("restriction.serve_decision")


def suspended(walk):
    return accepted(walk).decided("suspension")


def test_nothing_is_ordered_before_the_data_are_accepted(walk):
    case = walk("environment", DAY).do("open")
    for kind in ("restriction.file", "suspension.file", "record_serious"):
        assert case.refused(kind).code == "act.wrong-stage"
    assert case.refused("order_correction").code == "act.not-on-file"
    assert case.refused("fine.file").code == "act.not-on-file"


def test_a_restriction_lasts_three_months_and_at_most_three_more_once(walk):
    case = restricted(walk)
    assert case.due("restriction") == date(2022, 6, 9)
    assert case.refused("extend_restriction", date(2022, 6, 1), months=4).code == (
        "act.longer-than-term"
    )
    case.do("extend_restriction", date(2022, 6, 9), months=3)
    assert case.due("restriction") == date(2022, 9, 9)
    assert case.refused("extend_restriction", date(2022, 7, 1), months=1).code == "act.once"


@pytest.mark.parametrize(
    ("day", "code"), [(date(2022, 6, 9), None), (date(2022, 6, 10), "act.period-over")]
)
def test_a_restriction_is_extended_before_it_ends(walk, day, code):
    case = restricted(walk)
    if code:
        assert case.refused("extend_restriction", day, months=1).code == code
        assert case.standing("restriction", day) == "lapsed"
    else:
        case.do("extend_restriction", day, months=1)


def test_a_suspension_has_no_last_day_and_never_lapses(walk):
    case = suspended(walk)
    (deadline,) = [d for d in case.state(date(2032, 1, 1)).deadlines if d.period == "suspension"]
    assert (deadline.due, deadline.certificate, deadline.standing.value) == (None, None, "open")
    assert "suspension" not in [d.period for d in case.state(date(2032, 1, 1)).lapses]


def test_the_measure_ends_on_the_day_the_enterprise_files_completion(walk):
    case = suspended(walk).do("file_plan", date(2022, 3, 20))
    case.do("complete_work", date(2022, 5, 10), completed_on=date(2022, 5, 9))
    assert case.due("completion_report") == date(2022, 5, 30)  # 15 working days
    case.do("report_completion", date(2022, 5, 20))
    assert case.stage() == "lifted"
    assert case.standing("suspension", date(2022, 5, 20)) == "met"
    assert case.due("follow_up") == date(2022, 6, 20)  # 30 days, the 19th is a Sunday


@pytest.mark.parametrize(
    ("check", "stage"), [("follow_up_clear", "met"), ("follow_up_same", "serious")]
)
def test_the_follow_up_check_clears_or_makes_it_serious(walk, check, stage):
    case = suspended(walk).all("file_plan", "complete_work", "report_completion", check)
    assert case.stage() == stage


def test_the_plan_is_due_fifteen_working_days_after_receipt(walk):
    case = restricted(walk)
    assert case.due("plan") == date(2022, 3, 30)
    assert case.standing("plan", date(2022, 3, 31)) == "lapsed"


def test_still_exceeding_under_restriction_may_lead_to_suspension(walk):
    case = restricted(walk)
    case.decided("stricter", date(2022, 4, 1))
    assert case.stage() == "suspended"
    assert case.standing("restriction", date(2022, 8, 1)) == "met"


def test_serious_needs_the_government_to_cease_or_close(walk):
    case = suspended(walk).do("record_serious", date(2022, 6, 1)).decided("closure")
    assert case.stage() == "closure_in_force"
    assert case.procedure.acts["closure.approve"].by == "government"
    assert "serious_list" in [task.id for task in case.state().tasks]


def test_the_daily_fine_rests_on_a_fine_an_order_and_a_refusal(walk):
    case = accepted(walk)
    assert case.refused("daily.file").code == "act.not-on-file"
    case.decided("fine", amount=Decimal("100000"))
    case.do("order_correction", date(2022, 3, 20), date(2022, 3, 20))
    assert case.due("recheck") == date(2022, 4, 19)
    case.do("recheck_refused", date(2022, 4, 4))
    case.do("order_correction", date(2022, 4, 4), date(2022, 4, 5))
    case.decided("daily", date(2022, 4, 6), days_counted=15, amount=Decimal("1500000"))
    assert case.state().stages["daily"].id == "daily.idle"
    assert case.state().irregular == ()


def test_a_case_is_not_closed_while_a_fine_is_pending(walk):
    case = suspended(walk).notified("fine")
    case.all("file_plan", "complete_work", "report_completion", "follow_up_clear")
    assert case.refused("close_met").code == "act.other-stage"


def test_corrected_alone_closes_the_case(walk):
    case = accepted(walk).do("order_correction").do("recheck_corrected", date(2022, 3, 10))
    assert case.do("close_corrected").stage() == "closed_met"


def test_an_annulled_fine_begins_the_fine_anew_and_nothing_else(walk):
    case = restricted(walk).decided("fine").do("fine.apply_reconsideration")
    case.do("fine.decision_annulled", date(2022, 5, 1))
    now = case.state()
    assert (now.stage.id, now.stages["fine"].id) == ("restricted", "fine.idle")
    assert case.standing("restriction", date(2022, 5, 2)) == "running"
    assert case.refused("fine.approve_by_head").code == "act.wrong-stage"


def test_an_extension_on_application_is_not_given_here(walk):
    refusal = restricted(walk).refused("apply_extension")
    assert refusal.code == "act.not-given"
    assert "15" in refusal.en


def test_the_code_of_2026_names_its_own_articles(walk):
    old = walk("environment", date(2026, 8, 14)).procedure
    new = walk("environment", date(2026, 8, 15)).procedure

    def closing(one):
        return {basis.citation.source_id for basis in one.acts["order_closure"].bases}

    assert closing(old) == {"EPL-2014", "SEED-2017"}
    assert closing(new) == {"E-ECOCODE-2026", "SEED-2017"}
    assert new.periods["restriction"].length.basis.recalled  # whether Order 30 goes on: unchecked


def test_the_enterprise_may_complete_while_a_stricter_measure_is_prepared(walk):
    case = restricted(walk).notified("stricter", date(2022, 4, 1))
    case.all("complete_work", "report_completion", on=date(2022, 4, 2))
    assert case.stage() == "lifted"
    assert case.standing("restriction", date(2022, 7, 1)) == "met"


def test_no_stricter_measure_leaves_the_restriction_as_it_is(walk):
    case = restricted(walk).notified("stricter", date(2022, 4, 1))
    case.do("stricter.not_to_decide", date(2022, 4, 12))
    assert case.stage() == "restricted"
    assert case.standing("restriction", date(2022, 6, 9)) == "running"


def test_a_suspension_ends_by_filing_even_while_a_closing_is_prepared(walk):
    case = suspended(walk).do("record_serious", date(2022, 6, 1)).notified("closure")
    case.all("complete_work", "report_completion_in_closing")
    assert case.standing("suspension", case.day) == "met"
    assert case.stage() == "closure.notified"


def test_completion_without_a_measure_is_nothing_to_report(walk):
    assert accepted(walk).refused("complete_work").code == "act.not-on-file"


def test_a_closing_the_government_refuses_leaves_the_case_open(walk):
    case = suspended(walk).do("record_serious", date(2022, 6, 1)).notified("closure")
    case.day = date(2022, 6, 20)
    case.all("closure.legal_review", "closure.collective", "closure.submit_for_approval")
    case.do("closure.refuse_approval")
    assert case.stage() == "accepted"
    assert case.standing("suspension", case.day) == "open"


def closed_with_a_fine(walk):
    """The correction was made and the case closed; the fine is served and not paid."""
    case = accepted(walk).decided("fine", amount=Decimal("100000"))
    case.do("order_correction").do("recheck_corrected", date(2022, 4, 10))
    return case.do("close_corrected")


def test_in_a_closed_case_a_fine_is_demanded_until_it_is_paid(walk):
    case = closed_with_a_fine(walk)
    assert "fine.demand" in [rule.kind for rule in case.state().may]
    case.do("record_payment")
    assert case.refused("fine.demand").code == "act.nothing-owed"
    assert case.refused("record_payment").code == "act.nothing-to-answer"


def test_in_a_closed_case_nothing_else_is_demanded(walk):
    case = restricted(walk)
    assert "restriction.demand" in [rule.kind for rule in case.state().may]
    case.all("file_plan", "complete_work", "report_completion", "follow_up_clear", "close_met")
    refusal = case.refused("restriction.demand")
    assert refusal.code == "act.nothing-owed"
    assert "责令限制生产" in refusal.why[0]
    assert "restriction.demand" not in [rule.kind for rule in case.state().may]


def test_the_daily_fine_is_owed_until_it_is_paid(walk):
    case = accepted(walk).decided("fine", amount=Decimal("100000"))
    case.do("order_correction", date(2022, 3, 20), date(2022, 3, 20))
    case.do("recheck_refused", date(2022, 4, 4))
    case.do("order_correction", date(2022, 4, 4), date(2022, 4, 5))
    assert case.refused("daily.demand").code == "act.not-on-file"
    case.decided("daily", date(2022, 4, 6), days_counted=15, amount=Decimal("1500000"))
    assert "daily.demand" in [rule.kind for rule in case.state().may]
    case.do("record_daily_payment")
    assert case.refused("daily.demand").code == "act.nothing-owed"
