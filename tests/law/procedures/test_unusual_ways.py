"""Silence, withdrawal, death of the firm, merger, transfer, suspension, reopening, new versions."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from phaseout.law.procedures import PROCEDURES, procedure, versions
from phaseout.law.refusals import Refusal

DAY = date(2022, 3, 1)


@pytest.mark.parametrize("name", PROCEDURES)
@pytest.mark.parametrize(
    ("kind", "stage"),
    [
        ("terminate", "terminated"),
        ("merge_into", "merged"),
        ("transfer_out", "transferred"),
        ("withdraw_case", "withdrawn"),
    ],
)
def test_every_case_can_leave_in_these_ways(walk, name, kind, stage):
    case = walk(name, DAY).do("open_on_decision" if name == "exit" else "open").do(kind)
    assert case.stage() == stage
    assert case.refused(kind).code == "act.wrong-stage"  # not twice, and not on a closed case


def test_a_successor_takes_the_place_of_the_party_and_nothing_moves(walk):
    case = walk("energy", DAY).do("open").notified("order")
    before = case.state()
    case.do("substitute_party")
    assert (case.stage(), case.due("order.reply")) == (before.stage.id, before.deadlines[-1].due)


def test_a_suspended_case_waits_and_the_enterprise_keeps_its_rights(walk):
    case = walk("quality", date(2022, 2, 1)).do("open").do("serve_result")
    case.do("confirm_result", date(2022, 2, 17)).notified("suspension", DAY).do("pause_case")
    assert case.refused("suspension.legal_review", date(2022, 3, 9)).code == "act.case-paused"
    case.do("suspension.defence", date(2022, 3, 4)).do("resume_case", date(2022, 3, 10))
    case.do("suspension.answer_defence").do("suspension.legal_review")
    assert case.refused("resume_case").code == "act.wrong-stage"


def test_the_days_of_a_suspension_do_not_count_for_the_decision(walk):
    case = walk("technology", DAY).all("open", "record_match", "elimination.file")
    assert case.due("elimination.decision_time") == date(2022, 5, 30)
    case.do("pause_case", date(2022, 3, 10)).do("resume_case", date(2022, 3, 20))
    assert case.due("elimination.decision_time") == date(2022, 6, 9)
    # and while it lasts, they go on adding up to the day that is asked about
    case.do("pause_case", date(2022, 4, 1))
    assert case.standing("elimination.decision_time", date(2023, 4, 1)) == "running"


@pytest.mark.parametrize(
    ("name", "prefix", "period", "before"),
    [
        ("energy", "order", "rectification", ("open",)),
        ("quality", "suspension", "rectification", None),
        ("technology", "elimination", "removal", ("open", "record_match")),
    ],
)
def test_the_time_of_a_stay_does_not_count_against_the_enterprise(
    walk, name, prefix, period, before
):
    case = walk(name, DAY)
    if before is None:
        case.all("open", "serve_result").do("confirm_result", date(2022, 3, 17))
    else:
        case.all(*before)
    case.decided(prefix).do(f"{prefix}.sue")
    due, began = case.due(period), case.day
    case.do(f"{prefix}.stay_execution")
    far = date(began.year + 2, 1, 10)
    standing = [d for d in case.state(far).deadlines if d.period == period][-1]
    assert (standing.standing.value, standing.still) == ("running", True)
    if period == "rectification":
        assert case.refused("record_overdue", far).code == "act.period-running"
    case.do(f"{prefix}.lift_stay", began + timedelta(days=10))
    again = [d for d in case.state().deadlines if d.period == period][-1]
    assert not again.still
    assert 8 <= (again.due - due).days <= 14, "ten days, and what months and rest days move"
    case.do(f"{prefix}.stay_execution", again.due + timedelta(days=1))
    assert case.standing(period, far) == "lapsed", "a stay after the last day gives nothing back"


def test_what_still_ran_stops_when_the_case_ends_and_rights_remain(walk):
    case = walk("energy", DAY).do("open").decided("order")
    case.do("withdraw_case", date(2022, 4, 1))
    standings = {d.period: d.standing.value for d in case.state(date(2023, 6, 1)).deadlines}
    assert standings["rectification"] == "ended"
    assert standings["order.suit"] == "over"
    assert "order.apply_reconsideration" in [rule.kind for rule in case.state().may]


def test_reopening_is_a_leaders_act_with_a_reason_and_begins_anew(walk):
    case = walk("energy", DAY).do("open").decided("order").do("withdraw_case")
    rule = case.procedure.acts["reopen"]
    assert (rule.role, rule.signs, [b.item for b in rule.brings]) == (
        "leader",
        "leader",
        ["reason"],
    )
    case.do("reopen", date(2022, 6, 1))
    assert case.stage() == "opened"
    assert case.state(date(2030, 1, 1)).lapses == ()
    assert case.refused("order.serve_decision").code == "act.wrong-stage"


def test_an_open_case_is_not_reopened(walk):
    assert walk("energy", DAY).do("open").refused("reopen").code == "act.wrong-stage"


@pytest.mark.parametrize("kind", ["order_rectification", "open", "closure.file", "reopen"])
def test_nothing_but_opening_begins_a_case(walk, kind):
    case = walk("energy", DAY)
    if kind == "open":
        case.do("open")
    assert case.refused(kind).code == "act.wrong-stage"


def test_an_unknown_act_is_refused(walk):
    assert walk("energy", DAY).refused("abolish").code == "act.unknown"


def test_a_case_stays_with_its_version_and_says_that_a_newer_one_holds(walk):
    case = walk("technology", date(2021, 7, 1)).all("open", "record_match")
    case.notified("elimination", date(2021, 7, 15))
    now = case.state()
    assert (now.procedure.version, now.newer) == ("2018-10-26", "2021-07-15")
    (reply,) = [d for d in now.deadlines if d.period == "elimination.reply"]
    assert reply.due == date(2021, 7, 19)  # three calendar days end on a Sunday
    assert [d.code for d in reply.certificate.doubts] == ["procedure.version-replaced"]


def test_moving_to_a_newer_version_counts_what_begins_after_it(walk):
    case = walk("technology", date(2021, 7, 1)).all("open", "record_match")
    case.notified("elimination", date(2021, 7, 12))
    case.do("move_version", date(2021, 7, 15), version="2021-07-15")
    assert case.state().procedure.version == "2021-07-15"
    assert case.due("elimination.reply") == date(2021, 7, 15)  # opened before: by the old text
    case.do("elimination.new_facts", date(2021, 7, 16))
    case.all("elimination.notice", "elimination.serve_notice")
    assert case.due("elimination.reply") == date(2021, 7, 23)  # five working days


@pytest.mark.parametrize("name", PROCEDURES)
def test_versions_follow_each_other_without_gap(name):
    known = versions(name)
    assert known[0][0] == date(2017, 1, 1)
    assert known[-1][1] is None
    for (_, last), (first, _) in pairwise(known):
        assert last is not None and (first - last).days == 1
    for first, last in known:
        assert procedure(name, on=first).version == first.isoformat()
        assert procedure(name, on=last or date(2100, 1, 1)).version == first.isoformat()


def test_before_the_opinions_there_is_no_version():
    with pytest.raises(Refusal) as refusal:
        procedure("energy", on=date(2016, 12, 31))
    assert refusal.value.code == "procedure.no-version"
    with pytest.raises(Refusal) as refusal:
        procedure("noise", on=DAY)
    assert refusal.value.code == "procedure.unknown"


def test_an_unlawful_sequence_is_still_derived_and_named(walk):
    case = walk("energy", DAY).do("open")
    case.acts.append(case.act("order.serve_decision", DAY))
    (irregular,) = case.state().irregular
    assert (irregular.index, irregular.refusal.code) == (1, "act.wrong-stage")


def test_acts_after_the_day_are_left_out(walk):
    case = walk("energy", DAY).do("open").notified("order", date(2022, 3, 10))
    assert case.stage(date(2022, 3, 9)) == "opened"


def test_a_reply_time_that_cannot_be_counted_yet_keeps_running(walk):
    """Five working days from 30 December 2027 reach into a year without a published calendar."""
    case = walk("energy", date(2027, 12, 1)).do("open").notified("order", date(2027, 12, 30))
    later = date(2028, 2, 1)
    (reply,) = [d for d in case.state(later).deadlines if d.period == "order.reply"]
    assert (reply.due, reply.standing.value) == (None, "uncounted")
    assert reply.uncounted is not None and reply.uncounted.code == "period.no-calendar"
    assert case.refused("order.approve_by_head", later).code == "act.period-running"
    case.do("order.defence", later)  # the doubt is the office's, not the enterprise's


@pytest.mark.parametrize(
    ("version", "code"),
    [
        ("2021-07-15", "act.not-a-newer-version"),  # the one it has
        ("2018-10-26", "act.not-a-newer-version"),  # an older one
        ("2024-01-01", "act.not-a-newer-version"),  # not yet in force
        ("2099-01-01", "procedure.no-version"),
    ],
)
def test_a_case_is_moved_only_to_a_newer_version_in_force(walk, version, code):
    assert walk("energy", DAY).do("open").refused("move_version", version=version).code == code


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("order.defence", {"points": "要点"}),
        ("order.defence", {"points": []}),
        ("order.defence", {"points": [" "]}),
        ("order.defence", {"points": [1]}),
        ("substitute_party", {"successor": "  "}),
        ("substitute_party", {"proof": []}),
    ],
)
def test_items_of_the_wrong_kind_are_refused(walk, kind, facts):
    case = walk("energy", DAY).do("open").notified("order")
    assert case.refused(kind, **facts).code == "act.item-wrong"


@pytest.mark.parametrize(
    "licences",
    [
        "安全生产许可证",
        [{"licence": "安全生产许可证"}],
        [{"licence": "", "issuer": "wsb"}],
        [{"licence": "同名", "issuer": "wsb"}, {"licence": "同名", "issuer": "land"}],
    ],
)
def test_each_licence_has_a_name_of_its_own_and_an_issuer(walk, licences):
    case = walk("energy", date(2018, 3, 1)).do("open").decided("order")
    case.do("record_overdue", date(2018, 10, 9)).notified("closure")
    case.day = date(2018, 10, 15)
    case.all("closure.legal_review", "closure.collective")
    case.all("closure.submit_for_approval", "closure.approve")
    assert case.refused("order_closure", licences=licences).code == "act.item-wrong"
    case.do("order_closure", licences=[])  # a firm without licences


def test_a_pause_after_the_last_day_gives_nothing_back(walk):
    case = walk("technology", DAY).all("open", "record_match", "elimination.file")
    case.do("pause_case", date(2022, 5, 31))  # the day after the last
    assert case.due("elimination.decision_time", date(2022, 9, 1)) == date(2022, 5, 30)
    assert case.standing("elimination.decision_time", date(2022, 9, 1)) == "lapsed"


def test_a_pause_ends_with_the_case(walk):
    case = walk("technology", DAY).all("open", "record_match", "elimination.file")
    case.do("pause_case", date(2022, 3, 10)).do("terminate", date(2022, 3, 20))
    for later in (date(2022, 3, 20), date(2023, 3, 20)):
        assert case.due("elimination.decision_time", later) == date(2022, 6, 9)
        assert case.standing("elimination.decision_time", later) == "ended"
