"""Rows between PostgreSQL and the engine: COPY on one side, CSV in a scratch file, DuckDB on the
other. No row passes through Python."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from django.db import connection

CHUNK = 1 << 20
SCRATCH = "phaseout-copy-"
"""How scratch folders begin: what a killed process leaves is found by it."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder for the files between, removed at the end."""
    with tempfile.TemporaryDirectory(prefix=SCRATCH) as folder:
        yield Path(folder)


def to_engine(
    engine: duckdb.DuckDBPyConnection,
    target: str,
    columns: Mapping[str, str],
    query: str,
    parameters: Mapping[str, Any],
    folder: Path,
) -> int:
    """Append the rows of `query` (PostgreSQL) to the table `target` of the engine; returns how
    many. `columns` are those of the query with their types in the engine."""
    file = folder / f"{target}.csv"
    with file.open("wb") as out, connection.cursor() as cursor:
        copying = f"COPY ({query}) TO STDOUT (FORMAT csv)"
        with cursor.copy(copying, parameters if "%(" in query else None) as copy:
            for block in copy:
                out.write(block)
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    found = engine.execute(
        f"INSERT INTO {target} SELECT * FROM read_csv(?, auto_detect = false, header = false, "
        f"delim = ',', quote = '\"', escape = '\"', columns = {{{types}}})",
        [str(file)],
    ).fetchall()
    file.unlink()
    return int(found[0][0])


def from_engine(
    engine: duckdb.DuckDBPyConnection,
    query: str,
    target: str,
    columns: Mapping[str, str],
    folder: Path,
) -> int:
    """Append the rows of `query` (engine) to the table `target` of PostgreSQL; returns how many."""
    file = folder / "rows.csv"
    engine.execute(f"COPY ({query}) TO '{file}' (FORMAT csv, HEADER false)")
    rows = copy_file(file, target, columns)
    file.unlink()
    return rows


def copy_file(
    file: Path, target: str, columns: Iterable[str], replaced: tuple[bytes, bytes] | None = None
) -> int:
    """Append the rows of a CSV file to the table `target` of PostgreSQL; returns how many. Of
    `replaced` the second stands wherever the file has the first, which holds no line break."""
    names = ", ".join(f'"{name}"' for name in columns)
    with file.open("rb") as rows, connection.cursor() as cursor:
        with cursor.copy(f"COPY {target} ({names}) FROM STDIN (FORMAT csv)") as copy:
            while chunk := rows.read(CHUNK):
                chunk += rows.readline()  # nothing is cut in two
                copy.write(chunk.replace(*replaced) if replaced else chunk)
        return int(cursor.rowcount)
