"""Problems on their way out: as a table (CSV, workbook), and marked in a copy of the workbook."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from phaseout.facts.arriving import arriving
from phaseout.facts.export_safety import put_text, safe_text
from phaseout.facts.intake import Intake
from phaseout.facts.problems import BadCell, Severity
from phaseout.law.refusals import Refusal

COLUMNS: Mapping[str, str] = {
    "severity": "性质",
    "file": "文件",
    "sheet": "工作表",
    "row": "行",
    "column": "列",
    "head": "表头",
    "value": "值",
    "expected_zh": "应为",
    "expected_en": "expected",
    "code": "代码",
    "count": "次数",
}
SEVERITIES = {Severity.REFUSED: "退回", Severity.NOTICE: "提示"}
FILLS = {Severity.REFUSED: "FFF4B6B6", Severity.NOTICE: "FFFFF0B3"}
LONGEST_COMMENT = 2_000
AUTHOR = "phaseout"


def write_problems(intake: Intake, out: Path) -> int:
    """Write the problems and notices of an intake as .csv or .xlsx, by the ending; returns how
    many. Text that a spreadsheet would take for a formula comes out as text.

    Raises:
        Refusal: `unknown_format`.
    """
    ending = out.suffix.lower()
    if ending not in (".csv", ".xlsx"):
        raise _unknown_format(out)
    with arriving(out) as beside:
        _write_problems(intake, beside, ending)
    return len(intake.problems)


def _write_problems(intake: Intake, out: Path, ending: str) -> None:
    if ending == ".csv":
        # With a byte order mark, so that spreadsheets on Chinese systems read it as UTF-8.
        with out.open("w", encoding="utf-8-sig", newline="") as text:
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(COLUMNS)
            for values in _lines(intake.problems, "en"):
                writer.writerow([safe_text(v) if isinstance(v, str) else v for v in values])
    else:
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        write_problem_sheet(intake, book, "zh")
        book.save(out)


def write_problem_sheet(intake: Intake, book: Any, lang: str) -> None:
    """Append a sheet with the problems to an openpyxl workbook (write-only or not)."""
    sheet = book.create_sheet("Input problems" if lang == "en" else "数据问题")
    head = list(COLUMNS) if lang == "en" else list(COLUMNS.values())
    sheet.append(_cells(sheet, head))
    for values in _lines(intake.problems, lang):
        sheet.append(_cells(sheet, values))


def mark_workbook(intake: Intake, original: Path, out: Path) -> int:
    """Write a copy of a workbook with the bad cells filled and commented; returns how many cells.

    Values, formulas and formats stay as they are; comments that were there stay in front.

    Raises:
        Refusal: `unknown_format`: only .xlsx and .xlsm can be marked.
    """
    from openpyxl import load_workbook

    if original.suffix.lower() not in (".xlsx", ".xlsm"):
        raise _unknown_format(original)
    book = load_workbook(original, keep_vba=original.suffix.lower() == ".xlsm")
    marked = 0
    for (sheet, row, place), problems in _by_cell(intake.problems).items():
        if sheet in book.sheetnames:
            _mark(book[sheet], max(row, 1), max(place, 0) + 1, problems)
            marked += 1
    with arriving(out) as beside:
        book.save(beside)
    return marked


def _by_cell(problems: Iterable[BadCell]) -> Mapping[tuple[str, int, int], list[BadCell]]:
    found: dict[tuple[str, int, int], list[BadCell]] = defaultdict(list)
    for problem in problems:
        if problem.sheet:
            found[problem.sheet, problem.row, problem.place].append(problem)
    return found


def _mark(sheet: Any, row: int, column: int, problems: Sequence[BadCell]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = _standing(sheet, row, column)
    worst = min((p.severity for p in problems), key=list(Severity).index)
    cell.fill = PatternFill("solid", fgColor=FILLS[worst])
    before = [cell.comment.text] if cell.comment else []
    texts = [f"{SEVERITIES[p.severity]}：{p.expected_zh}\n{p.expected_en}" for p in problems]
    comment = Comment("\n".join(before + texts)[:LONGEST_COMMENT], AUTHOR)
    comment.width, comment.height = 360, 120
    cell.comment = comment


def _standing(sheet: Any, row: int, column: int) -> Any:
    """The cell itself, or the top left cell of the merged range that hides it."""
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet.cell(row, column)


def _lines(problems: Iterable[BadCell], lang: str) -> Iterable[list[str | int]]:
    for problem in problems:
        values = [getattr(problem, column) for column in COLUMNS]
        if lang != "en":
            values[0] = SEVERITIES[problem.severity]
        yield [value if isinstance(value, int) else str(value) for value in values]


def _cells(sheet: Any, values: Sequence[str | int]) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell

    cells = []
    for value in values:
        cell = WriteOnlyCell(sheet)
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value
        cells.append(cell)
    return cells


def _unknown_format(path: Path) -> Refusal:
    return Refusal(
        "unknown_format",
        what=(f"不能写出{path.name}", f"{path.name} cannot be written"),
        why=("文件名的结尾不是可写的格式。", "its ending names no format we write here."),
        instead=("请用 .csv 或 .xlsx 结尾。", "Use an ending .csv or .xlsx."),
    )
