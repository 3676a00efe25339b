"""Counting back: the full period lies between the act and the event."""

from datetime import date, datetime

import pytest

from phaseout.law.periods import BEIJING, Direction, StepKind, Unit, count_period
from phaseout.law.refusals import Refusal

EVENT, END = Direction.BACKWARD, Direction.BACKWARD_FROM_END


@pytest.mark.parametrize(
    ("day", "unit", "length", "direction", "latest"),
    [
        # seven full days, 3 to 9 June, between the 2nd and the hearing on the 10th
        ("2020-06-10", Unit.CALENDAR_DAY, 7, EVENT, "2020-06-02"),
        # 2 October is a holiday and stays: moving it would shorten the party's time
        ("2018-10-10", Unit.CALENDAR_DAY, 7, EVENT, "2018-10-02"),
        # 31 May to 9 June 2022 hold seven working days: 3 to 5 is the Dragon Boat Festival
        ("2022-06-10", Unit.WORKING_DAY, 7, EVENT, "2022-05-30"),
        # the working days are Sunday 11 to Wednesday 14 February and the 22nd
        ("2018-02-23", Unit.WORKING_DAY, 5, EVENT, "2018-02-10"),
        ("2022-06-01", Unit.MONTH, 3, EVENT, "2022-02-28"),  # March, April, May
        ("2022-03-01", Unit.YEAR, 1, EVENT, "2021-02-28"),
        # the last day of a period runs to 24:00 and is one of the days between
        ("2018-03-02", Unit.CALENDAR_DAY, 15, END, "2018-02-15"),
        ("2022-06-10", Unit.WORKING_DAY, 1, END, "2022-06-09"),
        ("2022-05-31", Unit.MONTH, 3, END, "2022-02-28"),
    ],
)
def test_the_latest_day(day, unit, length, direction, latest):
    certificate = count_period(date.fromisoformat(day), unit, length, direction=direction)
    assert certificate.due.isoformat() == latest
    assert not certificate.provisional


def test_a_latest_day_on_a_rest_day_is_kept_and_said_so():
    certificate = count_period(date(2018, 10, 10), Unit.CALENDAR_DAY, 7, direction=EVENT)
    (kept,) = [step for step in certificate.steps if step.kind is StepKind.NOT_MOVED]
    assert "国庆节" in kept.says_zh and "National Day" in kept.says_en


def test_hours_before_a_moment():
    cut = datetime(2022, 3, 1, 14, 30, tzinfo=BEIJING)
    notice = count_period(cut, Unit.HOUR, 24, direction=EVENT)
    assert notice.due == datetime(2022, 2, 28, 14, 30, tzinfo=BEIJING)


def test_working_days_back_through_a_year_without_data_are_refused():
    with pytest.raises(Refusal) as refused:
        count_period(date(2027, 1, 5), Unit.WORKING_DAY, 2, direction=EVENT)
    assert refused.value.code == "period.no-calendar"


def test_a_period_counted_back_has_no_extension():
    with pytest.raises(ValueError, match="extension"):
        count_period(date(2022, 3, 1), Unit.MONTH, 3, extension=1, direction=EVENT)
