"""What holds for every period, whatever the day, the length and the holidays."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from phaseout.law.periods import Direction, RestCalendar, StepKind, Unit, count_period
from phaseout.law.periods.arithmetic import add_months
from phaseout.law.periods.forward import end_by_calendar
from phaseout.law.periods.written_dates import parse_day

ONE = timedelta(days=1)
days = st.dates(date(2010, 1, 1), date(2035, 12, 31))
units = st.sampled_from([Unit.CALENDAR_DAY, Unit.MONTH, Unit.YEAR])
lengths = st.integers(1, 24)
ALL_YEARS = frozenset(range(1990, 2110))
FESTIVAL = ("节", "festival")


def calendar_with(rest, makeup=()):
    return RestCalendar(
        "test", ALL_YEARS, dict.fromkeys(rest, FESTIVAL), dict.fromkeys(makeup, FESTIVAL)
    )


ORDINARY = calendar_with(())
near = st.sets(st.integers(-5, 40))


def around(day, offsets):
    return {day + timedelta(days=offset) for offset in offsets}


@given(days, units, lengths, near, near)
def test_a_period_never_ends_early_nor_on_a_rest_day(trigger, unit, length, rest, makeup):
    plain = end_by_calendar(trigger, unit, length)
    calendar = calendar_with(around(plain, rest), around(plain, makeup - rest))
    end = count_period(trigger, unit, length, calendar=calendar).due
    assert end >= plain
    assert not calendar.status(end).rest
    assert all(calendar.status(plain + n * ONE).rest for n in range((end - plain).days))


@given(days, days, units, lengths, near)
def test_triggered_later_never_ends_sooner(one, other, unit, length, rest):
    calendar = calendar_with(around(one, rest))
    early, late = sorted((one, other))
    ends = [count_period(day, unit, length, calendar=calendar).due for day in (early, late)]
    assert ends[0] <= ends[1]


@given(days, st.integers(1, 12), st.integers(1, 3), st.integers(0, 20))
def test_a_holiday_at_the_first_end_does_not_lengthen_the_extension(trigger, months, extra, n):
    first_end = add_months(trigger, months)
    holiday = calendar_with(around(first_end, range(n)))
    extended = count_period(trigger, Unit.MONTH, months, extension=extra, calendar=holiday)
    at_once = count_period(trigger, Unit.MONTH, months + extra, calendar=ORDINARY)
    assert extended.due == at_once.due


@given(days, units, st.integers(2, 24), near)
def test_a_holiday_before_the_end_never_lengthens(trigger, unit, length, rest):
    end = end_by_calendar(trigger, unit, length)
    middle = {day for day in around(trigger, rest) if day < end}
    with_holidays = count_period(trigger, unit, length, calendar=calendar_with(middle))
    without = count_period(trigger, unit, length, calendar=ORDINARY)
    assert with_holidays.due == without.due


@given(days, st.integers(1, 30), near, near)
def test_exactly_so_many_working_days_lie_after_the_trigger(trigger, length, rest, makeup):
    calendar = calendar_with(around(trigger, rest), around(trigger, makeup - rest))
    end = count_period(trigger, Unit.WORKING_DAY, length, calendar=calendar).due
    worked = [
        day
        for n in range(1, (end - trigger).days + 1)
        if not calendar.status(day := trigger + n * ONE).rest
    ]
    assert len(worked) == length and worked[-1] == end


@given(days, st.sampled_from(list(Unit)[:4]), lengths, near, st.booleans())
def test_counted_back_the_period_just_fits_before_the_event(event, unit, length, rest, from_end):
    calendar = calendar_with(around(event, {-offset for offset in rest}))
    direction = Direction.BACKWARD_FROM_END if from_end else Direction.BACKWARD
    latest = count_period(event, unit, length, direction=direction, calendar=calendar).due

    def runs_out(start):
        if unit is Unit.WORKING_DAY:
            return count_period(start, unit, length, calendar=calendar).due
        return end_by_calendar(start, unit, length)

    last_between = event if from_end else event - ONE
    assert runs_out(latest) <= last_between < runs_out(latest + ONE)


@given(days, units, lengths, near)
def test_the_steps_lead_to_the_due_day_without_a_jump(trigger, unit, length, rest):
    calendar = calendar_with(around(end_by_calendar(trigger, unit, length), rest))
    certificate = count_period(trigger, unit, length, calendar=calendar)
    by_kind = {kind: [s.day for s in certificate.steps if s.kind is kind] for kind in StepKind}
    assert by_kind[StepKind.START_NOT_COUNTED] == [trigger + ONE]
    (nominal,) = by_kind[StepKind.NOMINAL_END]
    rolled = by_kind[StepKind.ROLLED]
    assert rolled == [nominal + n * ONE for n in range(len(rolled))]
    assert certificate.due == nominal + len(rolled) * ONE
    assert by_kind[StepKind.LAST_DAY] == [certificate.due]


@given(st.dates(date(1000, 1, 1)))
def test_every_official_way_of_writing_a_day_reads_the_same(day):
    year, month, number = day.year, day.month, day.day
    for text in (
        day.isoformat(),
        f"{year}/{month}/{number}",
        f"{year}.{month:02d}.{number:02d}",
        f"{year}年{month}月{number}日",
        f" {year} 年 {month} 月 {number} 日 ",
    ):
        assert parse_day(text) == day
