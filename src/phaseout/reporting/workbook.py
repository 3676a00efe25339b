"""The findings workbook: a sheet to read first, a sheet per dimension, the refused rows."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from phaseout.facts import write_problem_sheet
from phaseout.facts.arriving import arriving
from phaseout.findings import FINDING_COLUMNS, Judgement
from phaseout.findings.export import finding
from phaseout.law.judgement.dimensions import Dimension
from phaseout.reporting.summary import summarize
from phaseout.reporting.terminal import lines
from phaseout.reporting.words import COLUMNS, DIMENSIONS, say

HEAD = PatternFill("solid", fgColor="E8EEF5")
WIDE = {
    "explanation_zh": 90,
    "explanation_en": 90,
    "subject": 28,
    "indicator": 26,
    "finding_id": 24,
}
# One sheet holds 1,048,576 rows; beyond that the findings file is the place to look.
MOST_ROWS = 1_000_000


def write_workbook(
    judgement: Judgement,
    path: Path,
    *,
    lang: str = "zh",
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
) -> None:
    """Write the workbook to `path`; the same findings give the same bytes.

    Texts stay texts: nothing in a cell can become a formula.
    """
    book = Workbook(write_only=True)
    _summary_sheet(book, judgement, lang)
    sheets = {
        dimension: _finding_sheet(book, say(DIMENSIONS, dimension, lang), lang)
        for dimension in Dimension
    }
    total, written = len(judgement), dict.fromkeys(Dimension, 0)
    for done, (row, explanation) in enumerate(judgement.explained(), start=1):
        dimension = Dimension(row["dimension"])
        written[dimension] += 1
        if written[dimension] <= MOST_ROWS:
            values = finding(row, explanation)
            sheets[dimension].append([_cell(sheets[dimension], v) for v in values.values()])
        if done % 5_000 == 0 or done == total:
            progress("workbook", done, total)
    write_problem_sheet(judgement.intake, book, lang)
    _save_steadily(book, path)


def _summary_sheet(book: Workbook, judgement: Judgement, lang: str) -> None:
    sheet = book.create_sheet("Summary" if lang == "en" else "概况")
    sheet.column_dimensions["A"].width = 120
    for line in lines(summarize(judgement), lang):
        sheet.append([_cell(sheet, line)])


def _finding_sheet(book: Workbook, title: str, lang: str) -> Any:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    for at, name in enumerate(FINDING_COLUMNS):
        sheet.column_dimensions[_letter(at)].width = WIDE.get(name, 14)
    head = []
    for name in FINDING_COLUMNS:
        cell = WriteOnlyCell(sheet, value=say(COLUMNS, name, lang))
        cell.font, cell.fill = Font(bold=True), HEAD
        cell.alignment = Alignment(vertical="top")
        head.append(cell)
    sheet.append(head)
    return sheet


def _letter(at: int) -> str:
    return chr(ord("A") + at)


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=value)
    if value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


def _save_steadily(book: Workbook, path: Path) -> None:
    """Save without the clock: openpyxl writes the time into the file and into the archive."""
    with arriving(path) as steady:
        beside = path.with_name(f".{path.name}.unsteady")
        try:
            book.save(beside)
            _copy_without_clock(beside, steady)
        finally:
            beside.unlink(missing_ok=True)


def _copy_without_clock(saved: Path, steady: Path) -> None:
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(steady, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, _without_clock(name, old.read(name)))


def _without_clock(name: str, content: bytes) -> bytes:
    if name != "docProps/core.xml":
        return content
    return re.sub(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", b"", content)
