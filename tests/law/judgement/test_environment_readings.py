"""Which readings count, how they are converted, and what a quarter of them says."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from environment_bench import (
    QUARTER_HOURS,
    Facts,
    Found,
    hours,
    judge,
    peak,
    plant,
)

N = QUARTER_HOURS  # 2160: a quarter of it, 540, may be invalid


def lost(count: int, mark: str | None = "M") -> dict[int, str | None]:
    return {N - 1 - at: mark for at in range(count)}


# name → (readings of a cement kiln, NOx limit 400 at 10 % O2; verdict; reasons; valid; exceeding)
CASES: dict[str, tuple[list[dict], str, list[str], int, int]] = {
    "at the limit": (hours(400), "compliant", [], N, 0),
    "a millionth above": (hours(peak(300, 400.000001)), "noncompliant", [], N, 1),
    "less than half a millionth above": (hours(peak(300, 400.0000004)), "compliant", [], N, 0),
    "75 % exactly": (hours(300, marks=lost(540)), "compliant", [], 1620, 0),
    "one hour less": (
        hours(300, marks=lost(541)),
        "undetermined",
        ["too_few_valid_hours"],
        1619,
        0,
    ),
    "missing rows are lost hours": (
        hours(300, 1619),
        "undetermined",
        ["too_few_valid_hours"],
        1619,
        0,
    ),
    "1620 rows suffice": (hours(300, 1620), "compliant", [], 1620, 0),
    "exceeding with few hours": (hours([300, 401, 300]), "noncompliant", [], 3, 1),
    "stopped hours leave the base": (hours(300, marks=lost(1000, "F")), "compliant", [], 1160, 0),
    "stopped and lost at the edge": (  # (2160 - 1000) * 0.75 = 870
        hours(300, marks={**lost(1290), **lost(1000, "F")}),
        "compliant",
        [],
        870,
        0,
    ),
    "stopped and lost below it": (
        hours(300, marks={**lost(1291), **lost(1000, "F")}),
        "undetermined",
        ["too_few_valid_hours"],
        869,
        0,
    ),
    "stopped throughout": (
        hours(300, flag="F"),
        "undetermined",
        ["no_valid_reading", "stopped_throughout"],
        0,
        0,
    ),
    "only invalid": (hours(900, flag="D"), "undetermined", ["no_valid_reading"], 0, 0),
    "an unknown mark is not valid": (
        hours(900, flag="Z"),
        "undetermined",
        ["no_valid_reading"],
        0,
        0,
    ),
    "no mark counts as normal": (hours(300, flag=None), "compliant", [], N, 0),
    "a set value is no evidence": (
        hours(peak(300, 900), marks={5: "S"}),
        "compliant",
        [],
        N - 1,
        0,
    ),
    "above range asks for a check": (
        hours(peak(300, 900), marks={5: "T"}),
        "compliant",
        ["over_range_check"],
        N - 1,
        0,
    ),
    "oxygen missing": (hours(peak(300, 900), oxygen={5: None}), "compliant", [], N - 1, 0),
    "oxygen of air": (hours(peak(300, 900), oxygen={5: 21.0}), "compliant", [], N - 1, 0),
    "oxygen above air": (hours(peak(300, 900), oxygen={5: 25.0}), "compliant", [], N - 1, 0),
    "oxygen negative": (hours(peak(300, 900), oxygen={5: -1.0}), "compliant", [], N - 1, 0),
    "oxygen close to air": (hours(peak(300, 1), oxygen={5: 20.99}), "noncompliant", [], N, 1),
    "no value": (hours([None if at == 5 else 300 for at in range(N)]), "compliant", [], N - 1, 0),
    "never judgeable": (hours(300, o2=None), "undetermined", ["no_valid_reading"], 0, 0),
    "in grams": (hours(peak(0.3, 0.401), unit="g/m3"), "noncompliant", [], N, 1),
    "in a unit of water": (hours(900, unit="mg/L"), "undetermined", ["unit_not_convertible"], 0, 0),
    "daily means against an hourly limit": (
        hours(900, 90, averaging="day"),
        "undetermined",
        ["averaging_mismatch"],
        0,
        0,
    ),
    "a manual sample above": (
        hours(300) + hours([500.0], start="2019-01-02T00:30", manual=True, flag=None),
        "noncompliant",
        [],
        N,
        0,
    ),
    "a manual sample alone": (hours([300.0], manual=True, flag=None), "compliant", [], 0, 0),
    "no unit": (hours(300, unit=None), "compliant", ["unit_assumed"], N, 0),
}


@pytest.fixture(scope="module")
def found() -> dict[str, Found]:
    return judge(*(plant(name.replace(" ", "_"), case[0]) for name, case in CASES.items()))


@pytest.mark.parametrize("name", CASES)
def test_a_quarter_of_readings(name: str, found: dict[str, Found]) -> None:
    _, verdict, reasons, valid, exceeding = CASES[name]
    [row] = found[name.replace(" ", "_")]
    assert (row["verdict"], row["reasons"], row["valid_count"], row["exceeding_count"]) == (
        verdict,
        reasons,
        valid,
        exceeding,
    )
    assert (row["period_start"], row["period_end"]) == (date(2019, 1, 1), date(2019, 3, 31))
    assert row["norm_row"] == "emission_limits/E-GB4915-2013/3"
    assert row["provisional"] == (name == "no unit")
    assert row["effect"] == ("opens" if verdict == "noncompliant" else "records")


def test_the_gravest_hour_is_told_with_its_oxygen() -> None:
    series = hours([300.0, 240.0, 300.0, 500.0, 240.0], oxygen={1: 15.0, 4: 15.0})
    [row] = judge(plant("O", series))["O"]
    assert row["value"] == Decimal("500.000000")  # 500 at 10 %, 240 at 15 % is 440
    assert (row["worst_day"], row["worst_hour"]) == (date(2019, 1, 1), 3)
    assert (row["worst_raw"], row["worst_o2"]) == (Decimal(500), Decimal(10))
    assert row["exceeding_count"] == 3
    assert row["first_exceeding"] == datetime.fromisoformat("2019-01-01T01")
    assert row["last_exceeding"] == datetime.fromisoformat("2019-01-01T04")
    assert row["ratio"] == Decimal("1.2500")


def test_among_equals_the_earlier_hour_is_told() -> None:
    [row] = judge(plant("O", hours([300.0, 500.0, 500.0] + [0.0] * 40 + [500.0])))["O"]
    assert (row["worst_day"], row["worst_hour"]) == (date(2019, 1, 1), 1)


@pytest.mark.parametrize(
    ("measured", "oxygen", "value", "verdict"),
    [
        # C * (21 - 3.5) / (21 - O2), limit of a gas boiler in use before 2014-07-01: 400
        (50.0, 15.0, "145.833333", "undetermined"),
        (400.0, 3.5, "400.000000", "undetermined"),
        (137.2, 15.0, "400.166667", "noncompliant"),
    ],
)
def test_a_gas_boiler_is_folded_to_3_5_percent(
    measured: float, oxygen: float, value: str, verdict: str
) -> None:
    boiler = plant(
        "O", hours([measured], o2=oxygen), source="燃气锅炉", conditions={"boiler_steam_t_h": 20}
    )
    [row] = judge(boiler)["O"]
    assert (row["value"], row["verdict"]) == (Decimal(value), verdict)
    assert row["limit_value"] == Decimal(400)


def test_a_quarter_is_cut_by_the_day_of_the_question() -> None:
    [row] = judge(plant("O", hours(300)), on="2019-01-31")["O"]
    assert (row["period_end"], row["valid_count"], row["base_count"]) == (
        date(2019, 1, 31),
        744,
        744,
    )


def test_every_quarter_between_the_first_and_the_last_reading_is_asked() -> None:
    both = plant("O", hours(300), hours(300, 2208, start="2019-07-01"))
    rows = judge(both, on="2019-12-31")["O"]
    assert [(str(r["period_start"]), r["verdict"]) for r in rows] == [
        ("2019-01-01", "compliant"),
        ("2019-04-01", "undetermined"),
        ("2019-07-01", "compliant"),
    ]
    assert rows[1]["reasons"] == ["no_valid_reading"]


def test_an_outlet_without_readings_says_so() -> None:
    [row] = judge(plant("O"))["O"]
    assert (row["verdict"], row["reasons"], row["subject"]) == (
        "undetermined",
        ["no_readings"],
        "O",
    )


def test_marks_are_read_by_the_edition_of_the_day() -> None:
    """B means nothing in 2005, P nothing in 2017; the tables of 2005 and 2025 are not verified."""
    rows = {
        name: judge(plant("O", hours(300, 24, start=start, flag=flag)), on="2026-12-31")["O"][0]
        for name, start, flag in (
            ("2017", "2017-06-01", "N"),
            ("2005", "2017-04-29", "N"),
            ("2025", "2026-01-01", "N"),
        )
    }
    assert {name: row["valid_count"] for name, row in rows.items()} == {
        "2017": 24,
        "2005": 24,
        "2025": 24,
    }
    exceeding = judge(plant("O", hours(500, 24, start="2026-01-01")), on="2026-12-31")["O"][0]
    assert exceeding["provisional"] and "marks_not_verified" in exceeding["reasons"]
    exceeding = judge(plant("O", hours(500, 24, start="2017-06-01")), on="2017-12-31")["O"][0]
    assert not exceeding["provisional"]


def test_the_order_of_rows_changes_nothing() -> None:
    series = hours(peak(300, 401), marks={7: "T", 9: None})

    def table(facts: Facts) -> list[tuple]:
        return [tuple(sorted(map(str, row.items()))) for row in judge(facts)["O"]]

    assert table(plant("O", series)) == table(plant("O", series[::-1]))


def test_the_share_of_days_is_of_valid_days_only() -> None:
    # day 1: 24 hours at 401; day 2: 17 valid hours of 24 (under 75 %) at 401; the rest below
    values = [401.0] * 48 + [300.0] * (N - 48)
    [row] = judge(plant("O", hours(values, marks={24 + at: "M" for at in range(7)})))["O"]
    assert (row["valid_days"], row["exceeding_days"], row["exceeding_count"]) == (89, 1, 41)
    assert row["serious"] is None
