# ruff: noqa: DTZ001  (Beijing local time, as the engine holds it)
# ruff: noqa: E501  (tables of cases are read across)
"""Spellings that are right: what officials write comes out as one form."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaseout.facts import units, written_numbers
from phaseout.facts.cells import fast
from phaseout.facts.schema import tables
from phaseout.law.norms import NormBook


@pytest.mark.parametrize(
    "text",
    ["2017-06-30", "2017/6/30", "2017.6.30", "2017年6月30日", "２０１７年６月３０日", "20170630", "2017-6-30 00:00:00"],
)  # fmt: skip
def test_days_are_read_as_officials_write_them(text: str) -> None:
    assert written_numbers.day(text) == date(2017, 6, 30)


@pytest.mark.parametrize(
    "text",
    ["2017-02-29", "2017-06-31", "2017-13-01", "17-06-30", "2017-06", "上个月", "2017-06/30x"],
)
def test_days_that_do_not_exist_are_not_read(text: str) -> None:
    assert written_numbers.day(text) is None


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2017-06-30 08:00", 8),
        ("2017-06-30T08:00:00+08:00", 8),
        ("2017-06-30T00:00:00Z", 8),
        ("2017-06-30 08:00+08", 8),
        ("2017-06-30T01:00:00-0500", 14),
        ("2017年6月30日8时", 8),
        ("20170630080000", 8),
    ],
)
def test_times_are_beijing_time_unless_they_carry_an_offset(text: str, hour: int) -> None:
    assert written_numbers.moment(text) == datetime(2017, 6, 30, hour)


def test_midnight_at_the_end_of_a_day_is_the_next_day() -> None:
    assert written_numbers.moment("2017-06-30 24:00") == datetime(2017, 7, 1)
    assert written_numbers.moment("2017-06-30 24:01") is None


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.integers(-12, 14))
def test_an_offset_moves_a_time_and_nothing_else(moment: datetime, offset: int) -> None:
    whole = moment.replace(microsecond=0)
    text = f"{whole.isoformat()}{offset:+03d}:00"
    assert written_numbers.moment(text) == whole + timedelta(hours=8 - offset)


@given(st.decimals(-(10**11), 10**11, places=4, allow_nan=False))
def test_numbers_with_and_without_thousands_are_the_same(value: Decimal) -> None:
    assert written_numbers.number(f"{value:f}") == value
    assert written_numbers.number(f"{value:,f}") == value


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("千克标准煤/吨", "kgce/t"), ("kgce／t", "kgce/t"), ("吨标准煤/吨", "tce/t"), ("KWH/T", "kWh/t"),
        ("mg/Nm³", "mg/m3"), ("毫克/立方米", "mg/m3"), ("µg/m3", "ug/m3"), ("μg/m³", "ug/m3"), ("万吨/年", "万t/a"),
        ("万千瓦时", "万kWh"), ("％", "%"), ("无量纲", "none"), ("kW·h/t", "kWh/t"), ("mg·m-3", "mg/m3"),
        ("万Adt/a", "万Adt/a"), ("标张/年", "standard hides/a"), ("吨/日", "t/d"), ("mg/l", "mg/L"), ("-", "-"),
    ],
)  # fmt: skip
def test_units_have_one_canonical_name(written: str, name: str) -> None:
    assert units.canonical(written) == name


@pytest.mark.parametrize("written", ["斤每碗", "kgce/t/", "//", "x", "kg/"])
def test_units_nobody_knows_have_none(written: str) -> None:
    assert units.canonical(written) is None


@pytest.mark.parametrize(
    ("from_unit", "to_unit", "factor"),
    [
        ("tce/t", "kgce/t", "1000"), ("万kWh", "kWh", "10000"), ("万t/a", "t/a", "10000"), ("MVA", "kVA", "1000"),
        ("g/m3", "mg/m3", "1000"), ("ug/m3", "mg/m3", "0.001"), ("mm", "m", "0.001"), ("GJ", "MJ", "1000"),
        ("kWh", "MJ", "3.6"), ("kg/t", "%", "0.1"), ("mg/L", "mg/m3", "1000"), ("pgTEQ/L", "ng-TEQ/m3", "1"),
    ],
)  # fmt: skip
def test_units_of_one_dimension_convert(from_unit: str, to_unit: str, factor: str) -> None:
    assert units.factor(from_unit, to_unit) == Decimal(factor)


@pytest.mark.parametrize(
    ("from_unit", "to_unit"),
    [("kgce", "MJ"), ("kVA", "kW"), ("t/a", "t/d"), ("kgce/Adt", "kgce/t"), ("%", "% (vol)"), ("-", "%"), ("times", "none"), ("standard hides/a", "t/a")],
)  # fmt: skip
def test_units_that_measure_different_things_do_not_convert(from_unit: str, to_unit: str) -> None:
    assert units.factor(from_unit, to_unit) is None


def test_every_unit_of_the_norm_store_is_known_and_its_own_name() -> None:
    own = units.norm_units(NormBook.load())
    assert {unit: units.canonical(unit) for unit in own - {"percent"}} == {
        u: u for u in own - {"percent"}
    }
    assert units.factor("%", units.canonical("percent") or "") == 1


def test_factors_hold_identities_and_go_both_ways() -> None:
    pairs = {(a, b): f for a, b, f in units.factors(["万t"], NormBook.load())}
    assert pairs["万t", "t"] == 10_000
    assert pairs["t", "t"] == 1
    assert pairs["percent", "%"] == 1
    for (a, b), factor in pairs.items():
        assert abs(factor * pairs.get((b, a), 1 / factor) - 1) < Decimal("0.001")


def test_names_may_be_english_and_carelessly_spelt(folder: Any) -> None:
    folder.right().add(
        "energy",
        {"product": " Cement ", "indicator": "可比水泥综合能耗", "period_start": "2015/1/1", "period_end": "2015年12月31日", "value": "９５.5"},
    )  # fmt: skip
    folder.take()
    assert folder.rows("SELECT DISTINCT product FROM facts.energy") == [("水泥",)]
    assert folder.rows(
        "SELECT value::VARCHAR FROM facts.energy WHERE period_start = '2015-01-01'"
    ) == [("95.500000",)]


def test_conditions_and_permitted_concentrations_are_taken_apart(folder: Any) -> None:
    folder.right().add(
        "outlets",
        {"outlet_id": "O2", "permitted_concentrations": "w01018=0.1 g/L；w01001=9", "medium": "water", "conditions": "discharge=direct；built=2012-05-01"},
    ).add("energy", {"indicator": "x", "conditions": "海拔=1.2 km"})  # fmt: skip
    folder.take()
    assert folder.rows("SELECT pollutant_code, value::VARCHAR, unit FROM facts.permitted WHERE outlet_id = 'O2' ORDER BY 1") == [
        ("w01001", "9.000000", "none"),
        ("w01018", "0.100000", "g/L"),
    ]  # fmt: skip
    assert folder.rows("SELECT key, text, day FROM facts.conditions WHERE owner_id = 'O2' ORDER BY 1") == [
        ("built", "2012-05-01", date(2012, 5, 1)),
        ("discharge", "direct", None),
    ]  # fmt: skip
    assert folder.rows(
        "SELECT c.key, c.number::VARCHAR FROM facts.conditions AS c JOIN facts.energy AS e "
        "ON e.fact_id = c.owner_id AND e.indicator = 'x'"
    ) == [("altitude", "1200.000000")]


def test_the_fast_reading_takes_no_reading_that_the_careful_one_would_not() -> None:
    """Every text of up to four of these signs, once by DuckDB and once by Python."""
    signs = "+-5.e_', \t"
    texts = ["".join(t) for n in range(1, 5) for t in itertools.product(signs, repeat=n)]
    value = next(column for column in tables()["monitoring"].columns if column.name == "value")
    with duckdb.connect() as connection:
        connection.register("written", pa.table({"text": texts}))
        query = f"SELECT text, {fast(value, 'text')} AS value FROM written WHERE value IS NOT NULL"
        taken = connection.execute(query).fetchall()
    assert len(taken) > 100
    assert [(text, read) for text, read in taken if written_numbers.real(text) != read] == []
