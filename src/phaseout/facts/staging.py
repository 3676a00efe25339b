"""From text to typed cells, set-based: stage once, read leftovers by distinct text, look through.

For a table `t` three things are made in the connection:

    staged_t    typed values of the usual spelling; names and codes still as text; the cells that
                the fast reading left over, as a list
    read_t_c    for a column c: distinct text → value and problem, read by Python; not made where
                every text stays as it is written, nothing is wrong, and nothing is referred to
    clean_t     a view: row, and every column of the schema typed and canonical

Readings, which may be many million, are staged in the schema `facts` with every column of the
schema, so that they may stay where they are (`laying.lay`) instead of being copied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from phaseout.facts.arrived import Arrived
from phaseout.facts.asking import first_row
from phaseout.facts.cells import BLANKS, fast, has_fast, read, sql_type
from phaseout.facts.schema import Column, Table
from phaseout.facts.vocabulary import Vocabulary

BATCH = 50_000


class Texts(NamedTuple):
    """The texts of a column that Python read: SQL of them over `staged_<table>` as s, and the
    codes of the problems found."""

    sql: str
    codes: tuple[str, ...]


_READINGS = pa.schema([(name, pa.string()) for name in ("raw", "value", "code", "zh", "en")])


def stage(connection: duckdb.DuckDBPyConnection, arrived: Arrived) -> Arrived:
    """Create `staged_<table>`; returns what was staged: the file itself, or, where DuckDB could
    not read it, the same file read record by record.

    Raises:
        Refusal: `unreadable_file`.
    """
    try:
        _stage(connection, arrived)
    except duckdb.Error:
        if arrived.again is None:
            raise
        arrived = arrived.again()
        _stage(connection, arrived)
    return arrived


def _stage(connection: duckdb.DuckDBPyConnection, arrived: Arrived) -> None:
    if arrived.rows is not None:
        connection.register(arrived.relation, arrived.rows)
    try:
        connection.execute(_staging(arrived))
    except duckdb.Error:
        if arrived.failures:
            raise arrived.failures[0] from None
        raise
    finally:
        if arrived.rows is not None:
            connection.unregister(arrived.relation)


def _staging(arrived: Arrived) -> str:
    given = [(c, f"c{arrived.head.at[c.name]}") for c in present(arrived)]
    # Read in an inner SELECT, so that no cell is cast twice.
    read_once = [f'{fast(c, cell) if has_fast(c) else cell} AS "{c.name}"' for c, cell in given]
    cast = [(f'"{c.name}"', cell) for c, cell in given if may_leave(c)]
    left = [f"({cell} IS NOT NULL AND {name} IS NULL)" for name, cell in cast]
    texts = ", ".join(
        f"CASE WHEN {test} THEN {cell} END" for test, (_, cell) in zip(left, cast, strict=True)
    )
    over = f"CASE WHEN {' OR '.join(left)} THEN [{texts}] END" if left else "NULL"
    row = ["row"] if arrived.numbered else []
    raw = [cell for _, cell in cast]
    names = [f'"{column.name}"' for column, _ in given]
    if stays(arrived.table):
        there = {column.name for column, _ in given}
        names = [
            f'"{c.name}"' if c.name in there else f'NULL::{sql_type(c)} AS "{c.name}"'
            for c in arrived.table.columns
        ]
    cells = [*row, *names, f"({over})::VARCHAR[] AS leftover", f"{_empty(given)} AS is_empty"]
    temporary = "" if stays(arrived.table) else "TEMP "
    return (
        f"CREATE OR REPLACE {temporary}TABLE {staged(arrived.table)} AS SELECT {', '.join(cells)} "
        f"FROM (SELECT {', '.join([*row, *raw, *read_once])} FROM {arrived.relation})"
    )


def stays(table: Table) -> bool:
    """Whether the rows of the table are staged where they may stay."""
    return table.name == "monitoring"


def staged(table: Table) -> str:
    """The name of the table of staged rows."""
    return f"facts.staged_{table.name}" if stays(table) else f"staged_{table.name}"


def _empty(given: Sequence[tuple[Column, str]]) -> str:
    """SQL that is true for a row of blanks only."""
    tests = " AND ".join(_blank(column, cell) for column, cell in given)
    typed = [column for column, _ in given if has_fast(column)]
    # A cell that was read shows at once that the row is not empty: so it is for nearly every row.
    return f'CASE WHEN "{typed[0].name}" IS NULL THEN {tests} ELSE false END' if typed else tests


def _blank(column: Column, cell: str) -> str:
    if not has_fast(column):
        return f"nullif(trim(\"{column.name}\", '{BLANKS}'), '') IS NULL"
    if not may_leave(column):
        return f'"{column.name}" IS NULL'
    return f"(\"{column.name}\" IS NULL AND nullif(trim({cell}, '{BLANKS}'), '') IS NULL)"


def may_leave(column: Column) -> bool:
    """Whether the fast reading of the column can leave a cell over (text never does)."""
    return has_fast(column) and sql_type(column) != "VARCHAR"


def present(arrived: Arrived) -> list[Column]:
    """The columns of the schema that the file has, in the order of the schema."""
    return [column for column in arrived.table.columns if column.name in arrived.head.at]


def read_leftovers(
    connection: duckdb.DuckDBPyConnection, arrived: Arrived, vocabulary: Vocabulary
) -> dict[str, Texts]:
    """Read every column with text that Python must read, keep what was read in
    `read_<table>_<column>`, and create the view `clean_<table>`; returns the columns read."""
    table = arrived.table
    columns = present(arrived)
    cast = [column for column in columns if may_leave(column)]
    left = _left_over(connection, table, cast)
    texts: dict[str, str] = {}
    for column in columns:
        if column.name in left:
            texts[column.name] = f"s.leftover[{cast.index(column) + 1}]"
        elif not has_fast(column):
            texts[column.name] = f's."{column.name}"'
    together = _texts_together(connection, table, [name for name in texts if name not in left])
    changed, read_texts = set(left), {}
    for name, text in texts.items():
        where = staged(table) if name in left else together
        batches = _read(connection, where, table.column(name), text, vocabulary)
        # A column of which every text stays as it is written is taken as it is, not looked up.
        if any(not batch["value"].equals(batch["raw"]) for batch in batches):
            changed.add(name)
        codes = _codes(batches)
        if name in changed or codes or table.column(name).refers:
            _keep_readings(connection, table.column(name), batches)
        read_texts[name] = Texts(text, codes)
    looked_up = {name: text for name, text in texts.items() if name in changed}
    arrived.looked_up = bool(looked_up)
    connection.execute(_clean(arrived, looked_up))
    return read_texts


def _left_over(
    connection: duckdb.DuckDBPyConnection, table: Table, cast: Sequence[Column]
) -> set[str]:
    """The columns of which the fast reading left any cell over."""
    # Nearly always none: seen by one count, without a look into the lists.
    if first_row(connection, f"SELECT count(leftover) FROM {staged(table)}") == (0,):
        return set()
    counted = ", ".join(f"count(leftover[{at}])" for at in range(1, len(cast) + 1))
    counts = first_row(connection, f"SELECT {counted} FROM {staged(table)}")
    return {column.name for column, count in zip(cast, counts, strict=True) if count}


def _texts_together(
    connection: duckdb.DuckDBPyConnection, table: Table, names: Sequence[str]
) -> str:
    """The name of a table with every text of these columns: of many million readings the few
    combinations, found in one pass."""
    if not stays(table) or not names:
        return staged(table)
    columns = ", ".join(f'"{name}"' for name in names)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE read_{table.name} AS SELECT {columns}, is_empty "
        f"FROM {staged(table)} GROUP BY ALL"
    )
    return f"read_{table.name}"


def _read(
    connection: duckdb.DuckDBPyConnection,
    where: str,
    column: Column,
    cell: str,
    vocabulary: Vocabulary,
) -> list[pa.RecordBatch]:
    """The readings of a column: every distinct text with its value (absent where it has none)."""
    texts = connection.execute(
        f"SELECT DISTINCT {cell} FROM {where} AS s WHERE {cell} IS NOT NULL "
        "AND NOT s.is_empty ORDER BY 1"
    )
    return list(_readings(texts, column, vocabulary))


def _codes(batches: Sequence[pa.RecordBatch]) -> tuple[str, ...]:
    """What is wrong with any of the texts read."""
    return tuple(
        sorted({code for batch in batches for code in pc.unique(batch["code"]).to_pylist()} - {""})
    )


def _keep_readings(
    connection: duckdb.DuckDBPyConnection, column: Column, batches: Sequence[pa.RecordBatch]
) -> None:
    connection.register("arriving_readings", pa.Table.from_batches(batches, schema=_READINGS))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {readings(column)} AS SELECT * FROM arriving_readings"
    )
    connection.unregister("arriving_readings")


def _readings(
    texts: duckdb.DuckDBPyConnection, column: Column, vocabulary: Vocabulary
) -> Iterator[pa.RecordBatch]:
    while batch := texts.fetchmany(BATCH):
        lines = [(text, *read(column, text, vocabulary)) for (text,) in batch]
        yield pa.RecordBatch.from_arrays(
            [pa.array(values, type=pa.string()) for values in zip(*lines, strict=True)],
            schema=_READINGS,
        )


def readings(column: Column) -> str:
    """The name of the table of readings of a column."""
    return f"read_{column.table}_{column.name}"


def row_number(arrived: Arrived) -> str:
    """SQL of the row as a spreadsheet shows it, over `staged_<table>` as s."""
    # Rows are staged in the order of the file, and the head is row 1.
    return "s.row" if arrived.numbered else "s.rowid + 2"


def _clean(arrived: Arrived, texts: Mapping[str, str]) -> str:
    given = {column.name for column in present(arrived)}
    columns, joins = [f"{row_number(arrived)} AS row"], []
    for column in arrived.table.columns:
        name, kind = column.name, sql_type(column)
        alias = f"r_{name}"
        if name in texts:
            joins.append(f"LEFT JOIN {readings(column)} AS {alias} ON {texts[name]} = {alias}.raw")
        if name not in given:
            columns.append(f'NULL::{kind} AS "{name}"')
        elif name not in texts:
            columns.append(f's."{name}"' if has_fast(column) else f's."{name}"::{kind} AS "{name}"')
        elif has_fast(column):
            columns.append(f'coalesce(s."{name}", {alias}.value::{kind}) AS "{name}"')
        else:
            columns.append(f'{alias}.value::{kind} AS "{name}"')
    return (
        f"CREATE OR REPLACE TEMP VIEW clean_{arrived.table.name} AS SELECT {', '.join(columns)} "
        f"FROM {staged(arrived.table)} AS s {' '.join(joins)} WHERE NOT s.is_empty"
    )
