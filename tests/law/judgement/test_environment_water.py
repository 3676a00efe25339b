"""Water: daily means weighted by flow, pH by range, days as they are reported."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from environment_bench import COD, PH, Found, hours, judge, plant

OUTFALL: dict[str, Any] = {
    "industry": "leather",
    "medium": "water",
    "source": "企业废水总排放口",
    "conditions": {"discharge": "direct", "leather_kind": "tannery"},
}
"""COD at most 100 mg/L as a daily mean, pH 6 to 9 (GB 30486-2013)."""


def cod(values: list[float | None], **more: Any) -> list[dict]:
    return hours(values, pollutant=COD, unit="mg/L", **more)


def ph(values: list[float | None], **more: Any) -> list[dict]:
    return hours(values, pollutant=PH, unit="none", **more)


FEW = "too_few_valid_hours"
# name → (readings; verdict; value; reasons without those of the row; exceeding)
CASES: dict[str, tuple[list[dict], str, str, list[str], int]] = {
    # (50 * 3 + 200 * 1) / 4 = 87.5, arithmetic 125
    "weighted": (cod([50, 200], flows={0: 3.0, 1: 1.0}), "undetermined", "87.5", [FEW], 0),
    "weighted above": (cod([50, 200], flows={0: 1.0, 1: 3.0}), "noncompliant", "162.5", [], 1),
    "without flow": (cod([50, 200]), "noncompliant", "125", ["mean_not_weighted"], 1),
    "one flow missing": (
        cod([50, 200], flows={0: 3.0}),
        "noncompliant",
        "125",
        ["mean_not_weighted"],
        1,
    ),
    "an hour above, the day below": (
        cod([200] + [50] * 23, flow=1.0),
        "undetermined",
        "56.25",
        [FEW],
        0,
    ),
    "invalid hours stay out of the mean": (
        cod([50, 900], flow=1.0, marks={1: "M"}),
        "undetermined",
        "50",
        [FEW],
        0,
    ),
    "days at the limit": (cod([100] * 90, averaging="day"), "compliant", "100", [], 0),
    "a day above": (
        cod([100] * 89 + [100.000001], averaging="day"),
        "noncompliant",
        "100.000001",
        [],
        1,
    ),
    "67 days of 90 are too few": (cod([50] * 67, averaging="day"), "undetermined", "50", [FEW], 0),
    "68 days of 90 suffice": (cod([50] * 68, averaging="day"), "compliant", "50", [], 0),
    "a sample above": (
        cod([50] * 90, averaging="day")
        + cod([150], start="2019-01-05T10:00", manual=True, flag=None),
        "noncompliant",
        "150",
        [],
        0,
    ),
    "the range": (ph([6, 9] * 1080), "compliant", "9", [], 0),
    "below the range": (ph([7] * 100 + [5.99]), "noncompliant", "5.99", [], 1),
    "above the range": (ph([7] * 100 + [9.01]), "noncompliant", "9.01", [], 1),
    "the mean of two bad values is no pH": (ph([3, 11]), "noncompliant", "3", [], 2),
}


@pytest.fixture(scope="module")
def found() -> dict[str, Found]:
    return judge(
        *(plant(name.replace(" ", "_"), case[0], **OUTFALL) for name, case in CASES.items())
    )


@pytest.mark.parametrize("name", CASES)
def test_a_quarter_of_water(name: str, found: dict[str, Found]) -> None:
    _, verdict, value, reasons, exceeding = CASES[name]
    [row] = found[name.replace(" ", "_")]
    told = [code for code in row["reasons"] if code != "norm_not_verified"]
    assert (row["verdict"], row["value"], told, row["exceeding_count"]) == (
        verdict,
        Decimal(value),
        reasons,
        exceeding,
    )


def test_ph_is_one_finding_between_two_rows(found: dict[str, Found]) -> None:
    [row] = found["below_the_range"]
    assert (row["comparator"], row["limit_value"], row["ratio"]) == ("between", None, None)
    assert (row["limit_text"], row["lower_limit"], row["upper_limit"]) == ("6.0;9.0", 6, 9)
    assert (row["worst_day"], row["worst_hour"]) == (date(2019, 1, 5), 4)


def test_hours_come_before_a_reported_day() -> None:
    both = cod([50] * 24, flow=1.0) + cod([500], averaging="day")
    [row] = judge(plant("O", both, **OUTFALL))["O"]
    assert (row["value"], row["exceeding_count"]) == (50, 0)


def test_the_kind_of_plant_decides_between_rows_of_one_outfall() -> None:
    """A fertilizer plant: nitric acid 60 mg/L from GB 26131; sulphuric acid from GB 26132."""
    series = cod([61] * 90, averaging="day")
    works: dict[str, Any] = {
        "industry": "fertilizer",
        "medium": "water",
        "source": "企业废水总排放口",
    }
    nitric = plant(
        "nitric", series, **works, conditions={"discharge": "direct", "acid_unit": "硝酸"}
    )
    other = plant(
        "other", series, **works, conditions={"discharge": "direct", "acid_unit": "other"}
    )
    rows = judge(nitric, other)
    assert [(r["source_id"], r["verdict"]) for r in rows["nitric"]] == [
        ("E-GB26131-2010", "noncompliant")
    ]
    assert [r["reasons"] for r in rows["other"]] == [["no_norm_in_force"]]
