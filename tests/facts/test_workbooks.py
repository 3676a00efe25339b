# ruff: noqa: DTZ001  (Beijing local time, as the engine holds it)
"""Workbooks: sheets in two languages, merged cells, formulas, serial days, marked copies."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from tests.facts.conftest import RIGHT

from phaseout.facts import FactsRefused, Intake, mark_workbook, take, write_problems
from phaseout.facts.schema import tables
from phaseout.law.refusals import Refusal


def workbook(path: Path, *, chinese: bool = False) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for table, text in RIGHT.items():
        sheet = book.create_sheet(tables()[table].zh if chinese else table)
        for cells in csv.reader(io.StringIO(text)):
            sheet.append(cells)
    return book


def refused(path: Path, folder: Any) -> Intake:
    with pytest.raises(FactsRefused) as caught:
        take(path, folder.connection, folder.book)
    return caught.value.intake


@pytest.mark.parametrize("chinese", [False, True])
def test_sheets_are_taken_by_english_and_chinese_names(
    folder: Any, tmp_path: Path, chinese: bool
) -> None:
    workbook(tmp_path, chinese=chinese).save(tmp_path / "facts.xlsx")
    intake = take(tmp_path / "facts.xlsx", folder.connection, folder.book)
    assert {count.taken for count in intake.counts.values()} == {1}
    assert set(intake.counts) == set(RIGHT)


def test_days_times_and_numbers_come_as_the_spreadsheet_holds_them(
    folder: Any, tmp_path: Path
) -> None:
    book = workbook(tmp_path)
    book["energy"]["D2"], book["energy"]["E2"] = date(2017, 1, 1), 43100
    book["energy"]["F2"] = 0.1 + 0.2
    book["monitoring"]["C2"] = datetime(2017, 6, 30, 8)
    book.save(tmp_path / "facts.xlsx")
    take(tmp_path / "facts.xlsx", folder.connection, folder.book)
    assert folder.rows("SELECT period_start, period_end, value::VARCHAR FROM facts.energy") == [
        (date(2017, 1, 1), date(2017, 12, 31), "0.300000")
    ]
    assert folder.rows("SELECT time FROM facts.monitoring") == [(datetime(2017, 6, 30, 8),)]


def test_a_title_above_the_head_is_passed_over(folder: Any, tmp_path: Path) -> None:
    book = workbook(tmp_path)
    book["energy"].insert_rows(1)
    book["energy"]["A1"] = "2017年度能耗统计表"
    book["energy"].merge_cells("A1:H1")
    book["energy"]["F3"] = "x"
    book.save(tmp_path / "facts.xlsx")
    (problem,) = refused(tmp_path / "facts.xlsx", folder).refused
    assert (problem.sheet, problem.row, problem.column) == ("energy", 3, "value")


def test_a_required_cell_hidden_by_a_merge_says_so(folder: Any, tmp_path: Path) -> None:
    book = workbook(tmp_path)
    book["energy"].append(["L1", "水泥", "其他", "2017-01-01", "2017-12-31", 1, "kgce/t"])
    book["energy"].merge_cells("A2:A3")
    book.save(tmp_path / "facts.xlsx")
    (problem,) = refused(tmp_path / "facts.xlsx", folder).refused
    assert (problem.row, problem.column, problem.code) == (3, "line_id", "required_empty_in_merge")
    assert "A2:A3" in problem.expected_zh


def test_a_formula_without_a_stored_result_is_named(folder: Any, tmp_path: Path) -> None:
    book = workbook(tmp_path)
    book["energy"]["F2"] = "=90+5.5"
    book.save(tmp_path / "facts.xlsx")
    (problem,) = refused(tmp_path / "facts.xlsx", folder).refused
    assert (problem.row, problem.column, problem.value, problem.code) == (
        2,
        "value",
        "=90+5.5",
        "formula_without_result",
    )


def test_a_missing_column_names_workbook_and_sheet(folder: Any, tmp_path: Path) -> None:
    book = workbook(tmp_path)
    book["energy"].delete_cols(6)
    book.save(tmp_path / "facts.xlsx")
    with pytest.raises(Refusal) as caught:
        take(tmp_path / "facts.xlsx", folder.connection, folder.book)
    assert caught.value.code == "missing_column"
    assert "facts.xlsx, sheet energy" in caught.value.en


def test_a_file_that_is_no_workbook_is_refused(folder: Any, tmp_path: Path) -> None:
    (tmp_path / "facts.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(Refusal) as caught:
        take(tmp_path / "facts.xlsx", folder.connection, folder.book)
    assert caught.value.code == "unreadable_file"


def test_the_marked_copy_fills_and_comments_the_bad_cells_and_keeps_formulas(
    folder: Any, tmp_path: Path
) -> None:
    book = workbook(tmp_path)
    book["energy"]["F2"] = "=90+5.5"
    book["enterprises"]["A2"] = "123"
    book.save(tmp_path / "facts.xlsx")
    intake = refused(tmp_path / "facts.xlsx", folder)
    mark_workbook(intake, tmp_path / "facts.xlsx", tmp_path / "marked.xlsx")
    marked = load_workbook(tmp_path / "marked.xlsx")
    cell = marked["energy"]["F2"]
    assert (cell.value, cell.data_type) == ("=90+5.5", "f")
    assert "退回" in cell.comment.text and cell.fill.fill_type == "solid"
    assert "GB 32100" in marked["enterprises"]["A2"].comment.text
    assert marked["energy"]["A2"].comment is None or "L1" not in marked["energy"]["A2"].comment.text


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_problems_are_written_with_formulas_as_text(
    folder: Any, tmp_path: Path, ending: str
) -> None:
    evil = "=cmd|' /C calc'!A0"
    folder.right().add("energy", {"indicator": "x", "value": evil})
    write_problems(folder.refused(), tmp_path / f"out.{ending}")
    if ending == "csv":
        row, *_ = csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8-sig"))
        assert (row["row"], row["column"], row["value"]) == ("3", "value", "'" + evil)
    else:
        cells = next(iter(load_workbook(tmp_path / "out.xlsx").active.iter_rows(min_row=2)))
        assert [c.data_type for c in cells if c.value == evil] == ["s"]


def test_two_sheets_that_are_the_same_table_are_refused(folder: Any) -> None:
    book = Workbook()
    book.remove(book.active)
    for name in ("energy", "能耗"):
        sheet = book.create_sheet(name)
        sheet.append(["line_id"])
    book.save(folder.path / "book.xlsx")
    with pytest.raises(Refusal) as refused:
        folder.take()
    assert refused.value.code == "two_files_for_table"


def test_a_number_with_two_signs_is_refused_in_its_cell(folder: Any, tmp_path: Path) -> None:
    """DuckDB's own cast would read +-5 as -5."""
    book = workbook(tmp_path)
    book["monitoring"]["E2"] = "+-5"
    book.save(tmp_path / "facts.xlsx")
    (problem,) = refused(tmp_path / "facts.xlsx", folder).refused
    assert (problem.file, problem.row, problem.column, problem.value, problem.code) == (
        *("facts.xlsx", 2, "value", "+-5", "not_a_number"),
    )
    assert "数" in problem.expected_zh
    assert "number" in problem.expected_en
