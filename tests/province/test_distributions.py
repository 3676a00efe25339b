"""What a province is made of: values about their limits, cases that are awkward but right."""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from phaseout.law.norms import NormBook
from phaseout.province.chance import Chance
from phaseout.province.spells import spells

Reader = Callable[[str], list[dict[str, str]]]


def test_most_lines_pass_and_some_fail_their_energy_limit(table: Reader) -> None:
    limits = {
        (row.product_zh, row.process_zh, row.indicator_zh, row.unit): row.value
        for row in NormBook.load().energy_limits
        if row.grade == "limit" and row.effective_to is not None and row.effective_to.year > 2017
    }
    compared = [
        (float(row["value"]), float(limits[key] or 0))
        for row in table("energy")
        if (key := (row["product"], row["process"], row["indicator"], row["unit"])) in limits
    ]
    over = sum(value > limit for value, limit in compared)
    exact = sum(value == limit for value, limit in compared)
    assert 0.05 < over / len(compared) < 0.4
    assert exact > 0


def test_some_units_are_others_than_the_norms_and_convertible(table: Reader) -> None:
    units = Counter(row["unit"] for row in table("energy"))
    assert units["tce/t"] and units["MWh/t"]
    assert units["kgce/t"] > 10 * units["tce/t"]


def test_some_values_state_an_uncertainty(table: Reader) -> None:
    assert any("uncertainty=" in row["conditions"] for row in table("energy"))
    assert any(row["uncertainty"] for row in table("tests"))


def test_unit_consumption_is_sometimes_left_to_be_computed(table: Reader) -> None:
    inputs, outputs = table("energy_inputs"), table("outputs")
    assert {row["line_id"] for row in inputs} >= {row["line_id"] for row in outputs}
    assert {row["unit"] for row in inputs} >= {"t", "万kWh"}
    assert any(row["kgce_per_unit"] for row in inputs)


def test_equipment_may_be_sealed_dismantled_or_without_a_value(table: Reader) -> None:
    rows = table("equipment")
    assert {"in_use", "sealed", "dismantled", ""} <= {row["status"] for row in rows}
    assert any(not row["value"] for row in rows if row["attribute"] != "presence")


def test_permits_may_be_expired_or_missing(table: Reader) -> None:
    rows = table("permits")
    ends = [row["valid_to"] for row in rows if row["valid_to"][4:5] == "-"]
    assert any(end < "2018-03-15" for end in ends) and any(end > "2018-03-15" for end in ends)
    assert len({row["uscc"] for row in rows}) < len({row["uscc"] for row in table("enterprises")})


def test_some_samples_were_tested_again(table: Reader) -> None:
    rows = table("tests")
    samples = {row["sample_id"] for row in rows}
    again = [row["retest_of"] for row in rows if row["retest_of"]]
    assert again and set(again) <= samples


def test_days_are_also_written_as_officials_write_them(table: Reader) -> None:
    written = {row["commissioned_on"] for row in table("lines")}
    assert any("年" in day for day in written) and any("/" in day for day in written)


@pytest.fixture(scope="module")
def readings(clean: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        f"CREATE VIEW readings AS SELECT * FROM '{clean / 'monitoring.csv'}' "
        "WHERE outlet_id <> 'L000001-G-A1'"
    )
    return connection


def test_most_readings_are_marked_normal(readings: duckdb.DuckDBPyConnection) -> None:
    marks = dict(readings.execute("SELECT flag, count(*) FROM readings GROUP BY 1").fetchall())
    assert {"N", "C", "M", "D", "F", "B"} <= set(marks)
    assert marks["N"] / sum(marks.values()) > 0.9


def test_concentrations_are_never_negative_and_ph_ends_at_fourteen(
    readings: duckdb.DuckDBPyConnection,
) -> None:
    low, high = readings.execute(
        "SELECT min(value), max(value) FILTER (pollutant_code = 'w01001') FROM readings"
    ).fetchone()  # type: ignore[misc]
    assert low >= 0
    assert high <= 14


def test_manual_samples_stand_beside_automatic_readings(
    readings: duckdb.DuckDBPyConnection,
) -> None:
    count, marked = readings.execute(
        "SELECT count(*), count(flag) FROM readings WHERE manual"
    ).fetchone()  # type: ignore[misc]
    assert count > 0 and marked == 0


def test_readings_are_sorted_by_outlet_pollutant_and_hour(clean: Path) -> None:
    with (clean / "monitoring.csv").open(encoding="utf-8", newline="") as text:
        seen: list[tuple[str, str]] = []
        before = ("", "", "")
        for row in csv.DictReader(text):
            key = (row["outlet_id"], row["pollutant_code"])
            if key != before[:2]:
                assert key not in seen
                seen.append(key)
            else:
                assert row["time"] >= before[2]
            before = (*key, row["time"])


@pytest.mark.parametrize("temper", ["clean", "tight", "over"])
@pytest.mark.parametrize("hours", [1, 24, 2208])
def test_spells_never_touch_and_stay_inside(temper: str, hours: int) -> None:
    for number in range(40):
        found = spells(temper, hours, Chance.of(temper, hours, number))
        assert all(0 <= spell.first <= spell.last < hours for spell in found)
        assert all(a.last + 1 < b.first for a, b in itertools.pairwise(found))
