"""The grid company's monthly file: one row a line and span of days, checked row by row.

Columns: line_id 生产线编号, begins 起, ends 止 (both may be left out: the whole month), kwh 用电量.
A file is taken whole or not at all; what is wrong is named by row, column, value and expectation.
"""

from __future__ import annotations

import calendar
import csv
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from phaseout.facts.text_files import examine, transcode
from phaseout.facts.written_numbers import day, excel_day, number
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.measures.prices import refusing
from phaseout.registry.models import ProductionLine

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "line_id": ("line_id", "生产线编号", "生产线"),
    "begins": ("begins", "起", "起始日", "起始日期"),
    "ends": ("ends", "止", "截止日", "截止日期"),
    "kwh": ("kwh", "用电量", "用电量（kWh）", "用电量(kWh)", "电量"),
}
LOOKED_THROUGH = 10
MOST_PROBLEMS = 200
LARGEST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Row:
    """A row as read: its number in the sheet, and its cells by column."""

    at: int
    line_id: str
    begins: str
    ends: str
    kwh: str


@dataclass(frozen=True, slots=True)
class Metered:
    """A row that fits."""

    line: ProductionLine
    begins: date
    ends: date
    kwh: Decimal


Problem = dict[str, Any]
"""Row of the sheet, column, value, what was expected (Chinese, English)."""


def read(content: bytes, name: str) -> list[Row]:
    """The rows of a CSV or XLSX file.

    Raises:
        Refusal: `prices.file-unreadable`, `unreadable_file`.
    """
    try:
        found = list(_named(_cells(content)))
    except Refusal as refusal:
        raise refusing.file_unreadable(name, refusal.why) from None
    except _Broken as broken:
        raise refusing.file_unreadable(name, broken.words) from None
    if not found:
        raise refusing.file_unreadable(name, ("没有数据行。", "it has no rows."))
    return found


def marked(content: bytes, problems: Iterable[Problem], *, en: bool) -> list[list[str]]:
    """The file as it came, every cell of it, with a last column that says at each row what is wrong
    with which cell: to be put right and sent again.

    Args:
        en: whether it says so in English.
    """
    said: dict[int, list[str]] = {}
    for one in problems:
        colon = ": " if en else "：应为"
        words = f"{head_of(one['column'])}{colon}{one['expected'][int(en)]}"
        said.setdefault(one["row"], []).append(words)
    rows = [list(cells) for cells in _cells(content)]
    width = max((len(cells) for cells in rows), default=0)
    apart = "; " if en else "；"
    return [
        [*cells, *[""] * (width - len(cells)), apart.join(said.get(at, ()))]
        for at, cells in enumerate(rows, 1)
    ]


def head_of(column: str) -> str:
    """The head under which people know a column: 生产线编号."""
    return _HEADS[column]


_HEADS = {"line_id": "生产线编号", "begins": "起", "ends": "止", "kwh": "用电量（kWh）"}


def _cells(content: bytes) -> list[list[str]]:
    """Every row of the file as text, empty ones too.

    Raises:
        Refusal, _Broken: it cannot be read.
    """
    book = content[:2] == b"PK"
    with tempfile.TemporaryDirectory(prefix="phaseout-kwh-") as folder:
        path = Path(folder) / ("file.xlsx" if book else "file.csv")
        path.write_bytes(content)
        return list(_sheet(path) if book else _text(path))


class _Broken(Exception):
    """The file cannot be read; `words` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words: Bilingual = (zh, en)


def _text(path: Path) -> Iterator[list[str]]:
    file = examine(path)
    if file.encoding not in ("utf-8", "utf-8-sig"):
        file = transcode(file, path.with_suffix(".utf8"))
    with file.path.open(encoding="utf-8-sig", newline="") as text:
        try:
            yield from csv.reader(text, strict=True)
        except csv.Error as problem:
            raise _Broken(
                f"不是合格的CSV（{problem}）。", f"no well-formed CSV ({problem})."
            ) from None


def _sheet(path: Path) -> Iterator[list[str]]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError) as problem:
        raise _Broken(
            f"不是可以打开的工作簿（{problem}）。", f"no workbook that opens ({problem})."
        ) from None
    for row in rows:
        yield [_shown(cell) for cell in row]


def _shown(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float):
        return f"{cell:.15g}" if "e" not in f"{cell:.15g}" else f"{Decimal(repr(cell)):f}"
    return "" if cell is None else str(cell)


def _named(rows: Iterable[Sequence[str]]) -> Iterator[Row]:
    at: dict[str, int] = {}
    for count, cells in enumerate(rows, 1):
        if not at:
            at = _head(cells)
            if not at and count >= LOOKED_THROUGH:
                break
            continue
        if any(cell.strip() for cell in cells):
            given = {
                name: cells[place].strip()
                if (place := at.get(name, -1)) in range(len(cells))
                else ""
                for name in COLUMNS
            }
            yield Row(count, **given)
    if not at:
        raise _Broken("没有找到表头。", "no head with line_id and kwh was found.")


def _head(cells: Sequence[str]) -> dict[str, int]:
    folded = [cell.strip().casefold() for cell in cells]
    found = {
        name: next(p for p, cell in enumerate(folded) if cell in _FOLDED[name])
        for name in COLUMNS
        if any(cell in _FOLDED[name] for cell in folded)
    }
    return found if {"line_id", "kwh"} <= set(found) else {}


_FOLDED = {name: {word.casefold() for word in words} for name, words in COLUMNS.items()}


def check(rows: Sequence[Row], month: date) -> tuple[list[Metered], list[Problem]]:
    """The rows that fit and what is wrong with the others.

    Args:
        month: its first day; rows lie within it.
    """
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    known = ProductionLine.objects.select_related("enterprise").in_bulk(
        list({row.line_id for row in rows})
    )
    problems: list[Problem] = []
    found: list[Metered] = []
    spans: dict[str, list[tuple[date, date]]] = {}
    for row in rows:
        before = len(problems)
        line = known.get(row.line_id)
        if line is None:
            problems.append(
                _problem(row, "line_id", "登记库中的生产线编号", "a line of the registry")
            )
        begins, ends = _span(row, month, last, problems)
        kwh = _kwh(row, problems)
        if len(problems) > before or line is None or kwh is None:
            continue
        taken = spans.setdefault(row.line_id, [])
        if any(begins <= other[1] and other[0] <= ends for other in taken):
            problems.append(
                _problem(row, "begins", "同一生产线的日期不重叠", "no days twice for one line")
            )
            continue
        taken.append((begins, ends))
        found.append(Metered(line, begins, ends, kwh))
    return found, problems


def _span(row: Row, month: date, last: date, problems: list[Problem]) -> tuple[date, date]:
    if not row.begins and not row.ends:
        return month, last
    begins, ends = _day(row.begins), _day(row.ends)
    for column, value in (("begins", begins), ("ends", ends)):
        if value is None or not month <= value <= last:
            problems.append(
                _problem(row, column, f"{month}至{last}之间的日期", f"a day of {month} to {last}")
            )
    if begins and ends and ends < begins:
        problems.append(_problem(row, "ends", "不早于起始日", "not before the first day"))
    return begins or month, ends or last


def _day(text: str) -> date | None:
    found = day(text)
    if found is None and text.isascii() and text.isdigit() and len(text) == 5:
        found = excel_day(float(text))
    return found


def _kwh(row: Row, problems: list[Problem]) -> Decimal | None:
    value = number(row.kwh)
    exact = (
        value is not None and value == value.quantize(Decimal("0.001"))
        if (value is not None and abs(value) < LARGEST)
        else False
    )
    if value is None or value < 0 or not exact:
        problems.append(
            _problem(
                row,
                "kwh",
                "不小于零、至多三位小数的千瓦时数",
                "kWh, zero or more, at most three decimals",
            )
        )
        return None
    return value


def _problem(row: Row, column: str, zh: str, en: str) -> Problem:
    wanted: Bilingual = (zh, en)
    return {
        "row": row.at,
        "column": column,
        "value": getattr(row, column)[:100],
        "expected": list(wanted),
    }
