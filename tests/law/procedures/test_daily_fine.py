"""The daily fine and the day of service, as arithmetic."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaseout.law.procedures import Way, daily_fine, daily_fines, service_day
from phaseout.law.refusals import Refusal

SERVED = date(2015, 1, 10)


@pytest.mark.parametrize(
    ("fine", "found", "days", "total"),
    [
        ("100000", date(2015, 1, 11), 1, "100000"),  # the day after service is the first
        ("100000", date(2015, 1, 25), 15, "1500000"),  # the published case of 2015
        ("200000.50", date(2015, 2, 9), 30, "6000015.00"),
    ],
)
def test_days_from_the_day_after_service_to_the_finding(fine, found, days, total):
    counted = daily_fine(Decimal(fine), served=SERVED, found=found)
    assert (counted.days, counted.total) == (days, Decimal(total))


def test_cycles_add_up_and_the_days_between_them_do_not_count():
    counted = daily_fines(
        Decimal(100000),
        [(date(2015, 1, 10), date(2015, 1, 20)), (date(2015, 1, 25), date(2015, 1, 30))],
    )
    assert (counted.days, counted.total) == (15, Decimal(1500000))
    assert "10日" in counted.says()[0] and "5 days" in counted.says()[1]


@pytest.mark.parametrize(
    ("fine", "cycles", "code"),
    [
        ("0", [(SERVED, date(2015, 1, 20))], "daily-fine.amount"),
        ("-1", [(SERVED, date(2015, 1, 20))], "daily-fine.amount"),
        ("NaN", [(SERVED, date(2015, 1, 20))], "daily-fine.amount"),
        ("0.001", [(SERVED, date(2015, 1, 20))], "daily-fine.amount"),
        ("1", [(SERVED, SERVED)], "daily-fine.no-day"),
        ("1", [(SERVED, date(2015, 1, 9))], "daily-fine.no-day"),
        ("1", [], "daily-fine.no-cycle"),
        ("1", [(SERVED, date(2015, 1, 20)), (date(2015, 1, 19), date(2015, 1, 30))],
         "daily-fine.overlap"),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_refused(fine, cycles, code):
    with pytest.raises(Refusal) as refusal:
        daily_fines(Decimal(fine), cycles)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("found", "source"),
    [(date(2026, 8, 14), "EPL-2014"), (date(2026, 8, 15), "E-ECOCODE-2026")],
)
def test_the_law_of_the_finding(found, source):
    counted = daily_fine(Decimal(1), served=date(2026, 8, 1), found=found)
    assert counted.basis[0].source_id == source


@given(
    st.decimals(min_value="0.01", max_value="9999999", places=2),
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 60)), min_size=1, max_size=6),
)
def test_the_total_is_the_fine_times_the_days_of_all_cycles(fine, steps):
    day, cycles = SERVED, []
    for wait, length in steps:
        served = day + timedelta(days=wait)
        day = served + timedelta(days=length)
        cycles.append((served, day))
    counted = daily_fines(fine, cycles)
    assert counted.days == sum(length for _, length in steps)
    assert counted.total == fine * counted.days
    assert counted.total == sum(daily_fine(fine, served=a, found=b).total for a, b in cycles)


@pytest.mark.parametrize(
    ("issued", "served"),
    [
        (date(2017, 3, 1), date(2017, 5, 2)),  # 60 days: 30 April to the first day after the rest
        (date(2021, 12, 31), date(2022, 3, 1)),  # 60 days by the text of the day of issue
        (date(2022, 1, 1), date(2022, 2, 7)),  # 30 days end in the spring festival
        (date(2024, 3, 1), date(2024, 4, 1)),  # 31 March is a Sunday
    ],
)
def test_a_public_notice_serves_after_its_time(issued, served):
    answer = service_day(Way.PUBLIC_NOTICE, issued, reason="下落不明")
    assert answer.on == served and answer.certificate is not None


@pytest.mark.parametrize("way", [Way.IN_PERSON, Way.LEFT, Way.POST])
def test_other_ways_serve_on_the_day_of_the_record(way):
    assert service_day(way, SERVED).on == SERVED


@pytest.mark.parametrize(
    ("way", "code"),
    [(Way.ELECTRONIC, "service.no-consent"), (Way.PUBLIC_NOTICE, "service.no-reason")],
)
def test_consent_and_reason_are_asked_for(way, code):
    with pytest.raises(Refusal) as refusal:
        service_day(way, SERVED)
    assert refusal.value.code == code
