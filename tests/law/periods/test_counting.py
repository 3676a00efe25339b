"""Counting forward, at the edges of each rule of docs/periods.md."""

from datetime import date, datetime

import pytest

from phaseout.law.periods import (
    BEIJING,
    Bound,
    StepKind,
    Unit,
    count_period,
    read_rows,
    shipped_calendar,
)
from phaseout.law.periods.arithmetic import add_months, last_start_for_months
from phaseout.law.refusals import Refusal

DAY, WORKING, MONTH, YEAR, HOUR = (
    Unit.CALENDAR_DAY,
    Unit.WORKING_DAY,
    Unit.MONTH,
    Unit.YEAR,
    Unit.HOUR,
)


def due(trigger, unit, length, **more):
    return count_period(date.fromisoformat(trigger), unit, length, **more)


@pytest.mark.parametrize(
    ("trigger", "unit", "length", "ends", "provisional"),
    [
        # months: the corresponding day, or the month's last day
        ("2017-03-15", MONTH, 6, "2017-09-15", False),  # corresponding day
        ("2017-08-30", MONTH, 6, "2018-02-28", False),  # no 30 February
        ("2017-08-31", MONTH, 6, "2018-02-28", False),  # no 31 February
        ("2017-09-01", MONTH, 6, "2018-03-01", False),  # the day after
        ("2019-08-28", MONTH, 6, "2020-02-28", False),  # leap year: 28 exists
        ("2019-08-31", MONTH, 6, "2020-03-02", False),  # 29 February 2020 is a Saturday
        ("2020-02-29", YEAR, 1, "2021-03-01", False),  # 28 February 2021 is a Sunday
        ("2020-02-29", YEAR, 4, "2024-02-29", False),  # leap day to leap day
        # Spring Festival 2018: rest from Thursday 15 to Wednesday 21 February
        ("2017-08-14", MONTH, 6, "2018-02-14", False),  # the day before the rest
        ("2017-08-15", MONTH, 6, "2018-02-22", False),  # its first day
        ("2017-08-21", MONTH, 6, "2018-02-22", False),  # its last day
        ("2017-08-22", MONTH, 6, "2018-02-22", False),  # the day after
        # National Day 2017: rest from 1 to 8 October; Saturday 30 September is worked
        ("2017-03-30", MONTH, 6, "2017-09-30", False),  # make-up workday: no rolling
        ("2017-04-01", MONTH, 6, "2017-10-09", False),  # first day of the rest
        ("2017-04-08", MONTH, 6, "2017-10-09", False),  # last day of the rest, a Sunday
        ("2017-04-09", MONTH, 6, "2017-10-09", False),  # first workday after it
        # calendar days: start not counted, holidays in the middle do not lengthen
        ("2018-02-14", DAY, 15, "2018-03-01", False),  # seven holidays inside
        ("2018-02-23", DAY, 1, "2018-02-24", False),  # Saturday worked for the festival
        ("2018-03-01", DAY, 1, "2018-03-02", False),
        ("2018-03-02", DAY, 1, "2018-03-05", False),  # Saturday rolls over Sunday
        # working days
        ("2018-02-09", WORKING, 1, "2018-02-11", False),  # Sunday 11 February is worked
        ("2018-02-14", WORKING, 1, "2018-02-22", False),  # the whole festival is skipped
        ("2018-02-14", WORKING, 3, "2018-02-24", False),  # Saturday 24 February is worked
        ("2018-02-14", WORKING, 4, "2018-02-26", False),
        ("2003-12-31", WORKING, 1, "2004-01-02", False),  # the start day needs no calendar
        # the ends of the record
        ("2003-12-01", MONTH, 1, "2004-01-02", False),  # New Year 2004 is recorded
        ("2003-11-30", MONTH, 1, "2003-12-30", True),  # 2003 is not
        ("2026-06-28", MONTH, 6, "2026-12-28", False),
        ("2026-06-29", MONTH, 6, "2026-12-29", True),  # the notice for 2027 may reach it
        ("2026-07-01", MONTH, 6, "2027-01-01", True),  # Friday, as far as is known
        ("2026-08-15", MONTH, 6, "2027-02-15", True),
        ("2026-12-25", WORKING, 1, "2026-12-28", False),
        ("2026-12-28", WORKING, 3, "2026-12-31", True),
    ],
)
def test_the_last_day(trigger, unit, length, ends, provisional):
    certificate = due(trigger, unit, length)
    assert (certificate.due.isoformat(), certificate.provisional) == (ends, provisional)


@pytest.mark.parametrize(
    ("trigger", "length", "year"),
    [("2026-12-28", 4, 2027), ("2027-05-04", 1, 2027), ("2003-12-29", 1, 2003)],
)
def test_working_days_through_a_year_without_data_are_refused(trigger, length, year):
    with pytest.raises(Refusal) as refused:
        due(trigger, WORKING, length)
    assert refused.value.code == "period.no-calendar"
    assert str(year) in refused.value.en and str(year) in refused.value.zh
    assert "--calendar" in refused.value.instead[1]


def test_a_provisional_day_says_which_year_is_missing():
    after, before = due("2026-08-15", MONTH, 6), due("2003-01-01", MONTH, 1)
    assert [(d.code, "2027" in d.says[1]) for d in after.doubts] == [
        ("calendar.year-not-published", True)
    ]
    assert [(d.code, "2003" in d.says[1]) for d in before.doubts] == [
        ("calendar.year-not-recorded", True)
    ]


def test_an_extension_is_counted_once_from_service_and_not_from_the_first_end():
    assert due("2017-08-31", MONTH, 6).due == date(2018, 2, 28)
    assert due("2017-08-31", MONTH, 6, extension=3).due == date(2018, 5, 31)


def test_an_extension_does_not_start_from_a_first_end_moved_by_a_holiday():
    # The six months end in the festival and move to 22 February; nine months end on 15 May.
    assert due("2017-08-15", MONTH, 6, extension=3).due == date(2018, 5, 15)


def test_the_steps_name_each_rest_day_the_end_moved_over():
    rolled = [s for s in due("2017-08-15", MONTH, 6).steps if s.kind is StepKind.ROLLED]
    assert [s.day.isoformat() for s in rolled] == [f"2018-02-{day}" for day in range(15, 22)]
    assert all("春节" in s.says_zh and "Spring Festival" in s.says_en for s in rolled)


def test_the_steps_of_a_working_day_term_account_for_every_day():
    steps = due("2018-02-09", WORKING, 8).steps
    skipped = [s.day.isoformat() for s in steps if s.kind is StepKind.SKIPPED]
    assert skipped == ["2018-02-10", *(f"2018-02-{day}" for day in range(15, 22)), "2018-02-25"]
    counted = [s.says_en for s in steps if s.kind is StepKind.COUNTED]
    assert "working days 1 to 4" in counted[0] and "02-11 Spring Festival" in counted[0]
    assert "working days 5 to 7" in counted[1]  # 22 to 24, Saturday 24 made up
    assert "working day 8" in counted[2]  # Monday 26


def test_an_end_on_a_makeup_workday_says_why_it_stays():
    kinds = [step.kind for step in due("2017-03-30", MONTH, 6).steps]
    assert StepKind.MAKEUP_WORKDAY in kinds and StepKind.ROLLED not in kinds


@pytest.mark.parametrize(
    ("trigger", "source"),
    [
        ("2017-09-30", "GPCL-1986"),
        ("2017-10-01", "GPC-2017"),
        ("2020-12-31", "GPC-2017"),
        ("2021-01-01", "CC-2020"),
    ],
)
def test_the_start_is_cited_by_the_text_in_force_on_the_day(trigger, source):
    steps = due(trigger, MONTH, 1).steps
    (start,) = [step for step in steps if step.kind is StepKind.START_NOT_COUNTED]
    assert start.cites[0].source_id == source


def test_before_any_text_on_counting_the_count_is_refused():
    assert due("1987-01-01", MONTH, 1).due == date(1987, 2, 2)
    with pytest.raises(Refusal) as refused:
        due("1986-12-31", MONTH, 1)
    assert refused.value.code == "period.no-counting-rule"


def test_an_earliest_day_is_not_moved():
    sunday = due("2018-03-01", DAY, 3, bound=Bound.EARLIEST)
    assert sunday.due == date(2018, 3, 4) and not sunday.provisional


def test_hours_start_at_the_moment_and_are_not_moved():
    eve_of_the_festival = datetime(2018, 2, 14, 16, 30, tzinfo=BEIJING)
    certificate = count_period(eve_of_the_festival, HOUR, 24)
    assert certificate.due == datetime(2018, 2, 15, 16, 30, tzinfo=BEIJING)


def test_a_moment_of_another_offset_counts_by_its_day_in_beijing():
    late = datetime.fromisoformat("2018-03-05T18:00:00+00:00")  # 6 March, 02:00 in Beijing
    assert count_period(late, DAY, 1).due == date(2018, 3, 7)


@pytest.mark.parametrize(
    ("length", "more"),
    [(0, {}), (-1, {}), (1, {"extension": -1})],
)
def test_a_length_that_is_no_length_is_a_mistake_of_the_caller(length, more):
    with pytest.raises(ValueError, match=r"statutory|negative"):
        due("2018-03-05", DAY, length, **more)


def test_hours_from_a_day_without_a_time_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="moment"):
        due("2018-03-05", HOUR, 24)


@pytest.mark.parametrize("unit", [DAY, MONTH, YEAR])
@pytest.mark.parametrize("length", [10**7, 10**30])
def test_an_end_beyond_the_calendar_is_refused(unit, length):
    with pytest.raises(Refusal) as refused:
        due("2018-03-05", unit, length)
    assert refused.value.code == "period.beyond-the-calendar"


def test_a_callers_calendar_settles_its_year_and_changes_the_version():
    rows = read_rows(
        "day,kind,name_zh,name_en,source\n"
        "2027,year,,,test notice\n"
        "2027-01-01,rest,元旦,New Year's Day,test notice\n".encode(),
        "test.csv",
    )
    calendar = shipped_calendar().with_rows(rows)
    assert calendar.version != shipped_calendar().version
    months = due("2026-07-01", MONTH, 6, calendar=calendar)
    assert (months.due, months.provisional) == (date(2027, 1, 4), False)
    working = due("2026-12-28", WORKING, 4, calendar=calendar)
    assert (working.due, working.provisional) == (date(2027, 1, 4), False)
    assert working.calendar_version == calendar.version


def test_adding_months_keeps_the_day_where_it_can():
    assert add_months(date(2020, 1, 31), 1) == date(2020, 2, 29)
    assert add_months(date(2020, 3, 31), -1) == date(2020, 2, 29)
    with pytest.raises(OverflowError):
        add_months(date(9999, 12, 1), 1)


def test_the_last_start_is_the_later_of_two_days_that_end_alike():
    assert last_start_for_months(date(2018, 2, 28), 6) == date(2017, 8, 31)
    assert last_start_for_months(date(2018, 2, 27), 6) == date(2017, 8, 27)
