"""The calendar: what is published, what is added, what is still open."""

from datetime import date

import chinese_calendar
import pytest

from phaseout.law.periods import RestCalendar, read_rows, shipped_calendar
from phaseout.law.periods.rest_days import DayKind
from phaseout.law.refusals import Refusal

HEAD = "day,kind,name_zh,name_en,source\n"


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        ("2018-02-14", DayKind.WORKDAY, "星期三"),
        ("2018-02-15", DayKind.HOLIDAY, "春节"),
        ("2018-02-17", DayKind.HOLIDAY, "春节"),  # a Saturday of the festival
        ("2018-02-24", DayKind.MAKEUP_WORKDAY, "春节"),
        ("2018-02-25", DayKind.WEEKEND, "星期日"),
        ("2017-10-02", DayKind.HOLIDAY, "国庆节"),
        ("2017-10-04", DayKind.HOLIDAY, "中秋"),
        ("2020-02-02", DayKind.HOLIDAY, "春节"),  # prolonged by the notice of January 2020
        ("2015-09-03", DayKind.HOLIDAY, "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日"),
    ],
)
def test_the_shipped_calendar_names_each_day(day, kind, name):
    status = shipped_calendar().status(date.fromisoformat(day))
    assert (status.kind, status.name[0], status.settled) == (kind, name, True)


def test_the_shipped_calendar_agrees_with_its_library_on_every_day():
    calendar = shipped_calendar()
    for ordinal in range(date(2004, 1, 1).toordinal(), date(2026, 12, 31).toordinal() + 1):
        day = date.fromordinal(ordinal)
        assert calendar.status(day).rest == chinese_calendar.is_holiday(day), day


@pytest.mark.parametrize(
    ("day", "settled"),
    [
        ("2003-12-31", False),  # no notice for 2003 in the library
        ("2004-01-01", True),
        ("2025-12-31", True),  # the notice for 2026 is held
        ("2026-12-28", True),
        ("2026-12-29", False),  # no notice has ever changed an earlier day of December
        ("2026-12-31", False),
        ("2027-01-01", False),
    ],
)
def test_a_day_is_settled_when_no_notice_still_to_come_can_change_it(day, settled):
    assert shipped_calendar().status(date.fromisoformat(day)).settled is settled


def test_the_version_names_library_and_added_rows():
    version = shipped_calendar().version
    assert f"chinesecalendar {chinese_calendar.__version__}" in version
    assert "sha256:" in version


def test_the_version_depends_on_what_the_rows_say_and_not_on_their_order():
    one = "2027-05-03,rest,补休,day off,notice 1\n"
    other = "2027-05-08,work,补班,made up,notice 1\n"
    versions = {
        shipped_calendar().with_rows(read_rows((HEAD + rows).encode(), "t.csv")).version
        for rows in (one + other, other + one, one.replace("05-03", "05-04") + other)
    }
    assert len(versions) == 2


def test_added_rows_go_before_the_published_data_and_settle_their_day():
    text = HEAD + "2018年2月24日,rest,特别放假,special rest,测试通知\n2027/1/2,work,,,测试通知\n"
    calendar = shipped_calendar().with_rows(read_rows(text.encode("gb18030"), "t.csv"))
    rest, work = (calendar.status(day) for day in (date(2018, 2, 24), date(2027, 1, 2)))
    assert (rest.kind, rest.name, rest.source) == (
        DayKind.HOLIDAY,
        ("特别放假", "special rest"),
        "测试通知",
    )
    assert (work.kind, work.settled) == (DayKind.MAKEUP_WORKDAY, True)
    assert calendar.status(date(2027, 1, 4)).settled is False  # the year is not entered


def test_a_later_row_for_the_same_day_replaces_the_earlier():
    first = read_rows((HEAD + "2027-05-03,rest,a,a,n1\n").encode(), "t.csv")
    second = read_rows((HEAD + "2027-05-03,work,b,b,n2\n").encode(), "t.csv")
    calendar = shipped_calendar().with_rows(first).with_rows(second)
    assert calendar.status(date(2027, 5, 3)).source == "n2"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("day,kind\n2027-01-01,rest\n", 1, "name_zh"),
        (HEAD + "2027-01-01,holiday,a,a,n\n", 2, "kind"),
        (HEAD + "2027-02-30,rest,a,a,n\n", 2, "day"),
        (HEAD + "2027-01-01,year,,,n\n", 2, "day"),
        (HEAD + "2027-01-01,rest,a,a,n\n2027-01-02,rest,a,a,\n", 3, "source"),
        (HEAD + "2027-01-01,rest,a,a,n\n2027-01-01,work,a,a,n\n", 3, "day"),
        (HEAD + "2027-01-01,rest\n", 2, "source"),
        ("", 1, "day"),
    ],
)
def test_a_bad_row_is_refused_with_its_place(text, line, column):
    with pytest.raises(Refusal) as refused:
        read_rows(text.encode(), "rest.csv")
    assert refused.value.code == "calendar.bad-row"
    assert f"rest.csv line {line}" in refused.value.en and column in refused.value.en


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(Refusal) as refused:
        read_rows(b"\xff\xff\x00\x81", "rest.csv")
    assert refused.value.code == "calendar.bad-row"


def test_a_calendar_without_any_year_knows_weekends_only():
    empty = RestCalendar("empty", frozenset(), {}, {})
    status = empty.status(date(2018, 2, 15))
    assert (status.rest, status.settled) == (False, False)
    assert empty.status(date(2018, 2, 17)).rest
