import pytest
from openpyxl import Workbook, load_workbook

from phaseout.facts.export_safety import put_text, safe_text


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1"]
)
def test_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert safe_text(text) == "'" + text


@pytest.mark.parametrize("text", ["", "水泥", "1", "a=b", "'=1"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert safe_text(text) == text


def test_a_workbook_cell_keeps_a_formula_as_text(tmp_path) -> None:
    book = Workbook()
    put_text(book.active["A1"], "=cmd|' /C calc'!A0\x00")
    book.save(tmp_path / "out.xlsx")
    cell = load_workbook(tmp_path / "out.xlsx").active["A1"]
    assert (cell.value, cell.data_type) == ("=cmd|' /C calc'!A0", "s")
