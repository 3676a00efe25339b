"""Safety: stop at once, suspension, re-acceptance, closure, every licence revoked."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from phaseout.law.periods import BEIJING


def stopped(walk, begins=date(2022, 3, 1)):
    case = walk("safety", begins).all("open", "record_hazard")
    return case.do("order_temporary_stop", rectify_by=date(2022, 3, 31))


def suspended(walk):
    return stopped(walk).decided("suspension", rectify_by=date(2022, 6, 30))


def test_the_stop_is_at_once_and_needs_no_notice(walk):
    case = stopped(walk)
    assert case.stage() == "stopped"
    assert [act.on for act in case.acts] == [date(2022, 3, 1)] * 3


def test_the_department_sets_the_day_and_its_grounds(walk):
    case = walk("safety", date(2022, 3, 1)).all("open", "record_hazard")
    rule = case.procedure.acts["order_temporary_stop"]
    assert {"rectify_by", "grounds_of_date"} <= {bring.item for bring in rule.brings}
    assert stopped(walk).due("temporary_stop") == date(2022, 3, 31)
    assert case.refused("apply_extension").code == "act.not-given"


def test_acceptance_lets_production_go_on(walk):
    case = stopped(walk).do("apply_acceptance", date(2022, 3, 20))
    case.do("reacceptance_passed", date(2022, 3, 25)).do("close_met")
    assert case.state().stage.ends_as == "met"


def test_closing_needs_the_suspension_before_it(walk):
    case = stopped(walk).do("apply_acceptance", date(2022, 3, 20))
    assert case.refused("reacceptance_failed").code == "act.not-on-file"
    case.do("reacceptance_returned")
    assert case.stage() == "stopped"
    assert case.refused("closure.file").code == "act.wrong-stage"


@pytest.mark.parametrize(
    ("day", "code"), [(date(2022, 6, 30), "act.period-running"), (date(2022, 7, 1), None)]
)
def test_overdue_after_the_day_that_was_set(walk, day, code):
    case = suspended(walk)
    if code:
        assert case.refused("record_overdue", day).code == code
    else:
        case.do("record_overdue", day)


def closed(walk):
    return suspended(walk).do("record_overdue", date(2022, 7, 1)).decided("closure")


def test_every_licence_is_revoked_before_the_case_is_closed(walk):
    case = closed(walk).do("record_exit")
    tasks = [t for t in case.state().tasks if t.id == "revoke_licence"]
    assert [(t.item, t.for_) for t in tasks] == [("安全生产许可证", "wsb"), ("采矿许可证", "land")]
    case.do("record_revocation", licence="采矿许可证")
    refusal = case.refused("record_revocation", licence="采矿许可证")
    assert refusal.code == "act.task-unknown" and "安全生产许可证" in refusal.zh
    assert case.refused("close_exited").code == "act.tasks-open"
    case.do("record_revocation", licence="安全生产许可证").do("close_exited")
    assert case.refused("record_revocation").code == "act.wrong-stage"


@pytest.mark.parametrize(
    ("hour", "urgent", "code"),
    [
        (9, False, None),  # told at nine the day before: 24 hours
        (8, False, "act.too-late-before"),
        (8, True, None),  # an emergency
    ],
)
def test_power_is_cut_24_hours_after_telling(walk, hour, urgent, code):
    case = stopped(walk).do(
        "notify_power_cut", told_at=datetime(2022, 3, 2, 9, tzinfo=BEIJING), on=date(2022, 3, 2)
    )
    facts = {"cut_at": datetime(2022, 3, 3, hour, tzinfo=BEIJING), "urgent": urgent}
    if code:
        assert case.refused("cut_supplies", date(2022, 3, 3), **facts).code == code
    else:
        case.do("cut_supplies", date(2022, 3, 3), **facts)


@pytest.mark.parametrize(
    ("begins", "source", "clause"),
    [
        (date(2021, 8, 31), "LAW-SAFETY-2014", "108"),
        (date(2021, 9, 1), "LAW-SAFETY-2021", "113"),
    ],
)
def test_the_article_of_the_text_in_force(walk, begins, source, clause):
    bases = walk("safety", begins).procedure.acts["order_closure"].bases
    assert (source, clause) in {(b.citation.source_id, b.citation.clause) for b in bases}
