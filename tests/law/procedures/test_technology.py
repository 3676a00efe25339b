"""Technology: dismantle, or seal first and dismantle by a date; ditiaogang outright."""

from __future__ import annotations

from datetime import date

import pytest

SEALING = (
    "cut_water",
    "cut_power",
    "remove_drive",
    "seal",
    "commitment",
    "publish_commitment",
    "set_dismantling_date",
)


def eliminated(walk, match="record_match"):
    case = walk("technology", date(2018, 3, 1)).all("open", match)
    return case.decided("elimination", removal_by=date(2018, 4, 30))


def test_dismantling_at_once(walk):
    case = eliminated(walk).do("dismantle", date(2018, 4, 1))
    case.do("acceptance_passed", date(2018, 4, 20)).do("close_exited")
    assert case.state().stage.ends_as == "exited"
    assert case.state().irregular == ()


@pytest.mark.parametrize("left_out", SEALING)
def test_sealing_is_complete_with_all_seven_steps(walk, left_out):
    case = eliminated(walk)
    for step in SEALING:
        if step != left_out and not (left_out == "commitment" and step == "publish_commitment"):
            case.do(step, date(2018, 4, 1))
    assert case.refused("record_sealed").code == "act.not-on-file"


def test_sealed_equipment_is_dismantled_by_the_set_date(walk):
    case = eliminated(walk)
    for step in SEALING:
        facts = {"dismantle_by": date(2018, 12, 31)} if step == "set_dismantling_date" else {}
        case.do(step, date(2018, 4, 1), **facts)
    case.do("record_sealed")
    assert case.standing("removal", date(2018, 6, 1)) == "met"
    assert case.due("dismantling") == date(2018, 12, 31)
    assert case.standing("dismantling", date(2018, 12, 31)) == "running"
    assert case.standing("dismantling", date(2019, 1, 1)) == "lapsed"
    assert case.do("dismantle", date(2018, 12, 31)).stage() == "dismantled"


def test_a_restart_of_sealed_equipment_breaks_the_seal(walk):
    case = eliminated(walk).all(*SEALING, "record_sealed")
    assert case.do("record_restart", date(2018, 6, 1)).stage() == "to_remove"


@pytest.mark.parametrize("step", ["cut_water", "cut_power", "remove_drive", "seal", "commitment"])
def test_ditiaogang_cannot_be_sealed_instead(walk, step):
    case = eliminated(walk, "record_ditiaogang")
    assert case.refused(step).code == "act.once"
    assert case.do("dismantle", date(2018, 4, 1)).stage() == "dismantled"


def test_a_failed_acceptance_goes_back(walk):
    case = eliminated(walk).do("dismantle", date(2018, 4, 1)).do("acceptance_failed")
    assert case.stage() == "to_remove"


def test_before_the_decision_there_is_notice_and_hearing(walk):
    case = walk("technology", date(2018, 3, 1)).all("open", "record_match")
    assert case.refused("dismantle").code == "act.wrong-stage"
    case.notified("elimination", date(2018, 3, 1))
    case.do("elimination.hearing_request", date(2018, 3, 5))
    assert case.refused("elimination.legal_review", date(2018, 3, 6)).code == "act.unanswered"
