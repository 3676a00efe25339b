"""A city reports: in time, late, twice, the wrong bureau, and what is wrong in its rows."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from phaseout.accounts.powers import Role
from phaseout.coordination.returns import drafting
from phaseout.coordination.returns.models import Draft, Return, ReturnRow
from phaseout.coordination.returns.rows import Row
from phaseout.coordination.returns.standing import State
from phaseout.law.refusals import Refusal
from returns_book import AFTER, IN_TIME, LAST_DAY, YEAR, YINCHUAN, Round, outside


def code(act, *what, **given) -> str:
    with pytest.raises(Refusal) as refused:
        act(*what, **given)
    return refused.value.code


def test_the_draft_is_filled_from_the_ledger_and_the_case(round_: Round) -> None:
    journey = round_.exits()
    now = drafting.drafted(round_.at())
    (row,) = now.rows
    assert not now.kept
    assert (row.line_id, row.amount, row.unit, row.way) == (
        "L1", Decimal(600_000), "t/a", "dismantled",
    )  # fmt: skip
    assert (row.dimension, row.case_id) == (journey.case.dimension, journey.case.pk)
    assert row.dismantled_on is not None
    assert row.document, "the number of the confirmation of exit"
    assert drafting.drafted(round_.at(department="epd")).rows == (), "another department's case"
    # What the ledger does not know has to be filled in before it can be reported.
    assert [one.column for one in now.wrong] == ["quantity"]


def test_it_is_reported_with_corrections_and_the_draft_goes(round_: Round) -> None:
    round_.exits()
    round_.corrects(1, quantity=2)
    round_.drafts(outside())
    filed = round_.files()
    assert (filed.version, filed.days_late, filed.nil) == (1, 0, False)
    rows = [Row.kept(one) for one in ReturnRow.objects.filter(of_return=filed).order_by("place")]
    assert [(row.line_id, row.amount) for row in rows] == [("L1", 600_000), ("", 200_000)]
    assert not Draft.objects.exists()
    assert round_.at().state is State.FILED


def test_a_change_of_what_the_ledger_says_needs_its_reason(round_: Round) -> None:
    round_.exits()
    round_.corrects(1, quantity=2)
    assert code(round_.corrects, 1, amount=Decimal(300_000)) == "return.rows-wrong"
    round_.corrects(1, amount=Decimal(300_000), reason="另一半产能保留在用。")
    assert drafting.drafted(round_.at()).wrong == ()


def test_a_line_of_the_ledger_is_not_left_out_in_silence(round_: Round) -> None:
    round_.exits()
    assert code(drafting.drop_row, round_.at(), 1, by=round_.city) == "return.of-the-ledger"
    round_.corrects(1, quantity=1, amount=Decimal(0), reason="已于2019年列报。")
    assert round_.files().rows.get().amount == 0


@pytest.mark.parametrize(
    ("today", "days_late"), [(LAST_DAY, 0), (AFTER, 1)], ids=["the last day", "the day after"]
)
def test_late_is_the_day_after(round_: Round, today, days_late) -> None:
    before = round_.at(today)
    assert (before.state is State.LATE, before.days_late) == (bool(days_late), days_late)
    if days_late:
        assert code(round_.files, today, nil=True) == "return.late"
    filed = round_.files(today, nil=True, reason="汛期停电，数据晚到。" if days_late else "")
    assert filed.days_late == days_late


def test_who_was_in_time_is_not_late_when_corrected_afterwards(round_: Round) -> None:
    round_.files(nil=True)
    round_.sends_back(today=LAST_DAY)
    round_.drafts(outside())
    assert round_.files(AFTER).days_late == 0


def test_people_are_reminded_from_the_thirtieth_day_before(round_: Round) -> None:
    days = {day: round_.at(LAST_DAY.replace(day=day)).reminded for day in (1, 31)}
    assert days == {1: True, 31: True}
    before = LAST_DAY.replace(month=11, day=30)
    assert not round_.at(before).reminded
    assert code(round_.files, before, nil=True) == "return.too-early", "the year goes on"
    round_.files(LAST_DAY.replace(month=12, day=1), nil=True)
    assert not round_.at().reminded


def test_sent_twice_under_one_key_happens_once_and_under_another_is_refused(round_: Round) -> None:
    key = uuid4()
    first = round_.files(nil=True, key=key)
    assert round_.files(nil=True, key=key) == first
    assert code(round_.files, nil=True) == "return.sent-already"
    assert code(round_.files, nil=True, reason="再报一次") == "return.nothing-new"
    round_.drafts(outside())
    again = round_.files(reason="补报一户")
    assert (again.version, Return.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("function", "division", "may"),
    [
        ("cities", "640100", True),
        ("eic", "640100", True),  # the city's own bureau of that line
        ("epd", "640100", False),  # its bureau of another line
        ("cities", "640200", False),  # another city
        ("eic", "640000", False),  # the department itself
        ("cities", "640104", False),  # a county
    ],
)
def test_only_the_citys_own_bureau_reports(round_: Round, function, division, may) -> None:
    by = round_.desk.person(function, Role.OFFICER, division)
    if may:
        assert round_.files(by=by, nil=True).act.by == by
    else:
        assert code(round_.files, by=by, nil=True) == "return.wrong-bureau"


def test_nothing_said_is_not_nothing_exited(round_: Round) -> None:
    assert code(round_.files) == "return.empty"
    round_.drafts(outside())
    assert code(round_.files, nil=True) == "return.not-nil"
    assert round_.files().nil is False


def test_a_draft_changed_meanwhile_is_looked_at_again(round_: Round) -> None:
    seen = drafting.drafted(round_.at()).digest
    round_.drafts(outside())
    from phaseout.coordination.returns import acts

    ways = round_.ways(round_.city, IN_TIME)
    refused = code(acts.file_return, YEAR, "eic", YINCHUAN, draft=seen, nil=True, **ways)
    assert refused == "return.draft-changed"


@pytest.mark.parametrize(
    ("given", "column"),
    [
        ({"division_code": "640202"}, "county"),
        ({"industry": "tea"}, "industry"),
        ({"uscc": "91640104MA75WXXG18"}, "uscc"),
        ({"way": "registered"}, "way"),
        ({"quantity": 0}, "quantity"),
        ({"amount": Decimal(-1)}, "capacity"),
        ({"document": " "}, "document"),
        ({"reason": ""}, "reason"),
        ({"dismantled_on": None}, "dismantled_on"),
        ({"cut_on": LAST_DAY.replace(month=10)}, "dismantled_on"),  # cut after it was dismantled
        ({"dismantled_on": LAST_DAY.replace(year=2017)}, "accepted_on"),  # not in the year
        ({"equipment": "磨" * 401}, "equipment"),
    ],
)
def test_what_is_wrong_in_a_row_is_named_by_its_column(round_: Round, given, column) -> None:
    with pytest.raises(Refusal) as refused:
        round_.drafts(outside(**given))
    assert refused.value.code == "return.rows-wrong"
    from phaseout.law.annual import columns

    head = next(one.zh for one in columns() if one.key == column)
    assert f"第1行“{head}”" in refused.value.zh
    assert not Draft.objects.exists()


def test_a_row_that_somebody_changed_meanwhile_is_looked_at_again(round_: Round) -> None:
    round_.drafts(outside())
    (row,) = drafting.drafted(round_.at()).rows
    mine, theirs = row.corrected(quantity=3), row.corrected(quantity=2)
    keep = {"by": round_.city, "seen": row.digest}
    for once_more in (theirs, theirs):
        drafting.keep_row(round_.at(), 1, once_more, **keep)
    assert code(drafting.keep_row, round_.at(), 1, mine, **keep) == "return.draft-changed"


def test_the_database_keeps_what_was_reported(round_: Round) -> None:
    round_.drafts(outside())
    filed = round_.files()
    for change in (filed.rows.get().delete, lambda: filed.rows.update(amount=1), filed.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_year_before_the_opinions_or_to_come_is_not_reported(round_: Round) -> None:
    from phaseout.coordination.returns import acts

    for year in (2016, 2019):
        ways = round_.ways(round_.city, IN_TIME)
        refused = code(acts.file_return, year, "eic", YINCHUAN, draft="", nil=True, **ways)
        assert refused == "return.year-not-open"
