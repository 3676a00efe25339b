"""City against department against ledger, before what a city reports counts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from notice_days import asking
from phaseout.casework.models import TaskAct, TaskStanding
from phaseout.coordination.returns import acts, standing
from phaseout.coordination.returns.models import CountedRow
from phaseout.coordination.returns.reconciling import digest
from phaseout.coordination.returns.standing import State
from phaseout.law.refusals import Refusal
from phaseout.registry.capacity.by_hand import counter
from phaseout.registry.models import CapacityEntry
from returns_book import AFTER, IN_TIME, YEAR, YINCHUAN, Round, outside


def code(act, *what, **given) -> str:
    with pytest.raises(Refusal) as refused:
        act(*what, **given)
    return refused.value.code


def test_what_agrees_is_counted_as_reported(round_: Round) -> None:
    round_.exits()
    round_.corrects(1, quantity=1)
    round_.files()
    assert [one.differences for one in round_.beside()] == [()]
    assert TaskStanding.objects.get(task="report_capacity").ended_on is None
    round_.accepts()
    counted = CountedRow.objects.get()
    assert (counted.choice, counted.amount, counted.line_id) == ("agreed", 600_000, "L1")
    assert counted.case_id is not None
    task = TaskStanding.objects.get(task="report_capacity")
    assert (task.state, task.ended_on) == ("reported", IN_TIME), "the exit is counted by it"
    said = TaskAct.objects.get(task="report_capacity").reason
    assert said == f"已计入银川市2018年度报送（第1版），{IN_TIME}核对接受。"
    assert round_.at().state is State.ACCEPTED
    assert code(round_.files, reason="再改") == "return.accepted"


def test_what_differs_is_chosen_row_by_row_with_its_reason(round_: Round) -> None:
    round_.exits()
    round_.corrects(1, quantity=1, amount=Decimal(300_000), reason="另一半在用。")
    round_.drafts(outside())
    round_.files()
    first, second = round_.beside()
    assert "产能不一致" in first.differences[0][0] and "台账没有" in second.differences[0][0]
    city = ("city", "已核查关闭文件。")
    for settled in ({}, {0: city}, {0: city, 1: ("city", " ")}, {0: city, 1: ("ledger", "无")}):
        assert code(round_.accepts, settled) == "return.differences-open"
    round_.accepts({0: ("ledger", "案件确认全部退出。"), 1: city})
    rows = CountedRow.objects.order_by("place").values_list("choice", "amount")
    assert list(rows) == [("ledger", 600_000), ("city", 200_000)]


def test_a_line_that_the_city_leaves_out_of_the_count_is_settled_too(round_: Round) -> None:
    round_.exits()
    round_.corrects(1, quantity=1, amount=Decimal(0), reason="尚未拆除。")
    round_.files()
    round_.accepts({0: ("excluded", "实地核查未拆除。")})
    assert CountedRow.objects.get().amount == 0


def test_a_device_counts_once_across_departments(round_: Round) -> None:
    for department in ("eic", "epd"):
        round_.drafts(outside(), department=department)
        round_.files(department=department)
    round_.accepts({0: ("city", "已核查。")})
    (one,) = round_.beside("epd")
    assert any("已计入2018年" in zh for zh, _ in one.differences)
    round_.accepts({0: ("excluded", "经信委已计入。")}, department="epd")
    assert sum(CountedRow.objects.values_list("amount", flat=True)) == 200_000


def test_the_ledger_corrected_since_stands_beside_the_case(round_: Round) -> None:
    journey = round_.exits()
    round_.corrects(1, quantity=1)
    round_.files()
    seen = digest(round_.beside())
    entry = CapacityEntry.objects.get(act_kind="confirm_exit")
    reviewer = round_.desk.person("eic", "reviewer")
    counter(entry.pk, reason="误记", by=reviewer, today=journey.day)
    (one,) = round_.beside()
    assert one.ledger is None and one.department == 600_000
    ways = round_.ways(round_.eic, IN_TIME)
    refused = code(acts.accept_return, YEAR, "eic", YINCHUAN, {}, seen=seen, **ways)
    assert refused == "return.other-version"


def test_only_the_department_accepts_and_sends_back(round_: Round) -> None:
    round_.files(nil=True)
    for by in (round_.epd, round_.city):
        ways = round_.ways(by, IN_TIME)
        refused = code(acts.accept_return, YEAR, "eic", YINCHUAN, {}, seen="", **ways)
        assert refused == "return.not-yours"
        ways = round_.ways(by, IN_TIME)
        assert code(acts.send_back, YEAR, "eic", YINCHUAN, reason="x", **ways) == "return.not-yours"


def test_sent_back_waits_for_the_city_again_and_what_was_accepted_counts_no_more(
    round_: Round,
) -> None:
    from django.db.models import Q

    from phaseout.coordination.returns.reconciling import standing_rows

    round_.drafts(outside())
    round_.files()
    assert asking(round_.eic, IN_TIME) == ["file"]
    round_.accepts({0: ("city", "已核查。")})
    assert asking(round_.eic, IN_TIME) == []
    assert len(standing_rows(Q(year=YEAR))) == 1
    assert code(round_.sends_back, " ") == "return.no-reason"
    round_.sends_back()
    here = round_.at()
    assert (here.state, here.reminded) == (State.SENT_BACK, True)
    assert standing_rows(Q(year=YEAR)) == []
    assert code(round_.accepts) == "return.not-filed"
    assert asking(round_.city, IN_TIME) == ["accept", "send_back"], "accepting asks for nothing"
    round_.files()
    assert asking(round_.city, IN_TIME) == ["accept"]


def test_a_year_that_is_frozen_moves_no_more(round_: Round, monkeypatch) -> None:
    round_.files(nil=True)
    monkeypatch.setattr(standing, "_FROZEN", [lambda year: year == YEAR])
    assert code(round_.accepts) == "return.year-frozen"
    assert code(round_.sends_back) == "return.year-frozen"
    assert code(round_.files, department="epd", nil=True) == "return.year-frozen"
    late = round_.at(AFTER, department="epd")
    assert (late.state, late.waits_for_city, late.reminded) == (State.LATE, False, False)
