"""The engine: norm tables laid beside fact tables in DuckDB, one query per dimension.

    connection = connect()
    … somebody fills the schema `facts` …
    lay_norms(connection, book, on=day)
    judge(connection, Dimension.ENERGY)        creates the table judged.energy
    compose(connection)                        after all five: creates judged.composition

The queries are `<dimension>.sql` beside this file. They read the schemas `facts` and `norms` and
the one-row table `question(on_day)`, and yield `JUDGED_COLUMNS` first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import Any

import duckdb
import pyarrow as pa

from phaseout.law.judgement.authority import Decision
from phaseout.law.judgement.dimensions import JUDGED_COLUMNS, Dimension
from phaseout.law.norms.book import TABLES, NormBook
from phaseout.law.norms.confirmation import Confirmation, settled_rows
from phaseout.law.norms.methods import method_rows, method_tables
from phaseout.law.norms.reading import PROSE_COLUMNS, Kind, read
from phaseout.law.norms.records import ProductLimit, Row
from phaseout.law.opinions import Opinions

FIRST_DAY, LAST_DAY = date(1, 1, 1), date(9999, 12, 31)
"""What an open end of a validity becomes in the engine, so that a join is a plain BETWEEN."""

_ARROW = {
    str: pa.string(),
    int: pa.int64(),
    bool: pa.bool_(),
    date: pa.date32(),
    Decimal: pa.decimal128(18, 6),
}


def connect(
    *, threads: int | None = None, memory_limit: str | None = None
) -> duckdb.DuckDBPyConnection:
    """A connection of its own, with the empty schemas `facts`, `norms` and `judged`."""
    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = true")
    if threads:
        connection.execute(f"SET threads = {int(threads)}")
    if memory_limit:
        connection.execute("SET memory_limit = ?", [memory_limit])
    for schema in ("facts", "norms", "judged"):
        connection.execute(f"CREATE SCHEMA {schema}")
    return connection


def lay_norms(
    connection: duckdb.DuckDBPyConnection,
    book: NormBook,
    *,
    on: date,
    confirmations: Iterable[Confirmation] = (),
    decisions: Iterable[Decision] = (),
) -> None:
    """Fill the schema `norms` and the table `question`.

    Every norm table gets, beside the fields of its record, `settled` (verified, or confirmed by
    two people by `on`) and `jurisdiction` (division code, 000000 for the country); open ends of
    validities become `FIRST_DAY` and `LAST_DAY`. Decisions made after `on` are left out.
    """
    connection.execute("CREATE TABLE question AS SELECT ?::DATE AS on_day", [on])
    settled = settled_rows(_all_rows(book), confirmations, on)
    for table, kind in {**TABLES, **method_tables()}.items():
        rows = getattr(book, table) if table in TABLES else method_rows(table)
        create(connection, f"norms.{table}", _columns(kind, rows, settled, book))
    create(connection, "norms.sources", _source_columns(book))
    for name, columns in _condition_columns(book).items():
        create(connection, f"norms.{name}", columns)
    create(connection, "norms.decisions", _decision_columns(decisions, on))


def judge(connection: duckdb.DuckDBPyConnection, dimension: Dimension) -> str:
    """Create the table `judged.<dimension>`; returns its name."""
    for part in _BEFORE.get(dimension, ()):
        connection.execute(f"CREATE TABLE judged.{part} AS {query(part)}")
    name = f"judged.{dimension}"
    connection.execute(f"CREATE TABLE {name} AS {query(dimension)}")
    return name


def compose(connection: duckdb.DuckDBPyConnection, region: str = "ningxia") -> str:
    """Create the table `judged.composition` from the five judged tables; returns its name.

    One row per line: what governs, who leads, what comes first, what else remains. Duties and
    names of organisations are those of the region pack.

    Raises:
        Refusal: `region_unknown`.
    """
    opinions = Opinions.of(region)
    create(connection, "norms.duties", _duty_columns(opinions))
    create(connection, "norms.organisations", _organisation_columns(opinions))
    connection.execute(f"CREATE TABLE judged.composition AS {query('composition')}")
    return "judged.composition"


_BEFORE: Mapping[Dimension, tuple[str, ...]] = {Dimension.ENVIRONMENT: ("environment_limits",)}
"""Queries that a dimension's own query reads from, laid down first: the limits of the outlets are
a small table of known size, so that the scan of the readings is planned well."""


def query(dimension: Dimension | str) -> str:
    """The text of the dimension's query (or of `composition`)."""
    return (resources.files(__package__) / f"{dimension}.sql").read_text(encoding="utf-8")


def create(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, tuple[Any, Sequence[Any]]],
) -> None:
    """A table from columns given as name → (python type, values)."""
    arrow = pa.table(
        [pa.array(values, type=_ARROW[kind]) for kind, values in columns.values()],
        names=list(columns),
    )
    connection.register("arriving", arrow)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM arriving")
    connection.unregister("arriving")


Columns = dict[str, tuple[Any, Sequence[Any]]]

_DERIVED: Mapping[type[Row], tuple[str, ...]] = {ProductLimit: ("last_place",)}
"""Figures that follow from how a row is printed and would be lost in DECIMAL(18,6)."""


def _all_rows(book: NormBook) -> Iterable[Row]:
    yield from book.rows()
    for table in method_tables():
        yield from method_rows(table)


def _columns(kind: type[Row], rows: Sequence[Row], settled: set[str], book: NormBook) -> Columns:
    columns: Columns = {}
    for field in fields(kind):
        values = [getattr(row, field.name) for row in rows]
        if field.name == "effective_from":
            values = [value or FIRST_DAY for value in values]
        elif field.name == "effective_to":
            values = [value or LAST_DAY for value in values]
        columns[field.name.rstrip("_")] = (_python_type(str(field.type)), values)
    for name in _DERIVED.get(kind, ()):
        columns[name] = (Decimal, [getattr(row, name) for row in rows])
    columns["settled"] = (bool, [row.row_id in settled for row in rows])
    columns["jurisdiction"] = (str, [book.jurisdiction(row.source_id) for row in rows])
    return columns


def _python_type(annotation: str) -> Any:
    name = annotation.split("|")[0].strip().rsplit(".", 1)[-1]
    return {"Decimal": Decimal, "date": date, "int": int, "bool": bool}.get(name, str)


def _source_columns(book: NormBook) -> Columns:
    sources = [book.sources[key] for key in sorted(book.sources)]
    names = ("source_id", "number", "title_zh", "title_en", "effective_from", "effective_to")
    columns: Columns = {name: (str, [getattr(s, name) for s in sources]) for name in names}
    columns["superseded_by"] = (str, [s.superseded_by for s in sources])
    return columns


def _condition_columns(book: NormBook) -> dict[str, Columns]:
    """The tables `conditions` (decidable), `open_conditions`, `corrections` and `remarks`."""
    found: dict[Kind, list[tuple[str, ...]]] = {kind: [] for kind in Kind}
    for table, columns in PROSE_COLUMNS.items():
        for row in getattr(book, table):
            for column in columns:
                for part in read(table, column, getattr(row, column)):
                    found[part.kind].append(
                        (row.row_id, part.prose, part.key, part.operator, part.value)
                    )
    names = ("row_id", "prose", "key", "operator", "text")
    tables: dict[str, Columns] = {
        name: {column: (str, [line[at] for line in found[kind]]) for at, column in enumerate(names)}
        for name, kind in (
            ("conditions", Kind.CONDITION),
            ("open_conditions", Kind.OPEN),
            ("corrections", Kind.CORRECTION),
            ("remarks", Kind.REMARK),
        )
    }
    texts = tables["conditions"]["text"][1]
    tables["conditions"]["number"] = (Decimal, [_number(text) for text in texts])
    tables["conditions"]["day"] = (date, [_day(text) for text in texts])
    return tables


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _duty_columns(opinions: Opinions) -> Columns:
    lines = [
        (duty.clause, duty.subject, role, place, function)
        for duty in opinions.duties
        for role, functions in (("lead", duty.lead), ("cooperating", duty.cooperating))
        for place, function in enumerate(functions)
    ]
    kinds = {"clause": int, "subject": str, "role": str, "place": int, "function": str}
    return {
        name: (kind, [line[at] for line in lines]) for at, (name, kind) in enumerate(kinds.items())
    }


def _organisation_columns(opinions: Opinions) -> Columns:
    holders = opinions.holders
    columns: Columns = {
        name: (str, [getattr(h, name) for h in holders])
        for name in ("function", "name_zh", "name_en")
    }
    columns["held_from"] = (date, [h.held_from or FIRST_DAY for h in holders])
    columns["held_to"] = (date, [h.held_to or LAST_DAY for h in holders])
    return columns


def _decision_columns(decisions: Iterable[Decision], on: date) -> Columns:
    known = [d for d in decisions if d.decided_on <= on]
    columns: Columns = {
        name: (str, [getattr(d, name) for d in known])
        for name in ("kind", "subject", "key", "value", "document")
    }
    columns["valid_from"] = (date, [d.valid_from or FIRST_DAY for d in known])
    columns["valid_to"] = (date, [d.valid_to or LAST_DAY for d in known])
    return columns


def check_columns(connection: duckdb.DuckDBPyConnection, dimension: Dimension) -> list[str]:
    """What is wrong with the columns of `judged.<dimension>`: empty when they fit."""
    described = connection.execute(f"DESCRIBE judged.{dimension}").fetchall()
    got = [(name, kind) for name, kind, *_ in described[: len(JUDGED_COLUMNS)]]
    return [
        f"column {at}: {have}, expected {want}"
        for at, (have, want) in enumerate(zip(got, JUDGED_COLUMNS, strict=False), 1)
        if have != want
    ]
