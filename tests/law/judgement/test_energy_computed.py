"""Energy: unit consumption computed from inputs and output (energy_method.md section 1)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from energy_bench import (
    YEAR_2017,
    facts,
    inputs,
    line,
    of_case,
    of_indicator,
    output,
    together,
    value,
)

CARBIDE = ("电石", "单位产品综合能耗")


def plant(indicator, energies, made, product="电石", period=YEAR_2017):
    found = {
        "lines": [line(product, "calcium_carbide")],
        "energy_inputs": inputs(product, indicator, *energies, period=period),
    }
    if made is not None:
        found["outputs"] = output(product, made, period=period)
    return found


COKE = ("焦炭", 1000, "t")  # 1000 t x 1000 kg/t x 0.9714 = 971 400 kgce
POWER = ("电力", 1_000_000, "kWh")  # x 0.1229 = 122 900 kgce

CASES = [
    # energies, output, value, verdict, reasons (calcium carbide 2017: existing 1000 kgce/t)
    # (971400 + 122900) / 1094.3 = 1000 exactly at the limit; factor of coke recalled
    ([COKE, POWER], "1094.3", "1000", "compliant", ["norm_not_verified"]),
    ([COKE, POWER], "1094", "1000.274223", "noncompliant", ["norm_not_verified"]),
    # the measured factor comes first: 1000 t x 950 kgce/t = 950 000; (950000 + 122900) / 1072.9
    ([("焦炭", 1000, "t", "950"), POWER], "1072.9", "1000", "compliant", []),
    # energy sent out is deducted: 950000 + 122900 - 72900 = 1 000 000
    (
        [("焦炭", 1000, "t", "950"), POWER, ("电石炉尾气", -100, "t", "729")],
        "1000",
        "1000",
        "compliant",
        [],
    ),
    # electricity alone, by its name in the table or without the bracket: 0.1229 kgce/kWh, seen
    ([("电力（当量）", 1_000_000, "kWh")], "122.9", "1000", "compliant", []),
    ([("电力", 1_000_000, "kWh")], "122.9", "1000", "compliant", []),
    # coke-oven gas 0.5714 to 0.6143: both ends fit
    (
        [("焦炉煤气", 1_000_000, "m3")],
        "700",
        "816.285714",
        "compliant",
        ["factor_is_a_range", "norm_not_verified"],
    ),
    # 571400 / 600 = 952.3, 614300 / 600 = 1023.8: the two ends would not answer alike
    ([("焦炉煤气", 1_000_000, "m3")], "600", "952.333333", "undetermined", ["factor_is_a_range"]),
    # a range with a measured factor is none
    ([("焦炉煤气", 1_000_000, "m3", "0.6")], "600", "1000", "compliant", []),
    ([("木炭", 10, "t"), POWER], "1000", None, "undetermined", ["energy_factor_missing"]),
    # the equal value of electricity is no constant of GB/T 2589
    ([("电力（等价）", 10, "kWh")], "1000", None, "undetermined", ["energy_factor_missing"]),
    ([("焦炭", 10, "m2"), POWER], "1000", None, "undetermined", ["unit_not_convertible"]),
    ([COKE, POWER], None, None, "undetermined", ["no_output"]),
    ([COKE, POWER], "0", None, "undetermined", ["no_output"]),
    ([COKE, POWER], "-5", None, "undetermined", ["no_output"]),
]


def test_unit_consumption_is_energy_in_coal_equivalent_over_output(judged):
    cases = [plant(CARBIDE[1], energies, made) for energies, made, *_ in CASES]
    rows = judged("energy", "2018-06-30", together(cases))
    got = []
    for number in range(len(CASES)):
        found = of_indicator(of_case(rows, number), CARBIDE[1])
        assert found["how"] == "computed"
        got.append((number, found["value"], found["verdict"], found["reasons"]))
    assert got == [
        (number, Decimal(amount) if amount else None, verdict, reasons)
        for number, (_, _, amount, verdict, reasons) in enumerate(CASES)
    ]


@pytest.mark.parametrize(
    ("last_day", "source", "amount"),
    [
        # raw coal 0.7143 in both editions: 1000 t / 714.3 t
        ("2021-03-31", "GBT2589-2008", "1000"),
        ("2021-04-01", "GBT2589-2020", "1000"),
    ],
)
def test_the_factors_are_those_of_the_last_day(judged, last_day, source, amount):
    period = ("2020-04-02", last_day)
    facts_ = plant(CARBIDE[1], [("原煤", 1000, "t")], "714.3", period=period)
    found = of_indicator(judged("energy", "2021-12-31", facts_), CARBIDE[1])
    assert found["value"] == Decimal(amount)
    assert source in found["energy_listed"][0]


def test_an_indicator_in_kwh_counts_electricity_only(judged):
    facts_ = plant("单位产品电炉电耗", [("电力", 3_200_000, "kWh")], 1000)
    found = of_indicator(judged("energy", "2018-06-30", facts_), "单位产品电炉电耗")
    assert (found["value"], found["unit"], found["verdict"]) == (3200, "kWh/t", "compliant")
    facts_ = plant("单位产品电炉电耗", [("电力", 3_200_000, "kWh"), COKE], 1000)
    found = of_indicator(judged("energy", "2018-06-30", facts_), "单位产品电炉电耗")
    assert (found["verdict"], found["reasons"]) == ("undetermined", ["energy_factor_missing"])


@pytest.mark.parametrize(
    ("indicator", "amount"),
    [
        # 1 000 000 kWh / 250 t: x 0.1229 = 491.6; x 0.404 = 1616 kgce/t
        ("单位产品综合能耗（电当量值0.1229）", "491.6"),
        ("单位产品综合能耗（电等价值0.404）", "1616"),
        (
            "单位产品综合能耗",
            "491.6",
        ),  # the equivalent value unless the standard's own is asked for
    ],
)
def test_a_standard_can_fix_its_own_value_of_electricity(judged, indicator, amount):
    facts_ = plant(indicator, [POWER], 250, product="硅铁")
    found = of_indicator(judged("energy", "2018-06-30", facts_), indicator)
    assert found["value"] == Decimal(amount)
    own = "0.404" in indicator
    assert found["limit_value"] == (4600 if own else 1980)


def test_methanol_as_feed_of_dimethyl_ether_counts_as_its_standard_says(judged):
    # GB 29436-2023 4.3: 0.6794 kgce/kg; 1000 t x 1000 x 0.6794 / 600 t = 1132.333333
    period = ("2025-01-01", "2025-12-31")
    facts_ = plant(CARBIDE[1], [("甲醇", 1000, "t")], 600, product="二甲醚", period=period)
    found = of_indicator(judged("energy", "2026-06-30", facts_), CARBIDE[1])
    assert found["value"] == Decimal("1132.333333")
    # for another product methanol has no factor
    facts_ = plant(CARBIDE[1], [("甲醇", 1000, "t")], 600, period=period)
    found = of_indicator(judged("energy", "2026-06-30", facts_), CARBIDE[1])
    assert found["reasons"] == ["energy_factor_missing"]


@pytest.mark.parametrize(
    ("reported", "differs"),
    [("1000", False), ("1000.4", True), ("1000.0", False), ("999", True)],
)
def test_the_reported_value_is_judged_and_a_different_computed_one_is_told(
    judged, reported, differs
):
    # computed: 122900 / 122.88 = 1000.162760
    fact = value(CARBIDE[0], None, CARBIDE[1], reported)
    both = {**facts(fact, line("电石", "calcium_carbide")), **plant(CARBIDE[1], [POWER], "122.88")}
    found = of_indicator(judged("energy", "2018-06-30", both), CARBIDE[1])
    assert found["value"] == Decimal(reported)
    assert ("computed_value_differs" in found["reasons"]) is differs
    assert found["provisional"] is False
    assert found["computed_low"] == Decimal("1000.162760")


def test_a_computed_value_takes_the_process_and_conditions_of_its_siblings(judged):
    # electricity reported for 矿热炉 with a product grade; the comprehensive value is computed
    fact = value("硅铁", "矿热炉", "单位产品冶炼电耗", 8800, "kWh/t")
    both = facts(fact, line("硅铁", "ferroalloy"), product_grade="FeSi75-A")
    both.update(
        energy_inputs=inputs("硅铁", "单位产品综合能耗（电当量值0.1229）", POWER),
        outputs=output("硅铁", 100),
    )
    found = of_indicator(judged("energy", "2018-06-30", both), "单位产品综合能耗（电当量值0.1229）")
    assert (found["subject"], found["value"]) == ("硅铁|矿热炉", Decimal("1229"))
    assert (found["verdict"], found["reasons"]) == ("compliant", [])


def test_each_electricity_convention_computed_for_one_period_has_a_finding_of_its_own(judged):
    both = plant("单位产品综合能耗（电当量值0.1229）", [POWER], 250, product="硅铁")
    both["energy_inputs"] += inputs("硅铁", "单位产品综合能耗（电等价值0.404）", POWER)
    rows = [row for row in judged("energy", "2018-06-30", both) if row["how"] == "computed"]
    assert {(row["indicator"], row["value"]) for row in rows} == {
        ("单位产品综合能耗（电当量值0.1229）", Decimal("491.6")),
        ("单位产品综合能耗（电等价值0.404）", Decimal("1616")),
    }
    assert len(rows) == 2
