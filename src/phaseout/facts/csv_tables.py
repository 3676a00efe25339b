"""A CSV file as a table that arrived: by DuckDB where the file is plain, by Python where not."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from phaseout.facts.arrived import Arrived, EarlyProblem
from phaseout.facts.heads import LOOKED_THROUGH, Head, check_head, looks_like_head, read_head
from phaseout.facts.schema import Table
from phaseout.facts.text_files import TextFile, examine, transcode, unreadable
from phaseout.law.refusals import Refusal

BATCH = 20_000
LONGEST_CELL = 1_000_000


def arrive_csv(table: Table, path: Path, scratch: Path) -> tuple[Arrived, str]:
    """The table in a CSV file, and the SHA-256 digest of the file.

    `scratch` is a folder for a copy in UTF-8 where the file is in another encoding.

    Raises:
        Refusal: `unreadable_file`, `missing_column`.
    """
    file = examine(path)
    digest = file.digest
    if file.encoding not in ("utf-8", "utf-8-sig"):
        file = transcode(file, scratch / f"{table.name}.csv")
    delimiter = _delimiter(file)
    at, head = _head(table, path.name, file, delimiter)
    check_head(table, head, path.name)
    if at == 1 and file.plain:
        return _plain(table, path.name, file, head, delimiter), digest
    return _by_record(table, path.name, file, at, head, delimiter), digest


def _plain(table: Table, name: str, file: TextFile, head: Head, delimiter: str) -> Arrived:
    places = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(head.written)))
    path = str(file.path).replace("'", "''")
    relation = (
        f"read_csv('{path}', auto_detect = false, header = true, delim = '{delimiter}', "
        f"quote = '\"', escape = '\"', columns = {{{places}}})"
    )
    return Arrived(
        table,
        name,
        "",
        head,
        relation,
        numbered=False,
        again=lambda: _by_record(table, name, file, 1, head, delimiter),
    )


def _by_record(
    table: Table, name: str, file: TextFile, at: int, head: Head, delimiter: str
) -> Arrived:
    arrived = Arrived(table, name, "", head, f"arriving_{table.name}", numbered=True)
    width = len(head.written)
    schema = pa.schema([("row", pa.int64()), *((f"c{n}", pa.string()) for n in range(width))])
    arrived.rows = pa.RecordBatchReader.from_batches(
        schema, _batches(_records(name, file, delimiter), at, schema, arrived)
    )
    return arrived


def _batches(
    records: Iterator[tuple[int, list[str]]], head_at: int, schema: pa.Schema, arrived: Arrived
) -> Iterator[pa.RecordBatch]:
    width = len(schema) - 1
    body = ((row, cells) for row, cells in records if row > head_at and any(cells))
    try:
        while batch := list(itertools.islice(body, BATCH)):
            for row, cells in batch:
                if any(cell.strip() for cell in cells[width:]):
                    arrived.early.append(_too_many(row, cells, width))
            yield _batch(batch, schema)
    except Refusal as refusal:
        arrived.failures.append(refusal)
        raise


def _batch(batch: Sequence[tuple[int, list[str]]], schema: pa.Schema) -> pa.RecordBatch:
    arrays = [pa.array([row for row, _ in batch], pa.int64())]
    for place in range(len(schema) - 1):
        cells = [(cells[place] or None) if place < len(cells) else None for _, cells in batch]
        arrays.append(pa.array(cells, pa.string()))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _too_many(row: int, cells: Sequence[str], width: int) -> EarlyProblem:
    extra = ",".join(cells[width:])
    return EarlyProblem(
        row, "", extra[:200], "too_many_cells", f"{len(cells)}格/{width}列", f"{len(cells)}/{width}"
    )


def _records(name: str, file: TextFile, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every record with its row as a spreadsheet shows it (blank lines are rows too)."""
    csv.field_size_limit(LONGEST_CELL)
    encoding = "utf-8-sig" if file.encoding == "utf-8" else file.encoding
    with file.path.open(encoding=encoding, newline="") as text:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            yield from enumerate(reader, start=1)
        except csv.Error as problem:
            raise unreadable(
                name,
                f"第{reader.line_num}行附近不是合格的CSV（{_in_chinese(problem)}）。",
                f"near line {reader.line_num} it is no well-formed CSV ({problem}).",
            ) from None


def _in_chinese(problem: csv.Error) -> str:
    """What the reader of CSV says, in words; what we do not know of it stays as it is."""
    known = {
        "unexpected end of data": "引号没有成对，直到文件末尾也没有合上",
        "field larger than field limit": f"有一格超过{LONGEST_CELL:,}个字符",
        "expected after": "合上的引号后面还有内容",
        "new-line character seen": "格中有单独的回车符",
        "line contains NUL": "含有空字符",
    }
    return next((zh for said, zh in known.items() if said in str(problem)), str(problem))


def _delimiter(file: TextFile) -> str:
    with file.path.open(encoding="utf-8-sig", newline="") as text:
        line = next((line for line in text if line.strip()), "")
    return max((",", "\t", ";"), key=line.count)


def _head(table: Table, name: str, file: TextFile, delimiter: str) -> tuple[int, Head]:
    """The row of the head and the head. Where none looks like it: the first row with text."""
    first: tuple[int, list[str]] | None = None
    for row, cells in itertools.islice(_records(name, file, delimiter), LOOKED_THROUGH):
        if looks_like_head(table, cells):
            return row, read_head(table, cells)
        if first is None and any(cell.strip() for cell in cells):
            first = row, cells
    if first is None:
        raise unreadable(name, "文件中没有任何内容。", "there is nothing in it.")
    return first[0], read_head(table, first[1])
