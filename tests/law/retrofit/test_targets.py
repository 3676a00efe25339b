"""Which limits a retrofit may aim at, what it would meet and save."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from phaseout.law.retrofit import counted_in, saving, targets

EAF, ON = "energy_limits/GB32050-2015/3", date(2018, 3, 15)


def test_the_grades_of_one_norm_are_offered_the_one_judged_by_first():
    found = targets(EAF, ON)
    assert [(one.words[0], one.value, one.binding) for one in found] == [
        ("现有 限定值", Decimal(72), True),
        ("先进值", Decimal(61), False),
    ]


@pytest.mark.parametrize(
    ("expected", "met"),
    [
        ("72.01", [False, False]),
        ("72", [True, False]),
        ("61.01", [True, False]),
        ("61", [True] * 2),
    ],
)
def test_exactly_at_the_limit_meets_it(expected, met):
    assert [one.met_by(Decimal(expected)) for one in targets(EAF, ON)] == met


def test_how_much_is_missing_is_told_in_the_unit_and_as_a_share_of_the_value():
    limit = targets(EAF, ON)[0]
    assert limit.missing(Decimal("74.01")) == Decimal("2.01")
    assert limit.share_missing(Decimal("74.01")) == Decimal("2.7")
    assert limit.missing(Decimal(72)) == 0
    assert limit.share_missing(Decimal(0)) is None


def test_a_row_that_is_no_number_offers_nothing():
    assert targets("methods.allowance_kinds/E-MEP-30-2014/2", ON) == ()
    assert targets("no_table/none/1", ON) == ()


def test_of_an_emission_limit_it_is_the_limit_itself():
    (only,) = targets("emission_limits/E-GB13271-2014/1", ON)
    assert (only.value, only.unit, only.binding) == (Decimal(80), "mg/m3", True)


def test_grades_of_an_edition_that_is_over_are_not_aimed_at():
    assert len(targets(EAF, date(2026, 7, 1))) == 1  # the one judged by stays, to be compared with


@pytest.mark.parametrize(
    ("before", "after", "output", "saved"),
    [("74", "70", "100000", "400000"), ("70", "70", "5", "0"), ("70", "71", "5", "-5")],
)
def test_what_is_saved_is_the_difference_times_the_output(before, after, output, saved):
    assert saving(Decimal(before), Decimal(after), Decimal(output)) == Decimal(saved)


@pytest.mark.parametrize(
    ("unit", "parts"), [("kgce/t", ("kgce", "t")), ("%", None), ("mg/m3", ("mg", "m3"))]
)
def test_a_specific_unit_counts_something_per_something(unit, parts):
    assert counted_in(unit) == parts
