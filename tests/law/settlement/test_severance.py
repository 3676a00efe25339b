"""Severance at the limits of arts 46, 47, 87 and 97; the worked numbers of the norms."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaseout.law.refusals import Refusal
from phaseout.law.settlement import Length, Span, Wages, length, severance

AVERAGE, MINIMUM = Decimal(6000), Decimal(1660)


def owed(first: str, last: str, mean: str, *, ground: str = "closed", carried: tuple = ()):
    service = [Span(date.fromisoformat(first), date.fromisoformat(last)), *carried]
    wages = Wages(Decimal(mean) * 12, 12, AVERAGE, MINIMUM)
    return severance(ground, service, wages, on=date.fromisoformat(last))


@pytest.mark.parametrize(
    ("first", "last", "mean", "months", "amount"),
    [
        # first        last         mean    months  amount
        ("2008-06-01", "2017-12-31", "8000", "10", "80000"),  # 9 years 7 months
        ("2008-01-01", "2022-12-31", "20000", "12", "216000"),  # capped wage: at most 12 years
        ("2017-08-01", "2017-12-31", "4000", "0.5", "2000"),  # 5 months only
        ("2017-07-01", "2017-12-31", "4000", "1", "4000"),  # exactly 6 months
        ("2017-07-01", "2017-12-30", "4000", "0.5", "2000"),  # a day less
        ("2017-01-01", "2017-12-31", "4000", "1", "4000"),  # exactly a year: nothing over
        ("2017-01-01", "2018-01-01", "4000", "1.5", "6000"),  # a day over counts half a month
        ("2008-01-01", "2022-12-31", "18000", "15", "270000"),  # exactly 3 times: no cap
        ("2008-01-01", "2022-12-31", "18000.01", "12", "216000"),  # a fen above: both caps
        ("2017-01-01", "2017-12-31", "1659.99", "1", "1660"),  # the minimum wage is the floor
        ("2017-08-31", "2018-02-27", "4000", "1", "4000"),  # six months from the 31st
    ],
)
def test_a_severance_at_the_limits(first, last, mean, months, amount) -> None:
    found = owed(first, last, mean)
    assert (found.months, found.amount) == (Decimal(months), Decimal(amount))
    assert not found.provisional and found.explanation.root.cites.startswith(
        "methods.settlement_grounds/"
    )


def test_service_before_2008_is_kept_apart_and_for_a_closing_settled_apart() -> None:
    found = owed("2000-07-01", "2017-12-31", "4000")
    assert (found.months, found.amount) == (10, 40000)
    assert (found.old, found.old_amount) == (Length(90, 0), None)
    assert found.missing == ("old_rule",) and "另有规定的从其规定" in found.explanation.zh
    assert owed("2008-01-01", "2017-12-31", "4000").old is None


@pytest.mark.parametrize(
    ("ground", "first", "mean", "firm", "amount"),
    [
        # ground    first          mean     firm     amount
        ("agreed", "2000-07-01", "4000", None, 32000),  # 7 years 6 months: eight
        ("agreed", "2007-12-31", "4000", None, 4000),  # one day counts a year
        ("agreed", "1996-01-01", "4000", None, 48000),  # twelve years
        ("agreed", "1990-01-01", "4000", None, 48000),  # twelve months at most
        ("agreed", "2000-01-01", "20000", None, 160000),  # the cap of 2008 is not of that time
        ("laid_off", "1990-01-01", "4000", "3999", 72000),  # no more than twelve: not said there
        ("laid_off", "1990-01-01", "4000", "4500", 81000),  # the enterprise's average is higher
        ("laid_off", "2000-01-01", "4000", None, None),
        ("dismissed", "2000-01-01", "4000", "4000", 32000),  # both articles give the same
        ("dismissed", "1990-01-01", "4000", "4000", None),  # 12 or 18: which, nobody said
        ("dismissed", "2000-01-01", "4000", "4001", None),
        ("expired", "2000-01-01", "4000", "4000", None),
    ],
)
def test_the_rules_of_the_time_before_2008(ground, first, mean, firm, amount) -> None:
    wages = Wages(Decimal(mean) * 12, 12, AVERAGE, MINIMUM, firm and Decimal(firm))
    span = Span(date.fromisoformat(first), date(2017, 12, 31))
    found = severance(ground, [span], wages, on=span.last)
    assert found.old_amount == amount
    assert bool(found.missing) is (amount is None)
    if amount is not None:
        assert f"＝{amount}.00元" in found.explanation.zh


def test_an_unlawful_end_costs_the_double_from_the_first_day_and_no_severance_beside_it() -> None:
    found = owed("2000-07-01", "2017-12-31", "4000", ground="unlawful")
    assert (found.months, found.amount, found.old) == (18, 144000, None)
    assert found.provisional  # that it counts from the first day is only recalled


def test_years_carried_over_count_together() -> None:
    before = Span(date(2012, 1, 1), date(2012, 9, 30))
    found = owed("2013-01-01", "2017-12-31", "4000", carried=(before,))
    assert found.months == 6  # 5 years and 9 months


def test_nothing_is_due_to_who_resigns_and_that_is_told_apart_from_not_known() -> None:
    assert owed("2010-01-01", "2017-12-31", "4000", ground="resigned").amount == 0
    wages = Wages(None, 12, None, MINIMUM)
    unknown = severance(
        "closed", [Span(date(2010, 1, 1), date(2017, 12, 31))], wages, on=date(2017, 12, 31)
    )
    assert unknown.amount is None
    assert unknown.missing == ("wage_total", "city_average")


@pytest.mark.parametrize(
    ("ground", "on", "code"),
    [
        ("nonsense", date(2017, 12, 31), "settlement.ground-unknown"),
        ("closed", date(2009, 12, 31), "settlement.ground-unknown"),  # no record of that time
    ],
)
def test_what_is_not_on_record_is_refused(ground, on, code) -> None:
    with pytest.raises(Refusal) as refused:
        severance(ground, [Span(date(2008, 1, 1), on)], Wages(Decimal(1)), on=on)
    assert refused.value.code == code


def test_more_than_twelve_months_of_wages_are_refused() -> None:
    wages = Wages(Decimal(1000), 13, AVERAGE, MINIMUM)
    with pytest.raises(Refusal, match="wages-wrong"):
        severance(
            "closed", [Span(date(2010, 1, 1), date(2017, 12, 31))], wages, on=date(2017, 12, 31)
        )


@given(st.dates(date(2008, 1, 1), date(2020, 1, 1)), st.integers(0, 5000), st.integers(0, 400))
def test_longer_service_never_costs_less(first: date, days: int, more: int) -> None:
    short, long = (first + timedelta(days=n) for n in (days, days + more))
    assert length([Span(first, short)]) <= length([Span(first, long)])
    on = date(2025, 1, 1)
    wages = Wages(Decimal(48000), 12, AVERAGE, MINIMUM)
    one, other = (severance("closed", [Span(first, last)], wages, on=on) for last in (short, long))
    assert one.amount <= other.amount
