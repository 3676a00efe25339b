"""The form as a workbook that goes out: pre-filled, to be corrected and brought back; the same rows
give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from phaseout.coordination.returns.rows import Row
from phaseout.facts.export_safety import put_text
from phaseout.law.annual import FormColumn, columns
from phaseout.reporting.steady import without_clock

HEAD = PatternFill("solid", fgColor="E8EEF5")


def workbook(rows: Sequence[Row], title: str, notes: Iterable[str] = ()) -> bytes:
    """The form with these rows; a second sheet says how it is filled in."""
    book = Workbook(write_only=True)
    shown = columns()
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for at, column in enumerate(shown):
        width = {"reason": 40, "line_id": 16}.get(column.key, 6 + 2 * column.width)
        sheet.column_dimensions[_letter(at)].width = width
    sheet.append([head_cell(sheet, column.zh) for column in shown])
    for number, row in enumerate(rows, 1):
        sheet.append(cells_of(sheet, row, number, shown))
    _explained(book, shown, notes)
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


def cells_of(sheet: Any, row: Row, number: int, shown: Sequence[FormColumn]) -> list[Any]:
    """The row as cells: numbers as numbers, days and words as texts, none a formula."""
    words = row.words
    cells: list[Any] = []
    for column in shown:
        if column.key == "no":
            cells.append(number)
        elif column.key == "capacity":
            cells.append(row.shown)
        elif column.key == "quantity":
            cells.append(row.quantity)
        else:
            told = words[column.key]
            cells.append(text_cell(sheet, told if isinstance(told, str) else told[0]))
    return cells


def head_cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font, cell.fill = Font(bold=True), HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def text_cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet)
    put_text(cell, text)
    return cell


def _explained(book: Any, shown: Sequence[FormColumn], notes: Iterable[str]) -> None:
    sheet = book.create_sheet("填表说明")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 90
    for note in notes:
        sheet.append([text_cell(sheet, note)])
    for column in shown:
        needed = {"yes": "必填", "no": ""}.get(column.required, "该退出方式必填")
        sheet.append([text_cell(sheet, column.zh), text_cell(sheet, needed)])


def _letter(at: int) -> str:
    return chr(ord("A") + at)
