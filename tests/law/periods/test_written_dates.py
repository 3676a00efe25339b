from datetime import date

import pytest

from phaseout.law.periods import parse_day, parse_moment


def test_full_width_digits_are_digits():
    assert parse_day("２０１７年６月３０日") == date(2017, 6, 30)


@pytest.mark.parametrize(
    "text",
    ["", "2017", "2017-06", "06/30/2017", "30.6.2017", "2017-06/30", "2017-06-301", "17-06-30",
     "2017-02-29", "2017-13-01", "2017年6月31日", "2017年6月30", "2017-06-30 12:00", "明天"],
)  # fmt: skip
def test_what_is_not_a_day_is_not_guessed(text):
    with pytest.raises(ValueError, match="not a date"):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2017-06-30 14:30", "2017-06-30T14:30:00+08:00"),
        ("2017-06-30T14:30:15", "2017-06-30T14:30:15+08:00"),
        ("2017/6/30 8:05", "2017-06-30T08:05:00+08:00"),
        ("2017年6月30日14时30分", "2017-06-30T14:30:00+08:00"),
        ("2017年6月30日 14时", "2017-06-30T14:00:00+08:00"),
        ("2017年6月30日14：30", "2017-06-30T14:30:00+08:00"),
        ("2017-06-30T20:30:00Z", "2017-07-01T04:30:00+08:00"),
        ("2017-06-30T14:30+09:00", "2017-06-30T13:30:00+08:00"),
    ],
)
def test_a_moment_is_beijing_time_unless_it_says_otherwise(text, moment):
    assert parse_moment(text).isoformat() == moment


@pytest.mark.parametrize(
    "text",
    ["2017-06-30", "2017-6-114:30", "2017-06-30 24:30", "2017-06-30 14:60", "14:30",
     "2017-06-30 14:30+99:00", "0001-01-01 00:00+14:00"],
)  # fmt: skip
def test_what_is_not_a_moment_is_not_guessed(text):
    with pytest.raises(ValueError):
        parse_moment(text)
