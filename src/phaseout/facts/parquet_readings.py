"""Monitoring from Parquet: never copied, a view over the files with the names made canonical.

Fifty million readings are not looked at one by one. What can be wrong is found from the footers
(types, missing cells, span of time) and from one pass over the columns of few distinct values;
what is wrong is told with file, column, value and how many readings, not row by row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from phaseout.facts.arrived import Arrived
from phaseout.facts.asking import first_row
from phaseout.facts.cells import BLANKS, fast, read
from phaseout.facts.heads import Head, check_head, read_head
from phaseout.facts.ledger import Ledger
from phaseout.facts.problems import Severity, bad_cell, severity
from phaseout.facts.schema import Column, Kind, Table, tables
from phaseout.facts.sources import parquet_files
from phaseout.facts.tables import FACT_TABLES
from phaseout.facts.text_files import BROKEN, unreadable
from phaseout.facts.vocabulary import Vocabulary
from phaseout.law.refusals import Refusal

REPEATS_LOOKED_FOR = 12_000_000
"""Up to so many readings every repeated hour is found. Beyond, only outlets with more readings
than hours: a full search would cost more than the judgement."""
LONGEST_SPAN = 500_000

_DICTIONARY = ("outlet_id", "pollutant_code", "averaging", "unit")
_BEIJING_AHEAD = 8 * 3_600 * 1_000_000


@dataclass(slots=True)
class ParquetReadings:
    """The readings that arrived: `good` and `columns` make up the view."""

    ledger: Ledger
    table: Table
    path: Path
    files: list[Path]
    head: Head
    types: dict[str, str]
    rows: int = 0
    refused: int = 0
    dropped: int = 0
    units: set[str] = field(default_factory=set)
    filters: list[str] = field(default_factory=list)
    spelled: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def relation(self) -> str:
        """SQL of the files."""
        names = ", ".join("'" + str(file.resolve()).replace("'", "''") + "'" for file in self.files)
        return f"read_parquet([{names}])"

    def cell(self, column: Column) -> str:
        """SQL of a column of the view: typed, names canonical."""
        kind = FACT_TABLES[self.table.name][column.name]
        place = self.head.at.get(column.name)
        if place is None:
            return f"NULL::{kind}"
        name = '"' + self.head.written[place].replace('"', '""') + '"'
        given = self.types[self.head.written[place]]
        if column.kind is Kind.MOMENT:
            return _moment(name, given, column)
        if column.kind is Kind.REAL and given == "VARCHAR":
            return fast(column, f"trim({name}, '{BLANKS}')")
        if given == kind and column.name not in self.spelled:
            return name
        changed = self.spelled.get(column.name, {})
        if not changed:
            return f"CAST({name} AS {kind})"
        cases = " ".join(f"WHEN {_quoted(raw)} THEN {_quoted(to)}" for raw, to in changed.items())
        return f"CAST(CASE CAST({name} AS VARCHAR) {cases} ELSE {name} END AS {kind})"

    def view(self) -> str:
        """The SELECT of the view `facts.monitoring`."""
        columns = ", ".join(f'{self.cell(c)} AS "{c.name}"' for c in self.table.columns)
        distinct = "DISTINCT " if self.dropped else ""
        where = f" WHERE {' AND '.join(self.filters)}" if self.filters else ""
        return f"SELECT {distinct}* FROM (SELECT {columns} FROM {self.relation}){where}"


def arrive_readings(
    ledger: Ledger, table: Table, path: Path, vocabulary: Vocabulary, digests: dict[str, str]
) -> ParquetReadings:
    """Look the readings over and write down what is wrong with them.

    Raises:
        Refusal: `unreadable_file`, `missing_column`.
    """
    files = parquet_files(path)
    with ThreadPoolExecutor(1) as pool:
        # The digest is reckoned beside the engine's pass: hashing lets go of the interpreter.
        hashed = pool.submit(lambda: {_shown(path, file): _digest(file) for file in files})
        readings = _opened(ledger, table, path, files)
        ledger.arrived[table.name] = Arrived(table, path.name, "", readings.head, "", True)
        _check_footers(readings)
        _check_values(readings, vocabulary)
        digests.update(hashed.result())
    return readings


def _opened(ledger: Ledger, table: Table, path: Path, files: list[Path]) -> ParquetReadings:
    readings = ParquetReadings(ledger, table, path, files, Head({}, (), ()), {})
    try:
        found = ledger.connection.execute(f"DESCRIBE SELECT * FROM {readings.relation}").fetchall()
        # Counted from the footers: nothing is read.
        counted = first_row(ledger.connection, f"SELECT count(*) FROM {readings.relation}")
    except duckdb.Error as problem:
        raise unreadable(path.name, BROKEN, f"{problem}.") from None
    readings.types = {name: kind for name, kind, *_ in found}
    readings.head = read_head(table, tuple(readings.types))
    readings.rows = int(counted[0])
    check_head(table, readings.head, path.name)
    return readings


def _check_footers(readings: ParquetReadings) -> None:
    """Missing cells by the statistics of the footers; a file without statistics is counted."""
    connection = readings.ledger.connection
    required = [c for c in readings.table.columns if c.required]
    cells = {column.name: readings.cell(column) for column in required}
    plain = {name for name, cell in cells.items() if cell.startswith('"')}
    nulls = _null_counts(readings)
    unsure = [n for n in cells if n not in plain or nulls.get(n) is None]
    counts = {name: nulls[name] or 0 for name in cells if name not in unsure}
    if unsure:
        tests = ", ".join(f"count(*) - count({cells[name]})" for name in unsure)
        found = first_row(connection, f"SELECT {tests} FROM {readings.relation}")
        counts |= dict(zip(unsure, found, strict=True))
    for name, count in counts.items():
        if count:
            code = "not_a_time" if name == "time" and name not in plain else "required_empty"
            _tell(readings, readings.table.column(name), "", code, ("", ""), count)
            readings.filters.append(f'"{name}" IS NOT NULL')


def _null_counts(readings: ParquetReadings) -> dict[str, int | None]:
    names = {readings.head.written[place]: name for name, place in readings.head.at.items()}
    files = ", ".join("'" + str(file).replace("'", "''") + "'" for file in readings.files)
    found = readings.ledger.connection.execute(
        "SELECT path_in_schema, sum(stats_null_count), count(*) = count(stats_null_count) "
        f"FROM parquet_metadata([{files}]) GROUP BY 1"
    ).fetchall()
    return {names[n]: int(s) if sure else None for n, s, sure in found if n in names}


def _check_values(readings: ParquetReadings, vocabulary: Vocabulary) -> None:
    connection = readings.ledger.connection
    given = [readings.table.column(n) for n in _DICTIONARY if n in readings.head.at]
    cells = ", ".join(f'{readings.cell(c)} AS "{c.name}"' for c in given)
    span = _span(readings)
    extra = _hours_told_apart(readings, span)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE reading_kinds AS SELECT {cells}, count(*) AS readings, "
        f"{extra} AS hours FROM {readings.relation} GROUP BY ALL"
    )
    for column in given:
        _check_column(readings, column, vocabulary)
    _check_outlets(readings)
    _check_repeats(readings)


def _check_column(readings: ParquetReadings, column: Column, vocabulary: Vocabulary) -> None:
    found = readings.ledger.connection.execute(
        f'SELECT "{column.name}", sum(readings)::BIGINT FROM reading_kinds '
        f'WHERE "{column.name}" IS NOT NULL GROUP BY 1 ORDER BY 1'
    ).fetchall()
    bad = []
    for text, count in found:
        done = read(column, text, vocabulary)
        if done.code:
            _tell(readings, column, text, done.code, (done.zh, done.en), count)
        if done.code and severity(done.code) is Severity.REFUSED:
            bad.append(text)
        elif done.value is not None and done.value != text:
            readings.spelled.setdefault(column.name, {})[text] = done.value
        if column.name == "unit" and done.value is not None:
            readings.units.add(done.value)
    if bad:
        listed = ", ".join(_quoted(text) for text in bad)
        readings.filters.append(f'("{column.name}" IS NULL OR "{column.name}" NOT IN ({listed}))')


def _check_outlets(readings: ParquetReadings) -> None:
    """Readings of outlets nobody registered; the outlets are checked before the readings."""
    ledger = readings.ledger
    outlets = later = "SELECT outlet_id FROM facts.outlets"
    if registered := ledger.registered(tables()["outlets"]):
        outlets = later = f"{outlets} UNION SELECT outlet_id FROM {registered}"
    if "outlets" in ledger.arrived:
        good = ledger.good(ledger.arrived["outlets"].table)
        outlets += f" UNION SELECT outlet_id FROM {good}"
    found = ledger.connection.execute(
        "SELECT outlet_id, sum(readings)::BIGINT FROM reading_kinds WHERE outlet_id IS NOT NULL "
        f"AND trim(outlet_id) NOT IN ({outlets}) GROUP BY 1 ORDER BY 1"
    ).fetchall()
    column = readings.table.column("outlet_id")
    for text, count in found:
        _tell(readings, column, text, "unknown_reference", ("排放口", "outlets"), count)
    if found:
        readings.filters.append(f'"outlet_id" IN ({later})')


def _check_repeats(readings: ParquetReadings) -> None:
    """Outlets with more readings than hours: the repeated ones are looked for there only."""
    connection = readings.ledger.connection
    crowded = connection.execute(
        "SELECT DISTINCT outlet_id FROM reading_kinds WHERE readings > hours"
    ).fetchall()
    if not crowded:
        return
    columns = ", ".join(f'{readings.cell(c)} AS "{c.name}"' for c in readings.table.columns)
    listed = ", ".join(_quoted(outlet) for (outlet,) in crowded)
    key = "outlet_id, pollutant_code, averaging, time, manual"
    found = first_row(
        connection,
        "SELECT count_if(contents > 1), "
        "sum(CASE WHEN contents = 1 THEN readings - 1 ELSE 0 END), "
        "min(CASE WHEN contents > 1 THEN concat_ws(' ', outlet_id, pollutant_code, time) END), "
        "sum(CASE WHEN contents > 1 THEN readings ELSE 0 END) FROM ("
        f"SELECT {key}, count(*) AS readings, "
        "count(DISTINCT row(value, unit, flag, o2, flow)) AS contents "
        f"FROM (SELECT {columns} FROM {readings.relation}) WHERE outlet_id IN ({listed}) "
        f"GROUP BY {key} HAVING count(*) > 1)",
    )
    contradicting, repeated, example, rows = found
    readings.dropped = int(repeated or 0)
    if contradicting:
        column = readings.table.column("value")
        _tell(readings, column, "", "conflicting_rows", (example, example), int(rows))
        # Which of two readings holds nobody can say for a whole file: none of it is taken.
        readings.ledger.whole.add(readings.table.name)


def _span(readings: ParquetReadings) -> tuple[int, int] | None:
    """The first and last hour of all readings, by one look at the column of times."""
    cell = readings.cell(readings.table.column("time"))
    found = first_row(
        readings.ledger.connection,
        "SELECT floor(epoch(min(t)) / 3600)::BIGINT, floor(epoch(max(t)) / 3600)::BIGINT "
        f"FROM (SELECT {cell} AS t FROM {readings.relation})",
    )
    if found[0] is None or found[1] - found[0] > LONGEST_SPAN:
        return None
    return int(found[0]), int(found[1])


def _hours_told_apart(readings: ParquetReadings, span: tuple[int, int] | None) -> str:
    """SQL of how many readings a group may hold without repeating an hour."""
    if span is None:
        return "count(*)"
    first, last = span
    if readings.rows > REPEATS_LOOKED_FOR:
        return str(last - first + 1)
    cell = readings.cell(readings.table.column("time"))
    hour = f"floor(epoch({cell}) / 3600)::BIGINT"
    return f"coalesce(bit_count(bitstring_agg({hour}, {first}, {last})), count(*))"


def _moment(name: str, given: str, column: Column) -> str:
    if given.startswith("TIMESTAMP WITH TIME ZONE"):
        return f"make_timestamp(epoch_us({name}) + {_BEIJING_AHEAD})"
    if given == "TIMESTAMP":
        return name
    if given == "VARCHAR":
        return f"coalesce({fast(column, name)}, try_cast(replace({name}, 'T', ' ') AS TIMESTAMP))"
    return f"CAST({name} AS TIMESTAMP)"


def _tell(
    readings: ParquetReadings,
    column: Column,
    value: str,
    code: str,
    details: tuple[str, str],
    count: int,
) -> None:
    place = readings.path.name, ""
    readings.ledger.notes.append(
        bad_cell(readings.table, place, 0, column.name, value, code, details=details, count=count)
    )
    if severity(code) is Severity.REFUSED:
        readings.refused += count


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _shown(path: Path, file: Path) -> str:
    return path.name if file == path else f"{path.name}/{file.relative_to(path).as_posix()}"


def lay_view(ledger: Ledger, readings: ParquetReadings, digests: Iterable[str]) -> int:
    """Put the view `facts.monitoring` in the place of the empty table; returns how many readings
    it holds. The same files again change nothing.

    Raises:
        Refusal: `readings_already_taken`: other readings stand there.
    """
    connection = ledger.connection
    mark = " ".join(sorted(digests))
    before = view_mark(connection)
    if before is None:
        if first_row(connection, "SELECT EXISTS (SELECT 1 FROM facts.monitoring)")[0]:
            raise readings_already_taken()
        connection.execute("DROP TABLE facts.monitoring")
    elif before != mark:
        raise readings_already_taken()
    connection.execute(f"CREATE OR REPLACE VIEW facts.monitoring AS {readings.view()}")
    connection.execute(f"COMMENT ON VIEW facts.monitoring IS {_quoted(mark)}")
    if not readings.filters and not readings.dropped:
        return readings.rows
    # Readings refused for two reasons are left out once: the view itself is counted.
    return int(first_row(connection, "SELECT count(*) FROM facts.monitoring")[0])


def view_mark(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The digests of the files behind the view `facts.monitoring`; None where it is a table."""
    found = connection.execute(
        "SELECT coalesce(comment, '') FROM duckdb_views() "
        "WHERE schema_name = 'facts' AND view_name = 'monitoring'"
    ).fetchall()
    return found[0][0] if found else None


def readings_already_taken() -> Refusal:
    """Readings in Parquet are read where they lie, so they cannot be mixed with others."""
    return Refusal(
        "readings_already_taken",
        what=("监测数据已导入，不能再并入另一批", "other readings were taken before"),
        why=(
            "Parquet监测数据原地读取，不与其他监测数据合并。",
            "readings in Parquet are read where they lie and are not merged with others.",
        ),
        instead=(
            "请把全部Parquet文件放在一个monitoring文件夹里一次导入，或使用新的连接。",
            "Put all Parquet files into one folder `monitoring` and take them at once, or use a "
            "connection of its own.",
        ),
    )
