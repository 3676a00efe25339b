# ruff: noqa: E501  (one case a line reads best)
"""Mass against allowances: measured, lost hours replaced and shown apart, only a crossing counts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from environment_bench import COD, NOX, QUARTER_HOURS, Found, hours, judge, plant

from phaseout.law.judgement.explain.environment import explain

N = QUARTER_HOURS
DAY = "2019-03-31"
# 100 mg/m3 * 100,000 m3/h * 1e-6 = 10 kg an hour: 21.6 t in 2160 hours
LEVEL = {"flow": 100000.0, "o2": 15.0}


def series(**more: object) -> list[dict]:
    return hours(100, **{**LEVEL, **more})  # type: ignore[arg-type]


# name → (readings, tonnes, kind; verdict, value, filled, provisional, reasons)
CASES: dict[str, tuple] = {
    "exactly the ceiling": (series(), 21.6, "annual", "compliant", "21.6", "0", False, []),
    "a kilogram above": (series(), 21.599, "annual", "noncompliant", "21.6", "0", False, []),
    "by the permit": (series(), 21.599, "permit", "noncompliant", "21.6", "0", True, ["norm_not_verified"]),
    "no kind": (series(), 30, None, "compliant", "21.6", "0", True, ["allowance_kind_not_given"]),
    "a day": (series(), 0.24, "daily", "compliant", "0.24", "0", False, []),
    "a day above": (series(), 0.239, "daily", "noncompliant", "0.24", "0", False, []),
    # 24 lost hours of 2160: the largest of the last 180 valid hours, 10 kg each
    "lost hours": (
        series(marks={1000 + at: "M" for at in range(24)}), 21.5, "annual",
        "noncompliant", "21.36", "0.24", True, ["filled_quantity"]),
    "lost hours within": (
        series(marks={1000 + at: "M" for at in range(24)}), 21.6, "annual",
        "compliant", "21.36", "0.24", False, []),
    "stopped hours are not replaced": (
        series(marks={1000 + at: "F" for at in range(24)}), 21.5, "annual",
        "compliant", "21.36", "0", False, []),
    # under 75 % nothing is filled
    "too much lost": (
        series(marks={1000 + at: "M" for at in range(600)}), 21.5, "annual",
        "compliant", "15.6", "0", True, ["lost_hours_not_filled"]),
    "no flow": (hours(100), 21.5, "annual", "undetermined", None, "0", False, ["flow_not_given"]),
    "nothing reported": ([], 21.5, "annual", "undetermined", None, "0", False, ["no_readings"]),
}  # fmt: skip


@pytest.fixture(scope="module")
def found() -> dict[str, Found]:
    plants = [
        plant(name.replace(" ", "_"), rows, allowances=[(NOX, 2019, tonnes, kind)])
        for name, (rows, tonnes, kind, *_) in CASES.items()
    ]
    return judge(*plants, on=DAY)


def mass(rows: Found) -> dict:
    [row] = [row for row in rows if row["asked_of"] == "allowance"]
    return row


@pytest.mark.parametrize("name", CASES)
def test_a_year_to_date(name: str, found: dict[str, Found]) -> None:
    _, tonnes, _, verdict, value, filled, provisional, reasons = CASES[name]
    row = mass(found[name.replace(" ", "_")])
    assert (row["verdict"], row["value"], row["filled_tonnes"]) == (
        verdict,
        None if value is None else Decimal(value),
        Decimal(filled),
    )
    assert (row["provisional"], row["reasons"]) == (provisional, reasons)
    assert row["limit_value"] == Decimal(str(tonnes))


def test_the_subject_and_the_article_name_the_ceiling(found: dict[str, Found]) -> None:
    row = mass(found["a_kilogram_above"])
    assert row["subject"] == f"a_kilogram_above {NOX} annual"
    assert (row["source_id"], row["clause"], row["unit"]) == ("E-MEP-30-2014", "6(3)", "t/a")
    assert mass(found["a_day_above"])["clause"] == "5"


def test_a_long_gap_takes_the_largest_of_720_hours() -> None:
    """25 lost hours after hour 1000; the peak of 50 kg lies 300 valid hours back."""
    values = [500.0 if at == 700 else 100.0 for at in range(N)]
    rows = hours(values, flow=100000.0, marks={1000 + at: "M" for at in range(25)})
    short = hours(values, flow=100000.0, marks={1000 + at: "M" for at in range(24)})
    found = judge(
        plant("long", rows, allowances=[(NOX, 2019, 99, "annual")]),
        plant("short", short, allowances=[(NOX, 2019, 99, "annual")]),
        on=DAY,
    )
    assert mass(found["long"])["filled_tonnes"] == Decimal("1.25")
    assert mass(found["short"])["filled_tonnes"] == Decimal("0.24")


def test_water_counts_in_kilograms_of_a_cubic_metre() -> None:
    """80 mg/L * 1000 m3 = 80 kg a day."""
    rows = hours([80.0] * 10, pollutant=COD, unit="mg/L", averaging="day", flow=1000.0)
    outfall = plant(
        "O", rows, industry="leather", medium="water", source="企业废水总排放口",
        allowances=[(COD, 2019, 0.8, "annual")],
    )  # fmt: skip
    row = mass(judge(outfall, on=DAY)["O"])
    assert (row["value"], row["verdict"]) == (Decimal("0.8"), "compliant")


def test_the_explanation_names_the_pollutant_and_the_document(found: dict[str, Found]) -> None:
    row = {**mass(found["no_kind"]), "source_id": "E-PERMIT-2016-186", "clause": ""}
    told = explain(row)
    assert "氮氧化物" in told.zh
    assert NOX not in told.zh + told.en
    assert "nitrogen oxides" in told.en
    by = next(step for step in told.root.because if step.kind == "limit")
    assert by.zh.endswith("》")
    assert by.en.isascii()
    assert not by.en.rstrip(".").endswith(",")
