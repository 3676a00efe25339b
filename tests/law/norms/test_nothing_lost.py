"""Nothing was lost on the way into the store: every received row is there, cell for cell.

`received.csv` names every row of the tables as they were received: file, line and the SHA-256 of
its cells (column names and texts, in order). The store only adds a `row_id` in front.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from phaseout.law.norms.book import TABLES, NormBook
from phaseout.law.norms.records import Source, parse

STORE = Path(__file__).parents[3] / "src" / "phaseout" / "law" / "norms" / "tables"
MANIFEST = Path(__file__).with_name("received.csv")
SOURCE_TABLES = ("emission", "energy", "measures", "quality_safety", "technology")


def lines(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)


def digest(cells: Mapping[str, str]) -> str:
    kept = [(column, text) for column, text in cells.items() if column != "row_id"]
    return hashlib.sha256(json.dumps(kept, ensure_ascii=False).encode()).hexdigest()


def stored() -> dict[str, list[tuple[Path, dict[str, str]]]]:
    """Every line of the store by the name of the table it was received in."""
    found: dict[str, list[tuple[Path, dict[str, str]]]] = {}
    for table in TABLES:
        files = sorted((STORE / table).glob("*.csv"))
        found[f"{table}.csv"] = [(file, cells) for file in files for cells in lines(file)]
    for table in SOURCE_TABLES:
        file = STORE / "sources" / f"{table}.csv"
        found[f"sources_{table}.csv"] = [(file, cells) for cells in lines(file)]
    return found


STORED = stored()


def received() -> dict[str, dict[str, list[int]]]:
    """Received lines by table, by digest."""
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in lines(MANIFEST):
        found[row["file"]][row["sha256"]].append(int(row["line"]))
    return found


RECEIVED = received()


def test_the_manifest_covers_the_tables_of_the_store() -> None:
    assert set(RECEIVED) == set(STORED)
    assert sum(len(lines) for table in RECEIVED.values() for lines in table.values()) == 3789


@pytest.mark.parametrize("table", sorted(RECEIVED))
def test_every_received_row_is_in_the_store_cell_for_cell(table: str) -> None:
    here = Counter(digest(cells) for _, cells in STORED[table])
    came = Counter({sha: len(at) for sha, at in RECEIVED[table].items()})
    lost = {
        at for sha, at_lines in RECEIVED[table].items() if here[sha] < came[sha] for at in at_lines
    }
    assert not lost, f"lines of {table} that are not in the store: {sorted(lost)}"
    added = here - came
    assert not added, f"{added.total()} rows of {table} were not received like this"


@pytest.mark.parametrize("table", sorted(RECEIVED))
def test_a_lost_or_altered_row_would_be_noticed(table: str) -> None:
    _, cells = STORED[table][0]
    column = next(name for name, text in cells.items() if name != "row_id" and text)
    altered = {**cells, column: cells[column] + " "}
    assert digest(cells) in RECEIVED[table]
    assert digest(altered) not in RECEIVED[table]


ROW_ID = re.compile(r"(?P<table>[a-z_]+)/(?P<source>[^/\s]+)/(?P<number>[1-9][0-9]*)")


def test_row_ids_are_unique_in_the_whole_store() -> None:
    ids = Counter(row.row_id for row in NormBook.load().rows())
    assert [row_id for row_id, times in ids.items() if times > 1] == []


@pytest.mark.parametrize("table", sorted(TABLES))
def test_row_ids_name_table_and_source_and_count_on_without_holes(table: str) -> None:
    numbers: dict[Path, list[int]] = defaultdict(list)
    for file, cells in STORED[f"{table}.csv"]:
        parts = ROW_ID.fullmatch(cells["row_id"])
        assert parts, cells["row_id"]
        assert (parts["table"], parts["source"]) == (table, cells["source_id"])
        assert file.stem == cells["source_id"]
        numbers[file].append(int(parts["number"]))
    assert all(count == list(range(1, len(count) + 1)) for count in numbers.values())


@pytest.mark.parametrize("table", sorted(TABLES))
def test_rows_of_a_source_stand_in_the_order_in_which_they_came(table: str) -> None:
    came: dict[Path, list[int]] = defaultdict(list)
    for file, cells in STORED[f"{table}.csv"]:
        at = RECEIVED[f"{table}.csv"][digest(cells)]
        came[file].append(at[0] if len(at) == 1 else -1)
    for file, order in came.items():
        known = [line for line in order if line > 0]
        assert known == sorted(known), file.name


def printed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return str(value)


def as_cells(record: Any) -> dict[str, str]:
    names = [field.name for field in fields(record)]
    return {name.rstrip("_"): printed(getattr(record, name)) for name in names}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_typed_record_keeps_every_cell_with_its_digits_and_dates(table: str) -> None:
    rows = getattr(NormBook.load(), table)
    cells = {cells["row_id"]: cells for _, cells in STORED[f"{table}.csv"]}
    assert len(rows) == len(cells)
    for row in rows:
        assert as_cells(row) == dict(cells[row.row_id]), row.row_id


@pytest.mark.parametrize("table", SOURCE_TABLES)
def test_a_typed_source_keeps_every_cell(table: str) -> None:
    for _, cells in STORED[f"sources_{table}.csv"]:
        assert as_cells(parse(Source, cells)) == dict(cells), cells["source_id"]


def test_every_described_document_is_in_the_book() -> None:
    described = {
        cells["source_id"] for t in SOURCE_TABLES for _, cells in STORED[f"sources_{t}.csv"]
    }
    assert described <= set(NormBook.load().sources)
