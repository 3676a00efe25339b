"""The rows of a file: CSV in UTF-8 or GB18030, or the first sheet of a workbook that has a head."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from phaseout.evidence.keeping import safe_name
from phaseout.facts.schema import folded
from phaseout.facts.text_files import examine, unreadable
from phaseout.law.refusals import Refusal
from phaseout.measures.employees.lists.columns import columns

WORKBOOKS = (".xlsx", ".xls", ".ods")
ENDINGS = (*WORKBOOKS, ".csv")
LOOKED_THROUGH = 10
"""A head is looked for in so many rows: people put a title above their tables."""
MOST_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was written: `at` gives for each known column its place from 0; `rows` the
    number of each row as a spreadsheet shows it, and its cells as text."""

    file: str
    sheet: str
    head: tuple[str, ...]
    head_row: int
    at: dict[str, int]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(path: Path, name: str) -> Sheet:
    """The table in a file.

    Args:
        name: what the file is called; its ending says how it is read.

    Raises:
        Refusal: `unreadable_file`, `employees.no-rows`, `employees.missing-column`.
    """
    workbook = Path(name).suffix.lower() in WORKBOOKS
    for sheet, rows in _sheets(path, name) if workbook else _text(path, name):
        found = _table(name, sheet, rows)
        if found is not None:
            return _whole(found)
    raise _no_rows(name)


def _sheets(path: Path, name: str) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        for sheet in book.sheet_names:
            rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            if len(rows) > MOST_ROWS:
                raise _too_many_rows(name)
            yield sheet, [tuple(_written(cell) for cell in row) for row in rows]
    except (python_calamine.CalamineError, OSError) as problem:
        raise unreadable(name, f"{problem}。", f"{problem}.") from None


def _written(cell: Any) -> str:
    """A cell of a workbook as text: days as 2017-06-30, whole numbers without a point."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return "" if cell is None else str(cell).strip()


def _text(path: Path, name: str) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    with tempfile.TemporaryDirectory() as folder:
        # What is refused is named as the user calls it, not by its digest.
        called = Path(folder) / safe_name(name)
        called.symlink_to(path)
        file = examine(called)
    with path.open(encoding=file.encoding, newline="") as text:
        rows = [tuple(cell.strip() for cell in row) for row in csv.reader(text)]
    if len(rows) > MOST_ROWS:
        raise _too_many_rows(name)
    yield "", rows


def _table(name: str, sheet: str, rows: Sequence[tuple[str, ...]]) -> Sheet | None:
    """The table of a sheet; None where there is no head in it."""
    needed = [one.name for one in columns() if one.required]
    best: tuple[int, dict[str, int]] | None = None
    for place, row in enumerate(rows[:LOOKED_THROUGH]):
        at = _head(row)
        known = sum(column in at for column in needed)
        if known and (best is None or known > sum(column in best[1] for column in needed)):
            best = place, at
    if best is None:
        return None
    place, at = best
    body = tuple(
        (number, row) for number, row in enumerate(rows[place + 1 :], place + 2) if any(row)
    )
    return Sheet(name, sheet, rows[place], place + 1, at, body) if body else None


def _head(row: Sequence[str]) -> dict[str, int]:
    at: dict[str, int] = {}
    for place, cell in enumerate(row):
        bare = folded(cell)
        for column in columns():
            if bare in column.written:
                at.setdefault(column.name, place)
    return at


def _whole(found: Sheet) -> Sheet:
    lacking = [one for one in columns() if one.required and one.name not in found.at]
    if not lacking:
        return found
    names = "、".join(one.words[0] for one in lacking), ", ".join(one.words[1] for one in lacking)
    raise Refusal(
        "employees.missing-column",
        what=(f"不能导入{found.file}", f"{found.file} cannot be taken"),
        why=(f"缺少必需的列：{names[0]}。", f"it lacks the columns {names[1]}."),
        instead=(
            "请按填报模板补上；现有表头：" + "、".join(c for c in found.head if c) + "。",
            "Add them as in the template; the head reads: "
            + ", ".join(c for c in found.head if c)
            + ".",
        ),
    )


def _too_many_rows(name: str) -> Refusal:
    return Refusal(
        "employees.too-many-rows",
        what=(f"不能导入{name}", f"{name} cannot be taken"),
        why=(
            f"行数超过{MOST_ROWS}，可能是空行带有格式。",
            f"it has more than {MOST_ROWS} rows; perhaps empty ones with a format.",
        ),
        instead=("请删除空行后重新导入。", "Delete empty rows and bring it again."),
    )


def _no_rows(name: str) -> Refusal:
    return Refusal(
        "employees.no-rows",
        what=(f"不能导入{name}", f"{name} cannot be taken"),
        why=("其中没有表头或没有职工。", "it has no head, or no employee below it."),
        instead=("请使用填报模板。", "Use the template."),
    )
