"""Clause (15): which land may go which way, and the five years of continued use."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from phaseout.law.land import Right, against, assignable, continued_use, way_of, ways

EXIT = date(2018, 6, 1)


@pytest.mark.parametrize(
    ("way", "right", "given", "code"),
    [
        ("transfer", "allocated", {}, None),
        ("transfer", "granted", {}, "land.no-rule-for-right"),
        ("take_back", "allocated", {}, None),
        ("take_back", "leased", {}, "land.no-rule-for-right"),
        ("tertiary", "granted", {"planning": True}, None),
        ("tertiary", "granted", {}, "land.planning-not-shown"),
        ("encouraged", "allocated", {"planning": True, "encouraged": True}, None),
        ("encouraged", "allocated", {"planning": True}, "land.trade-not-encouraged"),
        ("encouraged", "allocated", {"encouraged": True}, "land.planning-not-shown"),
        ("other_law", "leased", {}, None),
    ],
)
def test_a_way_is_open_to_the_rights_and_on_the_showing_of_the_clause(way, right, given, code):
    asked = {"planning": False, "encouraged": False} | given
    refusal = against(way, right, on=EXIT, exited_on=EXIT, **asked)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("decided", "code"),
    [
        (date(2018, 5, 31), "land.not-exited"),
        (date(2018, 6, 1), None),
        (date(2018, 6, 2), None),
    ],
)
def test_land_is_disposed_of_from_the_day_of_the_exit(decided, code):
    refusal = against(
        "transfer", "allocated", on=decided, exited_on=EXIT, planning=False, encouraged=False
    )
    assert (refusal.code if refusal else None) == code


def test_without_an_exit_no_way_is_open():
    for way in ways():
        refusal = against(way, "allocated", on=EXIT, exited_on=None, planning=True, encouraged=True)
        assert refusal is not None
        assert refusal.code == "land.not-exited"


@pytest.mark.parametrize(
    ("filed", "last"),
    [
        (date(2018, 3, 15), date(2023, 3, 15)),
        (date(2020, 2, 29), date(2025, 2, 28)),  # the month has no such day: its last
    ],
)
def test_the_old_use_goes_on_for_five_years_from_the_filing(filed, last):
    certificate = continued_use(filed)
    assert certificate.due == last
    assert any(cite.source_id == "SEED-2017" for step in certificate.steps for cite in step.cites)


def test_only_an_encouraged_trade_opens_the_years():
    assert [way.way for way in ways().values() if way.continues] == ["encouraged"]


def test_every_way_but_ours_cites_the_clause():
    for way in ways().values():
        assert (way.clause == "十五") == (way.confidence == "verified")
        assert way.rights <= set(Right)
    assert way_of("other_law").confidence == "ours"


def test_what_can_be_assigned_is_what_came_in_and_was_not_given():
    assert assignable(Decimal("100.00"), Decimal("99.99")) == Decimal("0.01")
