"""`take`: facts from files into the schema `facts` of a DuckDB connection, whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb

from phaseout.facts.arrived import Arrived
from phaseout.facts.cell_checks import check_cells, check_readings
from phaseout.facts.csv_tables import arrive_csv
from phaseout.facts.laying import create_schema, lay, lay_unit_factors
from phaseout.facts.ledger import Ledger
from phaseout.facts.problems import BadCell, Severity, bad_cell, refused
from phaseout.facts.row_checks import check_overlaps, check_references, check_repeated
from phaseout.facts.schema import tables
from phaseout.facts.sources import Found, find
from phaseout.facts.staging import read_leftovers, stage
from phaseout.facts.vocabulary import Vocabulary
from phaseout.law.norms import NormBook
from phaseout.law.refusals import Refusal

Progress = Callable[[str, int], None]
"""Called as (table, rows read) when a table has been read."""


@dataclass(frozen=True, slots=True)
class Count:
    """Rows of one table: read, taken, dropped as identical duplicates, refused."""

    read: int
    taken: int
    dropped: int
    refused: int


@dataclass(frozen=True, slots=True)
class Intake:
    """What one intake did.

    Attributes:
        counts: table → rows, for the tables that were given.
        problems: refusals first, then notices; by table, row and column. At most
            `ledger.SHOWN` are put into words; `problem_count` counts all.
        digests: file name → SHA-256 in hexadecimal.
    """

    path: Path
    counts: Mapping[str, Count]
    problems: tuple[BadCell, ...]
    problem_count: int
    digests: Mapping[str, str]

    @property
    def refused(self) -> tuple[BadCell, ...]:
        """The problems that kept rows out."""
        return tuple(refused(self.problems))

    @property
    def notices(self) -> tuple[BadCell, ...]:
        """What was taken and is worth a look."""
        return tuple(p for p in self.problems if p.severity is Severity.NOTICE)


class FactsRefused(Refusal):
    """Rows break their schema and the caller wants all or nothing. `intake` tells which."""

    intake: Intake


def take(
    path: Path,
    connection: duckdb.DuckDBPyConnection,
    book: NormBook,
    *,
    bad_rows: Literal["refuse", "leave_out"] = "refuse",
    progress: Progress | None = None,
) -> Intake:
    """Take the facts at `path` into the schema `facts` of `connection`.

    Facts taken before stay. A row that says again what is there changes nothing; a row with the
    same key and another content is refused.

    Args:
        path: a folder of CSV files (monitoring also as Parquet), a workbook, or one file named as
            a table.
        connection: the tables of `facts.tables` are created in it where they are missing.
        bad_rows: `refuse` takes nothing when any row breaks its schema; `leave_out` takes the
            good rows.
        progress: called as (table, rows read).

    Raises:
        Refusal: `no_facts`, `two_files_for_table`, `unreadable_file`, `missing_column`; and, with
            `refuse`, `facts_refused` (a `FactsRefused`, with the intake).
    """
    found = find(Path(path))
    with _own_settings(connection), tempfile.TemporaryDirectory(prefix="phaseout-") as scratch:
        create_schema(connection)
        vocabulary = Vocabulary(book)
        ledger = Ledger(connection)
        digests: dict[str, str] = {}
        try:
            read = _read_all(found, Path(scratch), ledger, vocabulary, digests, progress)
            _check_across(ledger)
            return _finish(Path(path), ledger, vocabulary, read, digests, bad_rows)
        finally:
            _sweep(connection, ledger)


@contextmanager
def _own_settings(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Rows are counted in the order of the file, so the engine must keep that order."""
    kept = connection.execute("SELECT current_setting('preserve_insertion_order')").fetchone()
    connection.execute("SET preserve_insertion_order = true")
    try:
        yield
    finally:
        if kept is not None:
            connection.execute(f"SET preserve_insertion_order = {kept[0]}")


def _read_all(
    found: Found,
    scratch: Path,
    ledger: Ledger,
    vocabulary: Vocabulary,
    digests: dict[str, str],
    progress: Progress | None,
) -> dict[str, int]:
    read = {}
    for arrived in _arrivals(found, scratch, digests):
        table = arrived.table
        arrived = stage(ledger.connection, arrived)
        ledger.arrived[table.name] = arrived
        ledger.add_early(table, arrived.early)
        _note_unknown_columns(ledger, arrived)
        texts = read_leftovers(ledger.connection, arrived, vocabulary)
        check_readings(ledger, arrived, texts)
        read[table.name] = check_cells(ledger, table)
        if progress is not None:
            progress(table.name, read[table.name])
    return read


def _arrivals(found: Found, scratch: Path, digests: dict[str, str]) -> Iterator[Arrived]:
    for name, table in tables().items():
        if name in found.files:
            arrived, digest = arrive_csv(table, found.files[name], scratch)
            digests[arrived.file] = digest
            yield arrived


def _note_unknown_columns(ledger: Ledger, arrived: Arrived) -> None:
    place = arrived.file, arrived.sheet
    for at in arrived.head.unknown:
        written = arrived.head.written[at]
        ledger.notes.append(
            bad_cell(arrived.table, place, 1, "", written, "unknown_column", head=written)
        )


def _check_across(ledger: Ledger) -> None:
    """In the order of the tables, so that a refused line takes its facts with it."""
    for name, table in tables().items():
        if name in ledger.arrived:
            check_references(ledger, table)
            check_repeated(ledger, table)
            check_overlaps(ledger, table)


def _finish(
    path: Path,
    ledger: Ledger,
    vocabulary: Vocabulary,
    read: Mapping[str, int],
    digests: Mapping[str, str],
    bad_rows: str,
) -> Intake:
    refusing = bad_rows == "refuse" and (ledger.refused_rows() or ledger.whole)
    taken = dict.fromkeys(read, 0) if refusing else _lay_all(ledger, vocabulary)
    intake = Intake(
        path,
        _counts(ledger, read, taken),
        tuple(ledger.told(tables())),
        ledger.count(),
        digests,
    )
    if refusing:
        raise _facts_refused(intake)
    return intake


def _lay_all(ledger: Ledger, vocabulary: Vocabulary) -> dict[str, int]:
    """All tables in one transaction: a break in the middle leaves the schema as it was."""
    connection = ledger.connection
    connection.begin()
    try:
        taken = {
            name: lay(ledger, table, vocabulary)
            for name, table in tables().items()
            if name in ledger.arrived
        }
        lay_unit_factors(connection, vocabulary.book)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
    return taken


def _counts(ledger: Ledger, read: Mapping[str, int], taken: Mapping[str, int]) -> dict[str, Count]:
    bad, dropped = ledger.refused_rows(), ledger.dropped_rows()
    return {
        name: Count(
            rows,
            taken[name],
            dropped.get(name, 0),
            rows if name in ledger.whole else bad.get(name, 0),
        )
        for name, rows in read.items()
    }


def _facts_refused(intake: Intake) -> FactsRefused:
    bad = intake.refused
    rows = sum(count.refused for count in intake.counts.values())
    shown_zh, shown_en = [], []
    for cell in bad[:5]:
        where = cell.file + (f"/{cell.sheet}" if cell.sheet else "")
        shown_zh.append(f"{where}第{cell.row}行{cell.column}“{cell.value}”：{cell.expected_zh}")
        shown_en.append(f"{where} row {cell.row} {cell.column} {cell.value!r}: {cell.expected_en}")
    refusal = FactsRefused(
        "facts_refused",
        what=(f"有{rows}行不合要求，未导入任何数据", f"{rows} rows break their schema; none taken"),
        why=("；".join(shown_zh) + "。", "; ".join(shown_en) + "."),
        instead=(
            "请改正后重新导入，或选择只导入合格的行（--bad-rows leave-out）。",
            "Mend them and take again, or take the good rows only (--bad-rows leave-out).",
        ),
    )
    refusal.intake = intake
    return refusal


def _sweep(connection: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    made: list[tuple[Any, ...]] = connection.execute(
        "SELECT view_name, 'VIEW' FROM duckdb_views() WHERE temporary "
        "AND starts_with(view_name, 'clean_') UNION ALL "
        "SELECT table_name, 'TABLE' FROM duckdb_tables() WHERE temporary AND (table_name IN "
        "('problem', 'dropped', 'orphan', 'repeated', 'again', 'told_apart', 'exploded') "
        "OR starts_with(table_name, 'staged_') OR starts_with(table_name, 'read_'))"
    ).fetchall()
    for name, kind in made:
        connection.execute(f'DROP {kind} IF EXISTS "{name}"')
