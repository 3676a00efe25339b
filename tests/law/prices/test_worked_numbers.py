"""The worked numbers of price_method section 5, and the limits themselves."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from phaseout.law.norms import NormBook
from phaseout.law.prices import (
    Measure,
    Outcome,
    PriceClass,
    Question,
    answer,
    bands_in_force,
    charge,
)
from phaseout.law.prices.charging import bill, to_cents, water_parts
from phaseout.law.prices.readings import Kind, readings

BOOK = NormBook.load()
ALUMINIUM = "electrolytic_aluminium"


def ask(measure, industry, year, **known):
    asked = Question.of_year(Measure(measure), industry, year, **known)
    return answer(asked, bands_in_force(BOOK, asked.first, asked.last))


def rate(measure, industry, year, **known) -> Decimal:
    found = ask(measure, industry, year, **known)
    assert found.determined, (found.outcome, found.reason)
    return found.rate


@pytest.mark.parametrize(
    ("x", "wanted"),
    [("13699.9", "0"), ("13700", "0"), ("13700.1", "0.02"), ("13800", "0.02"), ("13800.1", "0.08")],
)
@pytest.mark.parametrize("year", [2014, 2021])
def test_aluminium_until_2021_pays_by_band_on_the_whole_quantity(x, wanted, year) -> None:
    assert rate("tiered", ALUMINIUM, year, indicator=Decimal(x)) == Decimal(wanted)


@pytest.mark.parametrize(
    ("year", "x", "wanted"),
    [
        (2022, "13650", "0"), (2022, "13650.1", "0.01"), (2022, "13670", "0.01"),
        (2022, "13670.1", "0.02"), (2022, "13695", "0.03"),
        (2023, "13450", "0"), (2023, "13450.1", "0.01"), (2024, "13470.1", "0.02"),
        (2025, "13300", "0"), (2025, "13300.1", "0.01"), (2026, "13320.1", "0.02"),
    ],
)  # fmt: skip
def test_aluminium_from_2022_pays_by_started_steps(year, x, wanted) -> None:
    assert rate("tiered", ALUMINIUM, year, indicator=Decimal(x)) == Decimal(wanted)


def test_the_steps_of_2023_are_provisional_and_those_of_2022_are_not() -> None:
    assert not ask("tiered", ALUMINIUM, 2022, indicator=Decimal(13700)).provisional
    assert ask("tiered", ALUMINIUM, 2023, indicator=Decimal(13700)).provisional


@pytest.mark.parametrize(
    ("share", "incentive", "wanted"),
    [
        ("18", "17", "0.0291"), ("18.9", "17", "0.0291"), ("19", "17", "0.0288"),
        ("15", "10", "0.03"), ("15.9", "10", "0.03"),
        ("18", "18", "0.0291"), ("18", "18.1", "0.03"),
    ],
)  # fmt: skip
def test_renewables_take_one_percent_a_whole_point_off(share, incentive, wanted) -> None:
    known = {"renewable_share": Decimal(share), "incentive_value": Decimal(incentive)}
    assert rate("tiered", ALUMINIUM, 2022, indicator=Decimal(13695), **known) == Decimal(wanted)


@pytest.mark.parametrize(("days", "wanted"), [(89, "0.03"), (90, "0.03"), (91, "0.045")])
def test_unpaid_after_ninety_days_pays_half_as_much_again(days, wanted) -> None:
    found = rate("tiered", ALUMINIUM, 2022, indicator=Decimal(13695), unpaid_days=days)
    assert found == Decimal(wanted)


def test_the_document_of_2013_knows_neither_relief_nor_lateness() -> None:
    known = {
        "renewable_share": Decimal(30),
        "incentive_value": Decimal(10),
        "unpaid_days": 200,
    }
    assert rate("tiered", ALUMINIUM, 2021, indicator=Decimal(13850), **known) == Decimal("0.08")


@pytest.mark.parametrize(("x", "wanted"), [("200", "0.10"), ("200.1", "0.30"), ("100.1", "0.10")])
def test_punitive_of_anhui_changes_at_twice_the_limit(x, wanted) -> None:
    known = {"indicator": Decimal(x), "limit": Decimal(100), "division": "340000"}
    assert rate("punitive", "ferroalloy", 2012, **known) == Decimal(wanted)


@pytest.mark.parametrize("x", ["100", "99.9"])
def test_within_the_limit_nothing_is_punished(x) -> None:
    found = ask("punitive", "ferroalloy", 2012, indicator=Decimal(x), limit=Decimal(100))
    assert (found.outcome, found.reason) == (Outcome.NONE, "within")


def test_where_the_province_has_not_set_the_first_band_it_is_undetermined_not_zero() -> None:
    known = {"indicator": Decimal(150), "limit": Decimal(100)}
    found = ask("punitive", "ferroalloy", 2018, **known)
    assert (found.outcome, found.reason, found.rate) == (
        Outcome.UNDETERMINED,
        "set_by_province",
        None,
    )
    known["indicator"] = Decimal(201)
    assert rate("punitive", "ferroalloy", 2018, **known) == Decimal("0.30")


@pytest.mark.parametrize(
    ("price_class", "wanted"), [(None, "26000"), (PriceClass.LIMIT, "50000"),
                                (PriceClass.ELIMINATE, "50000")]
)  # fmt: skip
def test_water_above_the_quota_is_charged_band_by_band(price_class, wanted) -> None:
    asked = Question.of_year(
        Measure.WATER, "all", 2022, indicator=Decimal(160_000), limit=Decimal(100_000),
        price_class=price_class, source_id="CITY-WATER-2022",
    )  # fmt: skip
    law = bands_in_force(BOOK, asked.first, asked.last)
    assert answer(asked, law).determined
    assert water_parts(asked, Decimal(1), law)[1] == Decimal(wanted)


@pytest.mark.parametrize(("used", "wanted"), [("120000", "20000"), ("119999", "19999"),
                                              ("130000", "40000"), ("100000", "0")])  # fmt: skip
def test_over_plan_water_of_shapotou_pays_the_whole_multiple_of_the_fee(used, wanted) -> None:
    asked = Question.of_year(
        Measure.WATER, "all", 2023, indicator=Decimal(used), limit=Decimal(100_000),
        division="640502",
    )  # fmt: skip
    law = bands_in_force(BOOK, asked.first, asked.last)
    assert water_parts(asked, Decimal(1), law)[1] == Decimal(wanted)


def test_exactly_twenty_percent_over_is_the_next_band_in_shapotou() -> None:
    law = bands_in_force(BOOK, date(2023, 1, 1), date(2023, 12, 31))
    known = {"limit": Decimal(100), "division": "640502"}
    edge = Question.of_year(Measure.WATER, "all", 2023, indicator=Decimal(120), **known)
    below = Question.of_year(Measure.WATER, "all", 2023, indicator=Decimal("119.9"), **known)
    assert [answer(q, law).rate for q in (below, edge)] == [Decimal(2), Decimal(3)]


def test_ezhou_pays_three_hundred_thousand_a_month() -> None:
    a_month = charge(Decimal("0.2"), Decimal(1_500_000))
    assert (a_month, 12 * a_month) == (Decimal("300000.00"), Decimal("3600000.00"))


def test_steel_rose_by_two_thirds() -> None:
    before = rate("differential", "steel", 2016, price_class=PriceClass.ELIMINATE)
    after = rate("differential", "steel", 2017, price_class=PriceClass.ELIMINATE)
    assert (before, after) == (Decimal("0.30"), Decimal("0.50"))
    assert round((after / before - 1) * 100, 1) == Decimal("66.7")


def test_the_25_firms_of_ningxia_paid_nothing_for_2021() -> None:
    assert rate("tiered", ALUMINIUM, 2021, indicator=Decimal(13700)) == 0
    assert rate("tiered", "steel", 2021, tier="1") == 0
    cement = {"subject": "cement", "commissioned_on": date(2010, 1, 1), "indicator": Decimal(90)}
    assert rate("tiered", "cement", 2021, **cement) == 0


def test_the_yinchuan_water_table_adds_up_as_printed() -> None:
    row = BOOK.row("price_rules/YC-WATER-2015/1")
    sums = re.findall(r"([\d.]+)\+([\d.]+)(?:\*([\d.]+))?\+([\d.]+)=([\d.]+)", row.condition)
    assert len(sums) == 2
    for base, sewage, share, other, total in sums:
        added = Decimal(base) + Decimal(sewage) * Decimal(share or 1) + Decimal(other)
        assert added == Decimal(total)
    assert row.surcharge == sums[1][0] == "34.00"


def test_the_issue_s_own_example() -> None:
    found = rate("tiered", ALUMINIUM, 2021, indicator=Decimal(13850))
    assert (found, charge(found, Decimal(139_000_000))) == (
        Decimal("0.08"),
        Decimal("11120000.00"),
    )


def test_money_is_rounded_half_up_once_a_bill() -> None:
    assert to_cents(Decimal("0.005")) == Decimal("0.01")
    parts = [(Decimal("0.01"), Decimal("0.4")), (Decimal("0.01"), Decimal("0.1"))]
    assert bill(parts) == Decimal("0.01")
    assert sum(charge(*part) for part in parts) == 0


def test_every_price_row_has_a_reading_of_its_own() -> None:
    from phaseout.law.prices.readings import _said

    assert {row.row_id for row in BOOK.price_rules} == set(_said())
    records = {one.row.source_id for one in readings(BOOK) if one.kind is Kind.RECORD}
    assert records == {"NX-DRC-20220824", "NX-DRC-2023-448", "GX-2022-420", "GX-2025-0606"}
