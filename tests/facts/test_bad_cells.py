# ruff: noqa: E501  (tables of cases are read across)
"""Single cells that are wrong: each is named with file, row, column, value, and refused."""

from __future__ import annotations

from typing import Any

import pytest
from tests.facts.conftest import OTHER_USCC

BAD = [
    ("enterprises", {"uscc": "91640100MA00000110"}, "uscc", "bad_uscc"),
    ("enterprises", {"uscc": "123"}, "uscc", "bad_uscc"),
    ("enterprises", {"uscc": OTHER_USCC, "name": ""}, "name", "required_empty"),
    ("enterprises", {"uscc": OTHER_USCC, "name": " 　"}, "name", "required_empty"),
    ("enterprises", {"uscc": OTHER_USCC, "name": "\u202e司公反转"}, "name", "invisible_characters"),
    ("enterprises", {"uscc": OTHER_USCC, "address": "某路\u200b1号"}, "address", "invisible_characters"),
    ("lines", {"line_id": "L2\u2060"}, "line_id", "invisible_characters"),
    ("lines", {"line_id": "L2", "name": "一号\x07线"}, "name", "invisible_characters"),
    ("enterprises", {"uscc": OTHER_USCC, "division_code": "649999"}, "division_code", "bad_division"),
    ("enterprises", {"uscc": OTHER_USCC, "division_code": "990101"}, "division_code", "bad_division"),
    ("enterprises", {"uscc": OTHER_USCC, "industry": "茶叶"}, "industry", "bad_industry"),
    ("enterprises", {"uscc": OTHER_USCC, "industry": "all"}, "industry", "bad_industry"),
    ("enterprises", {"uscc": OTHER_USCC, "employees": "-1"}, "employees", "negative"),
    ("enterprises", {"uscc": OTHER_USCC, "employees": "12.5"}, "employees", "not_a_whole_number"),
    ("lines", {"line_id": "L2", "capacity": "-60"}, "capacity", "negative"),
    ("lines", {"line_id": "L2", "capacity_unit": "斤每碗"}, "capacity_unit", "unknown_unit"),
    ("lines", {"line_id": "L2", "commissioned_on": "2017-02-30"}, "commissioned_on", "not_a_day"),
    ("lines", {"line_id": "L2", "commissioned_on": "30/6/2017"}, "commissioned_on", "not_a_day"),
    ("lines", {"line_id": "L2", "commissioned_on": "0217-06-30"}, "commissioned_on", "year_implausible"),
    ("lines", {"line_id": "L2", "uscc": OTHER_USCC}, "uscc", "unknown_reference"),
    ("outputs", {"period_start": "2016-01-01", "period_end": "2016-12-31", "quantity": "-1"}, "quantity", "negative"),
    ("energy", {"period_start": "2016-12-31", "period_end": "2016-01-01"}, "period_end", "ends_before_start"),
    ("energy", {"indicator": "x", "value": "约五十"}, "value", "not_a_number"),
    ("energy", {"indicator": "x", "value": "—"}, "value", "not_a_number"),
    ("energy", {"indicator": "x", "value": "nan"}, "value", "not_a_number"),
    ("energy", {"indicator": "x", "value": "inf"}, "value", "not_a_number"),
    ("energy", {"indicator": "x", "value": "1_000"}, "value", "not_a_number"),
    ("energy", {"indicator": "x", "value": "0x10"}, "value", "not_a_number"),
    ("energy", {"indicator": "x", "value": "1,37"}, "value", "not_a_number"),
    ("energy", {"indicator": "x", "value": "1e5"}, "value", "scientific_number"),
    ("energy", {"indicator": "x", "value": "1234567890123"}, "value", "not_a_number"),
    ("energy", {"indicator": "x", "conditions": "altitude"}, "conditions", "bad_conditions"),
    ("energy", {"indicator": "x", "conditions": "altitude=1;海拔=2"}, "conditions", "bad_conditions"),
    ("energy", {"indicator": "x", "line_id": "L9"}, "line_id", "unknown_reference"),
    ("outlets", {"outlet_id": "O2", "medium": "soil"}, "medium", "not_a_choice"),
    ("outlets", {"outlet_id": "O2", "permitted_concentrations": "a21026=35"}, "permitted_concentrations", "bad_permitted"),
    ("outlets", {"outlet_id": "O2", "permitted_concentrations": "a21026=x mg/m3"}, "permitted_concentrations", "bad_permitted"),
    ("monitoring", {"time": "2013-01-32 01:00:00"}, "time", "not_a_time"),
    ("monitoring", {"time": "2017-06-30 25:00:00"}, "time", "not_a_time"),
    ("monitoring", {"time": "2017-07-01 08:00:00", "averaging": "minute"}, "averaging", "not_a_choice"),
    ("monitoring", {"time": "2017-07-01 08:00:00", "value": "nan"}, "value", "not_a_number"),
    ("monitoring", {"time": "2017-07-01 08:00:00", "value": "-inf"}, "value", "not_a_number"),
    ("monitoring", {"time": "2017-07-01 08:00:00", "value": "1e400"}, "value", "not_a_number"),
    ("monitoring", {"time": "2017-07-01 08:00:00", "value": "1_0"}, "value", "not_a_number"),
    ("monitoring", {"time": "2017-07-01 08:00:00", "value": "+-5"}, "value", "not_a_number"),
    ("energy", {"indicator": "x", "value": "+-5"}, "value", "not_a_number"),
    ("monitoring", {"time": "2017-07-01 08:00:00", "outlet_id": "O9"}, "outlet_id", "unknown_reference"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "cells", "column", "code"), BAD)
def test_a_wrong_cell_is_refused_by_file_row_column_and_value(
    folder: Any, table: str, cells: dict[str, str], column: str, code: str
) -> None:
    folder.right().add(table, cells)
    found = folder.problems()
    assert [(file, row, col, code_) for file, row, col, _, code_ in found] == [
        (f"{table}.csv", 3, column, code)
    ]
    written = cells[column].strip(" 　")
    assert found[0][3] in (written, written.removesuffix(" mg/m3"))


def test_every_refusal_says_what_was_expected_in_both_languages(folder: Any) -> None:
    folder.right()
    for table, cells, _, _ in BAD[:8]:
        folder.add(table, cells)
    for problem in folder.refused().refused:
        assert any("\u4e00" <= c <= "\u9fff" for c in problem.expected_zh)
        assert problem.expected_en.isascii() or "“" in problem.expected_en


def test_the_expected_check_character_is_named(folder: Any) -> None:
    folder.right().add("enterprises", {"uscc": OTHER_USCC[:-1] + "0"})
    (problem,) = folder.refused().refused
    assert "L" in problem.expected_zh.split("校验位应为")[1]


def test_accepted_units_are_named_where_one_is_unknown(folder: Any) -> None:
    folder.right().add("energy", {"indicator": "x", "unit": "斤每碗"})
    (problem,) = folder.refused().refused
    assert "kgce/t" in problem.expected_en


def test_a_unit_of_another_dimension_is_taken_for_the_judgement_to_name(folder: Any) -> None:
    folder.right().add("energy", {"indicator": "x", "unit": "MPa"})
    assert folder.take().counts["energy"].taken == 2
    assert not folder.rows(
        "SELECT * FROM facts.unit_factors WHERE from_unit = 'MPa' AND to_unit = 'kgce/t'"
    )


def test_an_unknown_name_is_taken_as_given_and_told_once_with_the_nearest(folder: Any) -> None:
    folder.right().add(
        "energy",
        {"product": "水泥孰料", "period_start": "2015-01-01", "period_end": "2015-12-31"},
        {"product": "水泥孰料", "period_start": "2016-01-01", "period_end": "2016-12-31"},
    )
    intake = folder.take()
    (notice,) = [n for n in intake.notices if n.column == "product"]
    assert (notice.code, notice.row, notice.count) == ("unknown_name", 3, 2)
    assert "水泥熟料" in notice.expected_zh
    assert folder.rows("SELECT count(*) FROM facts.energy WHERE product = '水泥孰料'") == [(2,)]


@pytest.mark.parametrize(
    ("product", "told"),
    [
        pytest.param("碳化硅", [], id="a plain product of the industries without a norm row"),
        pytest.param("silicon carbide", [], id="the same in English"),
        pytest.param("电解镍", [""], id="another metal is not a slip of the pen"),
        pytest.param("水泥孰料", ["水泥熟料"], id="one character of four is"),
        pytest.param("熟料", ["水泥熟料"], id="the end of a longer name"),
    ],
)
def test_only_a_really_near_name_is_suggested(folder: Any, product: str, told: list[str]) -> None:
    folder.right().add(
        "energy", {"product": product, "period_start": "2015-01-01", "period_end": "2015-12-31"}
    )
    notices = [n for n in folder.take().notices if n.column == "product"]
    assert len(notices) == len(told)
    for notice, name in zip(notices, told, strict=True):
        assert name in notice.expected_zh
        assert ("是否指" in notice.expected_zh) == bool(name)


def test_a_date_before_any_edition_is_taken(folder: Any) -> None:
    folder.right().add("energy", {"period_start": "1985-01-01", "period_end": "1985-12-31"})
    assert folder.take().counts["energy"].taken == 2


def test_a_negative_energy_value_is_taken(folder: Any) -> None:
    folder.right().add("energy", {"indicator": "x", "value": "-5.2"})
    assert folder.take().counts["energy"].taken == 2


def test_energy_sent_out_is_a_negative_quantity_and_taken(folder: Any) -> None:
    folder.right().write(
        "energy_inputs.csv",
        "line_id,product,indicator,period_start,period_end,energy,quantity,unit\n"
        "L1,水泥,水泥单位产品综合能耗,2017-01-01,2017-12-31,电力（当量）,-1200,kWh\n",
    )
    assert folder.take().counts["energy_inputs"].refused == 0
    assert folder.rows("SELECT quantity FROM facts.energy_inputs") == [(-1200,)]


def test_a_negative_reading_is_taken_and_told(folder: Any) -> None:
    folder.right().add("monitoring", {"time": "2017-07-01 08:00:00", "value": "-0.3"})
    intake = folder.take()
    assert intake.counts["monitoring"].taken == 2
    assert [n.code for n in intake.notices] == ["negative_reading"]


def test_more_than_six_decimals_are_rounded_and_told(folder: Any) -> None:
    folder.right().add("energy", {"indicator": "x", "value": "1.2345678"})
    assert "rounded" in {n.code for n in folder.take().notices}
    assert folder.rows("SELECT value::VARCHAR FROM facts.energy WHERE indicator = 'x'") == [
        ("1.234568",)
    ]


def test_a_division_of_another_province_is_checked_against_the_national_list(folder: Any) -> None:
    folder.right().add("enterprises", {"uscc": OTHER_USCC, "division_code": "110101"})
    assert folder.take().counts["enterprises"].taken == 2


def test_a_hazard_criterion_must_be_in_the_norm_store(folder: Any) -> None:
    folder.right().write(
        "hazards.csv",
        "hazard_id,line_id,criterion,found_on\nH1,L1,MEM-10 第三条第1项,2023-06-01\n"
        "H2,L1,MEM-10 第三条第99项,2023-06-01\nH3,L1,SAWS-IV-2017-129 行业类 冶金第1项,2023-06-01\n",
    )
    (problem,) = folder.refused().refused
    assert (problem.row, problem.code) == (3, "unknown_criterion")
    assert "MEM-10 第三条" in problem.expected_zh
    folder.take(bad_rows="leave_out")
    assert folder.rows("SELECT source_id, clause FROM facts.hazards ORDER BY 1") == [
        ("MEM-10", "第三条第1项"),
        ("SAWS-IV-2017-129", "行业类 冶金第1项"),
    ]
