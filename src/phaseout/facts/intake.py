"""`take`: facts from files into the schema `facts` of a DuckDB connection, whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import duckdb

from phaseout.facts.arrived import Arrived
from phaseout.facts.asking import first_row
from phaseout.facts.cell_checks import check_cells, check_readings
from phaseout.facts.collector import collector_at_rest
from phaseout.facts.csv_tables import arrive_csv
from phaseout.facts.heads import absent
from phaseout.facts.known import Known
from phaseout.facts.laying import create_schema, lay, lay_unit_factors
from phaseout.facts.ledger import Ledger
from phaseout.facts.parquet_readings import (
    ParquetReadings,
    arrive_readings,
    lay_view,
    readings_already_taken,
    view_mark,
)
from phaseout.facts.problems import BadCell, Severity, bad_cell, expected, refused
from phaseout.facts.row_checks import (
    check_outlets_given,
    check_overlaps,
    check_references,
    check_repeated,
)
from phaseout.facts.schema import Table, tables
from phaseout.facts.sources import TEXT, WORKBOOKS, Found, find
from phaseout.facts.staging import read_leftovers, stage, staged, stays
from phaseout.facts.vocabulary import Vocabulary
from phaseout.facts.workbooks import arrive_workbook
from phaseout.law.norms import NormBook
from phaseout.law.refusals import Refusal

MONITORING = "monitoring"

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
        absent: table → its optional columns that the file does not have; tables with all of them
            are left out.
    """

    path: Path
    counts: Mapping[str, Count]
    problems: tuple[BadCell, ...]
    problem_count: int
    digests: Mapping[str, str]
    absent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def refused(self) -> tuple[BadCell, ...]:
        """The problems that kept rows out."""
        return tuple(refused(self.problems))

    @property
    def notices(self) -> tuple[BadCell, ...]:
        """What was taken and is worth a look."""
        return tuple(p for p in self.problems if p.severity is Severity.NOTICE)


MOST_TOLD = 1_000
"""So many bad cells go into a refusal as JSON; all of them into the list of problems."""


class FactsRefused(Refusal):
    """Rows break their schema and the caller wants all or nothing. `intake` tells which."""

    intake: Intake

    def as_json(self) -> dict[str, Any]:
        """The refusal with the first bad cells; `problems_in_all` says how many there are."""
        bad = self.intake.refused
        shown = [cell.as_json() for cell in bad[:MOST_TOLD]]
        return {**super().as_json(), "problems_in_all": len(bad), "problems": shown}


def take(
    path: Path,
    connection: duckdb.DuckDBPyConnection,
    book: NormBook,
    *,
    bad_rows: Literal["refuse", "leave_out"] = "refuse",
    progress: Progress | None = None,
    known: Known | None = None,
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
        known: what is registered elsewhere already; None where the files must hold all they refer
            to.

    Raises:
        Refusal: `no_facts`, `two_files_for_table`, `unreadable_file`, `missing_column`; and, with
            `refuse`, `facts_refused` (a `FactsRefused`, with the intake); `readings_already_taken`
            where readings in Parquet meet other readings.
    """
    found = find(Path(path))
    with (
        _own_settings(connection),
        collector_at_rest(),
        tempfile.TemporaryDirectory(prefix="phaseout-copy-") as scratch,  # tidied as the site's
    ):
        create_schema(connection)
        run = _Run(Path(path), found, Path(scratch), Ledger(connection, known), Vocabulary(book))
        try:
            _note_unknown_files(run)
            _read_tables(run, progress)
            _read_parquet(run, progress)
            return _finish(run, bad_rows)
        finally:
            _sweep(connection)


@dataclass(slots=True)
class _Run:
    """One intake while it goes on."""

    path: Path
    found: Found
    scratch: Path
    ledger: Ledger
    vocabulary: Vocabulary
    read: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)
    readings: ParquetReadings | None = None
    absent: dict[str, tuple[str, ...]] = field(default_factory=dict)
    across: set[str] = field(default_factory=set)
    """the tables that were checked across rows and tables"""


@contextmanager
def _own_settings(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Rows are counted in the order of the file, so the engine must keep that order."""
    kept = first_row(connection, "SELECT current_setting('preserve_insertion_order')")
    connection.execute("SET preserve_insertion_order = true")
    try:
        yield
    finally:
        connection.execute(f"SET preserve_insertion_order = {kept[0]}")


def _read_tables(run: _Run, progress: Progress | None) -> None:
    ledger = run.ledger
    for arriving in _arrivals(run):
        table = arriving.table
        arrived = stage(ledger.connection, arriving)
        ledger.arrived[table.name] = arrived
        ledger.add_early(table, [*arrived.early, *arrived.seen_late()])
        _note_unknown_columns(ledger, arrived)
        if left_out := absent(table, arrived.head):
            run.absent[table.name] = left_out
        texts = read_leftovers(ledger.connection, arrived, run.vocabulary)
        check_readings(ledger, arrived, texts)
        run.read[table.name] = check_cells(ledger, table)
        if progress is not None:
            progress(table.name, run.read[table.name])
    _check_across(run)


def _read_parquet(run: _Run, progress: Progress | None) -> None:
    """Readings in Parquet come last: they are checked against the outlets."""
    path = run.found.files.get(MONITORING)
    if path is None or not _is_parquet(path):
        return
    table = tables()[MONITORING]
    run.readings = arrive_readings(run.ledger, table, path, run.vocabulary, run.digests)
    run.read[MONITORING] = run.readings.rows
    check_outlets_given(run.ledger, table)
    if progress is not None:
        progress(MONITORING, run.readings.rows)


def _is_parquet(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() == ".parquet"


def _arrivals(run: _Run) -> Iterator[Arrived]:
    """The tables, whatever the order of files or sheets: the sheets of a workbook as they are
    ready, files in the order of the schema."""
    if run.found.workbook is not None:
        sheets, digest, run.sheets = arrive_workbook(
            run.found.workbook, lambda last: _check_before(run, last)
        )
        run.digests[run.found.workbook.name] = digest
        yield from sheets
    for name, table in tables().items():
        path = run.found.files.get(name)
        if path is not None and not (name == MONITORING and _is_parquet(path)):
            arrived, digest = arrive_csv(table, path, run.scratch)
            run.digests[arrived.file] = digest
            yield arrived


def _note_unknown_files(run: _Run) -> None:
    zh, en = expected("unknown_file", ("", ""))
    for file in run.found.unknown:
        if file.suffix.lower() in (*WORKBOOKS, *TEXT, ".parquet") and file.stem != "README":
            run.ledger.notes.append(
                BadCell(file.name, "", 0, "", file.name, zh, en, "unknown_file", Severity.NOTICE)
            )


def _note_unknown_columns(ledger: Ledger, arrived: Arrived) -> None:
    place = arrived.file, arrived.sheet
    for at in arrived.head.unknown:
        written = arrived.head.written[at]
        ledger.notes.append(
            bad_cell(arrived.table, place, 1, "", written, "unknown_column", head=written)
        )


def _check_before(run: _Run, last: Table) -> None:
    """While the readings are on their way, which are the most: to them no other table refers."""
    if last.name == MONITORING and not run.found.files:
        _check_across(run)


def _check_across(run: _Run) -> None:
    """In the order of the tables, so that a refused line takes its facts with it."""
    ledger = run.ledger
    for name, table in tables().items():
        if name in ledger.arrived and name not in run.across:
            run.across.add(name)
            if ledger.known is not None:
                ledger.known.check(ledger, table)
            check_references(ledger, table)
            check_repeated(ledger, table)
            check_overlaps(ledger, table)


def _finish(run: _Run, bad_rows: str) -> Intake:
    ledger = run.ledger
    told = tuple(sorted(ledger.told(tables()), key=lambda p: list(Severity).index(p.severity)))
    refusing = bad_rows == "refuse" and any(p.severity is Severity.REFUSED for p in told)
    taken = dict.fromkeys(run.read, 0) if refusing else _lay_all(run)
    counts = _counts(run, taken)
    intake = Intake(run.path, counts, told, ledger.count(), run.digests, run.absent)
    if refusing:
        raise _facts_refused(intake)
    return intake


def _lay_all(run: _Run) -> dict[str, int]:
    """All tables in one transaction: a break in the middle leaves the schema as it was."""
    ledger = run.ledger
    connection = ledger.connection
    readings = None if MONITORING in ledger.whole else run.readings
    if MONITORING in ledger.arrived and run.readings is None and view_mark(connection) is not None:
        raise readings_already_taken()
    connection.begin()
    try:
        taken = dict.fromkeys(run.read, 0)
        for name, table in tables().items():
            if name in ledger.arrived and not (name == MONITORING and run.readings):
                taken[name] = lay(ledger, table, run.vocabulary)
        if readings is not None:
            taken[MONITORING] = lay_view(ledger, readings, _parquet_digests(run))
        units = readings.units if readings is not None else None
        lay_unit_factors(connection, run.vocabulary.book, units)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
    return taken


def _parquet_digests(run: _Run) -> list[str]:
    csv = {arrived.file for name, arrived in run.ledger.arrived.items() if name != MONITORING}
    return [digest for file, digest in run.digests.items() if file not in csv]


def _counts(run: _Run, taken: Mapping[str, int]) -> dict[str, Count]:
    bad, dropped = dict(run.ledger.refused_rows()), dict(run.ledger.dropped_rows())
    if run.readings is not None:
        dropped[MONITORING] = run.readings.dropped
        bad[MONITORING] = min(run.readings.refused, run.readings.rows)
    whole = run.ledger.whole
    return {
        name: Count(
            rows, taken[name], dropped.get(name, 0), rows if name in whole else bad.get(name, 0)
        )
        for name in tables()
        if (rows := run.read.get(name)) is not None
    }


def _facts_refused(intake: Intake) -> FactsRefused:
    bad = intake.refused
    rows = sum(count.refused for count in intake.counts.values())
    shown_zh, shown_en = [], []
    for cell in bad[:5]:
        where = cell.file + (f"/{cell.sheet}" if cell.sheet else "")
        if cell.row == 0:
            shown_zh.append(f"{where}：{cell.expected_zh}")
            shown_en.append(f"{where}: {cell.expected_en}")
            continue
        shown_zh.append(f"{where}第{cell.row}行{cell.column}“{cell.value}”：{cell.expected_zh}")
        shown_en.append(f"{where} row {cell.row} {cell.column} {cell.value!r}: {cell.expected_en}")
    refusal = FactsRefused(
        "facts_refused",
        what=(
            f"有{rows}行不合要求，未导入任何数据",
            f"{rows} rows break their schema; none taken"
            if rows > 1
            else "1 row breaks its schema; none taken",
        ),
        why=("；".join(shown_zh) + "。", "; ".join(shown_en) + "."),
        instead=(
            "请改正后重新导入，或选择只导入合格的行（--bad-rows leave-out）。",
            "Mend them and take again, or take the good rows only (--bad-rows leave-out).",
        ),
    )
    refusal.intake = intake
    return refusal


def _sweep(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop what the intake made for itself."""
    made: list[tuple[Any, ...]] = connection.execute(
        "SELECT view_name, 'VIEW' FROM duckdb_views() WHERE temporary "
        "AND starts_with(view_name, 'clean_') UNION ALL "
        "SELECT table_name, 'TABLE' FROM duckdb_tables() WHERE temporary "
        "AND (list_contains($1, table_name) OR starts_with(table_name, 'staged_') "
        "OR starts_with(table_name, 'read_'))",
        [list(_MADE)],
    ).fetchall()
    dropped = [f'DROP {kind} IF EXISTS "{name}"' for name, kind in made]
    dropped += [f"DROP TABLE IF EXISTS {staged(t)}" for t in tables().values() if stays(t)]
    connection.execute("; ".join(dropped))


_MADE = (
    "problem",
    "dropped",
    "orphan",
    "repeated",
    "again",
    "told_apart",
    "exploded",
    "reading_kinds",
)
"""The temporary tables of an intake, besides those named after tables and columns."""
