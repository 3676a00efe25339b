"""An empty workbook to fill in, with a note on every column."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from phaseout.measures.employees.lists.columns import choice_words, columns

NEEDED = PatternFill("solid", fgColor="FFDCE8F5")
ROWS = 5_000


def write_template(out: Path) -> None:
    """Write the workbook to `out`; required columns are shaded and bear a star."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "职工名册"
    for at, column in enumerate(columns(), 1):
        cell = sheet.cell(1, at, column.words[0] + ("*" if column.required else ""))
        cell.font = Font(bold=True)
        if column.required:
            cell.fill = NEEDED
        note = "\n".join(part for part in (column.note, column.words[1]) if part)
        cell.comment = Comment(note, "phaseout")
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = max(12, 2 * len(column.words[0]) + 4)
        if column.kind in ("choice", "flag"):
            words = choice_words("flag" if column.kind == "flag" else column.name)
            listed = DataValidation("list", f'"{",".join(zh for zh, _ in words.values())}"')
            sheet.add_data_validation(listed)
            listed.add(f"{letter}2:{letter}{ROWS}")
    sheet.freeze_panes = "C2"
    book.save(out)
