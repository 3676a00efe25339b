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

from collections.abc import Iterable, Mapping
from datetime import date
from importlib import resources

import duckdb
import pyarrow as pa

from phaseout.law.judgement.authority import Decision
from phaseout.law.judgement.dimensions import JUDGED_COLUMNS, Dimension
from phaseout.law.judgement.norm_tables import (
    all_rows,
    decision_table,
    duty_table,
    norm_tables,
    organisation_table,
    with_settled,
)
from phaseout.law.norms.book import TABLES, NormBook
from phaseout.law.norms.confirmation import Confirmation, settled_rows
from phaseout.law.norms.methods import method_tables
from phaseout.law.opinions import Opinions


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
    settled = settled_rows(all_rows(book), confirmations, on)
    for name, table in norm_tables(book).items():
        rows_of_norms = name in TABLES or name in method_tables()
        create(
            connection, f"norms.{name}", with_settled(table, settled) if rows_of_norms else table
        )
    create(connection, "norms.decisions", decision_table(decisions, on))


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
    create(connection, "norms.duties", duty_table(opinions))
    create(connection, "norms.organisations", organisation_table(opinions))
    connection.execute(f"CREATE TABLE judged.composition AS {query('composition')}")
    return "judged.composition"


_BEFORE: Mapping[Dimension, tuple[str, ...]] = {Dimension.ENVIRONMENT: ("environment_limits",)}
"""Queries that a dimension's own query reads from, laid down first: the limits of the outlets are
a small table of known size, so that the scan of the readings is planned well."""


def query(dimension: Dimension | str) -> str:
    """The text of the dimension's query (or of `composition`)."""
    return (resources.files(__package__) / f"{dimension}.sql").read_text(encoding="utf-8")


def create(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """A table of the connection from an Arrow table."""
    connection.register("arriving", table)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM arriving")
    connection.unregister("arriving")


def check_columns(connection: duckdb.DuckDBPyConnection, dimension: Dimension) -> list[str]:
    """What is wrong with the columns of `judged.<dimension>`: empty when they fit."""
    described = connection.execute(f"DESCRIBE judged.{dimension}").fetchall()
    got = [(name, kind) for name, kind, *_ in described[: len(JUDGED_COLUMNS)]]
    return [
        f"column {at}: {have}, expected {want}"
        for at, (have, want) in enumerate(zip(got, JUDGED_COLUMNS, strict=False), 1)
        if have != want
    ]
