"""A workbook as tables that arrived: one for each sheet whose name is that of a table.

Values are read by calamine, so a formula gives its stored result. A formula without a stored
result, or with an error, is looked up with openpyxl and named; merged ranges are remembered.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import zipfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from phaseout.facts.arrived import Arrived, EarlyProblem, Merge
from phaseout.facts.heads import LOOKED_THROUGH, Head, check_head, looks_like_head, read_head
from phaseout.facts.schema import Kind, Table, folded, tables
from phaseout.facts.sources import no_facts, table_named, two_of_a_table
from phaseout.facts.text_files import BROKEN, unreadable
from phaseout.facts.written_numbers import excel_day

BATCH = 20_000
ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")


def arrive_workbook(
    path: Path, before_last: Callable[[Table], None]
) -> tuple[Iterator[Arrived], str, list[str]]:
    """The tables of a workbook, the SHA-256 digest of the file, and the sheets that are no table.

    Sheets are opened, and their rows laid into Arrow, by a thread of their own that runs ahead:
    most of that work lets others run. Small ones come first, so that nobody waits while a large one
    is opened; `before_last` is called with the table of the last one, on its way yet.

    Raises:
        Refusal: `unreadable_file`, `two_files_for_table`; while the tables are drawn also
            `missing_column`, `no_facts`.
    """
    import python_calamine

    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with _named(path):
        book = python_calamine.CalamineWorkbook.from_path(str(path))
    found = {name: table_named(name) for name in book.sheet_names}
    named: dict[str, str] = {}
    for name, table in found.items():
        if table is not None and named.setdefault(table.name, name) != name:
            raise two_of_a_table(table, named[table.name], name)
    sizes = _sizes(path, book.sheet_names)
    order = [(table, named[table.name]) for table in tables().values() if table.name in named]
    order.sort(key=lambda pair: sizes.get(pair[1], 0))
    unknown = [name for name, table in found.items() if table is None]
    return _arrive(path, book, order, before_last), digest, unknown


def arrive_one_sheet(table: Table, path: Path) -> tuple[Arrived, str]:
    """The sheet of a workbook that holds `table`, whatever it is called, and the SHA-256 digest of
    the file: the one named as the table, else the first whose head looks like it.

    Raises:
        Refusal: `unreadable_file`, `no_facts`, `missing_column`.
    """
    import python_calamine

    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with _named(path):
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
    chosen = next((name for name in sheets if folded(name) in table.written), None)
    for name, sheet in sheets.items() if chosen is None else ():
        found = _head(table, sheet.to_python(skip_empty_area=False))
        if found is not None and looks_like_head(table, found[1].written):
            chosen = name
            break
    with ThreadPoolExecutor(1) as scanning:
        formulas = scanning.submit(_has_formulas_or_errors, path)
        name = chosen if chosen is not None else next(iter(sheets), "")
        arrived = _sheet(table, path, name, sheets[name], formulas) if sheets else None
    if arrived is None:
        raise no_facts(
            path,
            f"工作簿{path.name}中没有“{table.zh}”的工作表。",
            f"the workbook {path.name} has no sheet of the table {table.name}.",
        )
    return arrived, digest


def _sizes(path: Path, sheets: Sequence[str]) -> dict[str, int]:
    """Sheet → bytes, as far as the usual names of the parts tell: a hint, no more."""
    try:
        with zipfile.ZipFile(path) as package:
            sizes = {part.filename: part.file_size for part in package.infolist()}
    except (zipfile.BadZipFile, OSError):
        return {}
    parts = (f"xl/worksheets/sheet{at}.xml" for at in itertools.count(1))
    return {name: sizes.get(part, 0) for name, part in zip(sheets, parts, strict=False)}


def _arrive(
    path: Path,
    book: Any,
    order: Sequence[tuple[Table, str]],
    before_last: Callable[[Table], None],
) -> Iterator[Arrived]:
    empty = True
    with ThreadPoolExecutor(1) as scanning, ThreadPoolExecutor(1) as opening:
        formulas = scanning.submit(_has_formulas_or_errors, path)
        opened = deque(
            opening.submit(_opened, table, path, name, book, formulas) for table, name in order
        )
        try:
            while opened:
                if len(opened) == 1:
                    before_last(order[-1][0])
                with _named(path):
                    arrived = opened.popleft().result()
                if arrived is not None:
                    empty = False
                    yield arrived
        finally:
            opening.shutdown(cancel_futures=True)
    if empty:
        raise no_facts(
            path,
            f"工作簿{path.name}中没有以事实表命名、且有内容的工作表。",
            f"the workbook {path.name} has no sheet that is named as a facts table and holds rows.",
        )


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """What the reader of workbooks says of a file that it cannot read, as a refusal."""
    import python_calamine

    try:
        yield
    except (python_calamine.CalamineError, OSError) as problem:
        raise unreadable(path.name, BROKEN, f"{problem}.") from None


def _opened(
    table: Table, path: Path, name: str, book: Any, formulas: Future[bool]
) -> Arrived | None:
    return _sheet(table, path, name, book.get_sheet_by_name(name), formulas)


def _sheet(
    table: Table, path: Path, name: str, sheet: Any, formulas: Future[bool]
) -> Arrived | None:
    rows = sheet.to_python(skip_empty_area=False)
    found = _head(table, rows)
    if found is None:
        return None
    at, head = found
    check_head(table, head, path.name, name)
    arrived = Arrived(table, path.name, name, head, f"arriving_{table.name}", numbered=True)
    arrived.seen_late = lambda: _formulas(path, name, at, head) if formulas.result() else []
    arrived.merges = tuple(_merge(*corners) for corners in sheet.merged_cell_ranges or ())
    width = len(head.written)
    schema = pa.schema([("row", pa.int64()), *((f"c{n}", pa.string()) for n in range(width))])
    # At once, not as they are drawn: so it is done by who opens the sheet, and the rows as Python
    # holds them are let go.
    batches = list(_batches(table, head, enumerate(rows[at:], start=at + 1), schema))
    arrived.rows = pa.RecordBatchReader.from_batches(schema, batches)
    return arrived


def _head(table: Table, rows: Sequence[Sequence[Any]]) -> tuple[int, Head] | None:
    """The row of the head (from 1) and the head; None where the sheet is empty."""
    first = None
    for row, cells in enumerate(rows[:LOOKED_THROUGH], start=1):
        written = [_text(cell, None) or "" for cell in cells]
        if looks_like_head(table, written):
            return row, read_head(table, written)
        if first is None and any(written):
            first = row, written
    return None if first is None else (first[0], read_head(table, first[1]))


def _batches(
    table: Table, head: Head, rows: Iterator[tuple[int, Sequence[Any]]], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    kinds: list[Kind | None] = [None] * (len(schema) - 1)
    for name, place in head.at.items():
        kinds[place] = table.column(name).kind
    while batch := list(itertools.islice(rows, BATCH)):
        numbers, cells = zip(*batch, strict=True)
        columns = itertools.zip_longest(*cells)
        arrays = [pa.array(numbers, pa.int64())]
        arrays += [_texts(column, kind) for column, kind in zip(columns, kinds, strict=False)]
        # Rows may be narrower than the head.
        nothing = pa.nulls(len(batch), pa.string())
        arrays += [nothing] * (len(schema) - len(arrays))
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _texts(cells: Sequence[Any], kind: Kind | None) -> pa.Array:
    """A column of cells as texts; what is empty is null."""
    types = set(map(type, cells))
    if types == {str}:  # so it mostly is
        texts = pa.array(cells, pa.string())
    elif types <= {float, str} and kind not in (Kind.DAY, Kind.MOMENT):
        texts = _numbers(cells, kind)
    else:
        return pa.array([_text(cell, kind) for cell in cells], pa.string())
    empty = pc.equal(texts, "")
    return pc.if_else(empty, _NO_TEXT, texts) if pc.any(empty).as_py() else texts


_NO_TEXT = pa.scalar(None, pa.string())
_SURELY_SHORT = 16
"""A number written in so many signs, one of them a point, has no more than fifteen digits."""


def _numbers(cells: Sequence[Any], kind: Kind | None) -> pa.Array:
    """A column of numbers and texts as texts."""
    texts = None
    if str in set(map(type, cells)):
        texts = pa.array([cell if type(cell) is str else None for cell in cells], pa.string())
        cells = [cell if type(cell) is float else None for cell in cells]
    numbers = pa.array(cells, pa.float64())
    # The engine writes the shortest text that reads the same. Where that is short and has no
    # exponent, which is nearly everywhere, it is what `_number` would write.
    shown = pc.cast(numbers, pa.string())
    long = pc.greater(pc.binary_length(shown), _SURELY_SHORT)
    others = pc.fill_null(pc.or_(long, pc.match_substring(shown, "e")), False)
    if pc.any(others).as_py():
        written = [_number(number, kind) for number in numbers.filter(others).to_pylist()]
        shown = pc.replace_with_mask(shown, others, pa.array(written, pa.string()))
    return shown if texts is None else pc.coalesce(shown, texts)


def _text(cell: Any, kind: Kind | None) -> str | None:
    """A cell as the text a person would have typed."""
    if isinstance(cell, str):
        return cell or None
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        # Times are stored as fractions of a day: 8:00 comes back as 7:59:59.999.
        whole = (cell + timedelta(microseconds=500_000)).replace(microsecond=0)
        return whole.isoformat(" ") if whole.time() != time() else whole.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, (int, float)):
        return _number(cell, kind)
    return str(cell)


def _number(value: float, kind: Kind | None) -> str:
    if kind in (Kind.DAY, Kind.MOMENT) and (day := excel_day(value)):
        return day.isoformat()
    # Fifteen digits are what a spreadsheet shows; the rest is the noise of binary fractions.
    shown = f"{value:.15g}"
    if "e" not in shown:
        return shown
    return str(int(value)) if value == int(value) else f"{Decimal(shown):f}"


def _merge(start: tuple[int, int], end: tuple[int, int]) -> Merge:
    from openpyxl.utils import get_column_letter

    name = (
        f"{get_column_letter(start[1] + 1)}{start[0] + 1}:"
        f"{get_column_letter(end[1] + 1)}{end[0] + 1}"
    )
    return Merge(start[0], start[1], end[0], end[1], name)


def _formulas(path: Path, sheet: str, head_at: int, head: Head) -> list[EarlyProblem]:
    """The cells of known columns that hold a formula without a usable result."""
    from openpyxl import load_workbook

    at = {place: name for name, place in head.at.items()}
    problems = []
    formulas = load_workbook(path, read_only=True)
    results = load_workbook(path, read_only=True, data_only=True)
    try:
        pairs = zip(formulas[sheet].iter_rows(), results[sheet].iter_rows(), strict=False)
        for row, (written, stored) in enumerate(pairs, start=1):
            if row <= head_at:
                continue
            for place, (formula, result) in enumerate(zip(written, stored, strict=False)):
                if place in at and (problem := _formula(row, at[place], formula, result)):
                    problems.append(problem)
    finally:
        formulas.close()
        results.close()
    return problems


def _formula(row: int, column: str, formula: Any, result: Any) -> EarlyProblem | None:
    if result.value in ERRORS and result.data_type == "e":
        written = str(formula.value)
        return EarlyProblem(row, column, written, "formula_error", result.value, result.value)
    if formula.data_type == "f" and result.value is None:
        return EarlyProblem(row, column, str(formula.value), "formula_without_result")
    return None


_FORMULA = re.compile(rb"<f[ >]")


def _has_formulas_or_errors(path: Path) -> bool:
    """Whether any sheet holds a formula or an error: openpyxl is slow, and mostly not needed."""
    if not zipfile.is_zipfile(path) or path.suffix.lower() == ".ods":
        return False
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with package.open(name) as sheet:
                    tail = b""
                    while chunk := sheet.read(1 << 20):
                        window = tail + chunk
                        # `<f` alone is rare where there are no formulas, and quickly looked for;
                        # from the end in half the time, such are the algorithms of Python.
                        formulas = window.rfind(b"<f") >= 0 and _FORMULA.search(window)
                        if formulas or window.rfind(b't="e"') >= 0:
                            return True
                        tail = window[-8:]
    return False
