"""Whether a cut line was started again: at each limit, and what must never alarm."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phaseout.law.refusals import Refusal
from phaseout.law.restart import DAY_SLOTS, Answer, Kind, Load, Parameters, judge
from phaseout.law.restart.judging import SHARED

CUT = date(2018, 4, 1)
WORK, STANDBY, IDLE = 200.0, 12.0, 4.0
ONE_DAY = timedelta(days=1)


class Site:
    """A line that worked by day for 30 days, was cut, and draws 4 kW since."""

    def __init__(self, days: int = 60, before: int = 30, idle: float = IDLE) -> None:
        worked = [STANDBY] * 32 + [WORK] * 64
        self.days = {CUT - n * ONE_DAY: list(worked) for n in range(1, before + 1)}
        self.days |= {CUT + n * ONE_DAY: [idle] * DAY_SLOTS for n in range(1, days + 1)}
        self.last = CUT + days * ONE_DAY

    def draws(self, number: int, kw: float, first: int = 0, slots: int = DAY_SLOTS) -> Site:
        """On that day after the cut the line draws so much more from a quarter on."""
        day = self.days[CUT + number * ONE_DAY]
        for slot in range(first, first + slots):
            day[slot] += kw
        return self

    def without(self, *numbers: int) -> Site:
        for number in numbers:
            del self.days[CUT + number * ONE_DAY]
        return self

    def judged(self, **given):
        return judge(
            Load(self.days),
            cut_on=CUT,
            first=CUT,
            last=self.last,
            parameters=Parameters.of(self.last),
            **given,
        )

    def kinds(self) -> list[Kind]:
        return [alarm.kind for alarm in self.judged().alarms]


# By night the threshold lies at 4 kW + the larger of 10 kW, half the base, 6 % of 188 kW: 15.28 kW.
OVER = 0.06 * (WORK - STANDBY)


@pytest.mark.parametrize(
    ("slots", "days", "more", "found"),
    [
        (24, (30, 31), 0.1, [Kind.SUSTAINED]),
        (24, (30, 32), 0.1, [Kind.SUSTAINED]),
        (24, (30, 33), 0.1, []),  # two days in four
        (24, (30,), 0.1, []),  # one day
        (23, (30, 31), 0.1, []),  # a quarter less than six hours
        (24, (30, 31), 0.0, []),  # exactly at the threshold is not over it
    ],
)
def test_six_hours_over_the_threshold_on_two_days_of_three_are_sustained(slots, days, more, found):
    site = Site()
    for day in days:
        site.draws(day, OVER + more, 76, 20).draws(day, OVER + more, 24, slots - 20)
    assert site.kinds() == found


@pytest.mark.parametrize(
    ("nights", "slots", "found"),
    [
        ((30, 33, 36), 8, [Kind.NIGHT]),
        ((30, 33, 37), 8, []),  # three nights in eight days
        ((30, 33), 8, []),
        ((30, 33, 36), 7, []),  # a quarter less than two hours
    ],
)
def test_two_hours_in_three_nights_of_seven_are_running_by_night(nights, slots, found):
    site = Site()
    for night in nights:
        site.draws(night, OVER + 0.1, 88, slots)
    assert site.kinds() == found


@pytest.mark.parametrize(
    ("slots", "kw", "found"),
    [(3, 30.1, [Kind.RUN]), (2, 60.0, []), (3, 30.0, [])],
)
def test_a_short_run_lasts_three_quarters_of_an_hour_at_least(slots, kw, found):
    assert Site().draws(40, kw, 80, slots).kinds() == found


def test_what_rises_slowly_is_told_from_what_was_switched_on_once():
    rising, switched = Site(90), Site(90)
    for number in range(20, 91):
        rising.draws(number, 5.5 * (number - 20) / 70)
        switched.draws(number, 4.9)
    assert set(rising.kinds()) == {Kind.CREEP}
    assert switched.judged().answer is Answer.NOT_RESTARTED


def test_lamps_tools_and_heating_do_not_alarm():
    site = Site(300)
    for number in range(1, 301):
        day = CUT + number * ONE_DAY
        site.draws(number, 3.0, 0, 24).draws(number, 3.0, 72, 24)
        if number < 40 and number % 2:
            site.draws(number, 15.0, 36, 12)
        if day >= date(2018, 11, 1):
            site.draws(number, 8.0)
    judged = site.judged()
    assert judged.answer is Answer.NOT_RESTARTED
    assert not judged.unjudged


@pytest.mark.parametrize(
    ("first", "answer"),
    [
        (date(2018, 10, 30), Answer.RESTARTED),  # two days before the season
        (date(2018, 10, 31), Answer.NOT_RESTARTED),  # one before it, one in it
        (date(2018, 11, 1), Answer.NOT_RESTARTED),
    ],
)
def test_heating_is_lawful_from_the_first_day_of_the_season(first, answer):
    site = Site(230)
    number = (first - CUT).days
    site.draws(number, 8.0).draws(number + 1, 8.0)
    assert site.judged().answer is answer


@pytest.mark.parametrize(
    ("missing", "answer"),
    [
        ((), Answer.NOT_RESTARTED),
        ((30, 31), Answer.NOT_RESTARTED),
        ((30, 31, 32), Answer.CANNOT_JUDGE),
        ((20, 30, 40), Answer.NOT_RESTARTED),
        ((20, 30, 40, 50), Answer.CANNOT_JUDGE),  # four of sixty: over five per cent
    ],
)
def test_gaps_cannot_be_judged_and_are_named(missing, answer):
    judged = Site().without(*missing).judged()
    assert judged.answer is answer
    assert judged.unjudged == tuple(CUT + n * ONE_DAY for n in missing)
    assert all(str(day)[:7] in judged.why.zh for day in judged.unjudged)


def test_a_day_of_which_a_fifth_is_missing_is_judged_and_of_more_is_not():
    site = Site()
    site.days[CUT + 30 * ONE_DAY][:19] = [None] * 19
    site.days[CUT + 31 * ONE_DAY][:20] = [None] * 20
    assert site.judged().unjudged == (CUT + 31 * ONE_DAY,)


def test_an_alarm_stands_whatever_else_was_not_read():
    site = Site().draws(30, 60, 0, 12).without(40, 41, 42, 43)
    assert site.judged().answer is Answer.RESTARTED


def test_no_meter_and_a_meter_of_others_say_nothing_of_the_line():
    ways = {"cut_on": CUT, "first": CUT, "last": Site().last, "parameters": Parameters.of(CUT)}
    assert judge(None, **ways).answer is Answer.CANNOT_JUDGE
    shared = judge(Load(Site().days), **ways, cannot=SHARED)
    assert shared.answer is Answer.CANNOT_JUDGE
    assert SHARED[0] in shared.why.zh


@pytest.mark.parametrize(("days", "judgeable"), [(6, False), (7, True)])
def test_without_a_past_a_week_after_the_cut_is_needed(days, judgeable):
    judged = Site(days, before=0).judged()
    assert (judged.answer is Answer.NOT_RESTARTED) is judgeable
    assert (judged.base is not None) is judgeable


def test_with_a_past_the_first_days_after_the_cut_are_judged():
    assert Site(2).draws(1, 100, 30, 30).kinds() == [Kind.RUN]


def test_a_line_that_never_stopped_does_not_become_its_own_base():
    went_on = Site(idle=120.0).judged()
    assert went_on.answer is Answer.RESTARTED
    assert went_on.base is not None and went_on.base.distrusted
    unknown = Site(idle=120.0, before=0).judged()
    assert unknown.answer is Answer.NOT_RESTARTED
    assert "断电前读数不足" in unknown.why.root.because[0].because[0].zh


def test_hourly_steps_are_judged_like_quarters():
    starts = [datetime(2018, 4, 2) + timedelta(hours=n) for n in range(24 * 30)]  # noqa: DTZ001
    steps = [(at, 60, 4.0 + 60 * (at.day == 20 and at.hour == 22)) for at in starts]
    load = Load.of(steps)
    judged = judge(
        load, cut_on=CUT, first=CUT, last=date(2018, 5, 1), parameters=Parameters.of(CUT)
    )
    assert [(alarm.kind, alarm.days) for alarm in judged.alarms] == [
        (Kind.RUN, (date(2018, 4, 20),))
    ]
    assert load.longest_step == 60


def test_the_day_of_the_cut_is_not_judged():
    site = Site()
    site.days[CUT] = [WORK] * DAY_SLOTS
    assert site.judged().answer is Answer.NOT_RESTARTED


def test_parameters_hold_from_their_first_day_on():
    assert Parameters.of(date(2017, 1, 1)).whole("nights") == 3
    with pytest.raises(Refusal) as refused:
        Parameters.of(date(2016, 12, 31))
    assert refused.value.code == "restart.no-parameters"


@settings(max_examples=25, deadline=None)
@given(st.integers(20, 55), st.integers(1, 6), st.floats(50, 400))
def test_whoever_draws_more_is_never_less_suspect(number, days, kw):
    """More load on the same days keeps every flagged day flagged."""
    site, more = Site(), Site()
    for day in range(number, min(number + days, 60)):
        site.draws(day, kw / 2, 40, 30)
        more.draws(day, kw, 40, 30)
    fewer = {day for alarm in site.judged().alarms for day in alarm.days}
    assert fewer <= {day for alarm in more.judged().alarms for day in alarm.days}
