"""Quality: the re-test first, six months without extension, recheck, closure."""

from __future__ import annotations

from datetime import date

import pytest


def told(walk):
    return walk("quality", date(2022, 2, 1)).do("open").do("serve_result")


def suspended(walk):
    return told(walk).do("confirm_result", date(2022, 2, 17)).decided("suspension")


@pytest.mark.parametrize(
    ("day", "retest", "confirm"),
    [
        (date(2022, 2, 15), True, False),
        (date(2022, 2, 16), True, False),  # the last of fifteen days
        (date(2022, 2, 17), False, True),
    ],
)
def test_the_result_stands_when_the_time_for_a_re_test_is_over(walk, day, retest, confirm):
    may = {rule.kind for rule in told(walk).state(day).may}
    assert ("retest_request" in may, "confirm_result" in may) == (retest, confirm)


def test_a_re_test_that_passes_ends_the_case(walk):
    case = told(walk).do("retest_request", date(2022, 2, 10))
    assert case.refused("confirm_result", date(2022, 2, 20)).code == "act.unanswered"
    case.do("retest_passed", date(2022, 3, 1)).do("close_met")
    assert case.state().stage.ends_as == "met"


def test_six_months_and_no_extension(walk):
    case = suspended(walk)
    served = case.day
    due = case.due("rectification")
    assert due is not None
    assert (due.year * 12 + due.month) - (served.year * 12 + served.month) == 6
    for kind in ("apply_extension", "grant_extension"):
        refusal = case.refused(kind)
        assert refusal.code == "act.not-given"
        assert "六" in refusal.zh


@pytest.mark.parametrize(("after", "code"), [(0, "act.period-running"), (1, None)])
def test_overdue_the_day_after(walk, after, code):
    case = suspended(walk)
    due = case.due("rectification")
    day = date.fromordinal(due.toordinal() + after)
    if code:
        assert case.refused("record_overdue", day).code == code
    else:
        assert case.do("record_overdue", day).stage() == "failed"
        assert case.decided("closure").stage() == "closure_in_force"


def test_the_product_quality_law_of_the_day_is_cited(walk):
    old = walk("quality", date(2018, 12, 28)).procedure.acts["serve_result"].bases[0]
    new = walk("quality", date(2018, 12, 29)).procedure.acts["serve_result"].bases[0]
    assert (old.citation.source_id, old.recalled) == ("PQL-2009", True)
    assert (new.citation.source_id, new.recalled) == ("PQL-2018", False)
