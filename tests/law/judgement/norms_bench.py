"""The shipped norms, laid once for all tests of a worker: to lay them takes longer than to judge a
handful of rows. What a test adds to them is rolled back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cache

import duckdb
import pyarrow as pa

from phaseout.facts.tables import CREATE_FACT_TABLES
from phaseout.law.judgement import engine
from phaseout.law.judgement.authority import Decision
from phaseout.law.judgement.norm_tables import decision_table
from phaseout.law.norms import NormBook
from phaseout.law.norms.confirmation import Confirmation

UNIT_FACTORS = [
    ("kgce/t", "kgce/t", 1),
    ("tce/t", "kgce/t", 1000),
    ("kWh/t", "kWh/t", 1),
    ("kg/t", "kg/t", 1),
    ("kgce/Adt", "kgce/Adt", 1),
    ("t", "t", 1),
    ("kg", "kg", 1),
    ("t", "kg", 1000),
    ("kWh", "kWh", 1),
    ("m3", "m3", 1),
    ("MJ", "MJ", 1),
    ("mg/m3", "mg/m3", 1),
    ("g/m3", "mg/m3", 1000),
    ("mg/L", "mg/L", 1),
    ("none", "none", 1),
    ("%", "%", 1),
    ("MPa", "MPa", 1),
    ("min", "min", 1),
    ("mg/kg", "mg/kg", 1),
    ("kVA", "kVA", 1),
    ("MVA", "kVA", 1000),
    ("m", "m", 1),
    ("mm", "m", Decimal("0.001")),
    ("t/a", "t/a", 1),
    ("kA", "kA", 1),
    ("-", "-", 1),
]


@contextmanager
def norms_of(
    day: date,
    *,
    decisions: Iterable[Decision] = (),
    book: NormBook | None = None,
    confirmations: Iterable[Confirmation] = (),
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Empty fact tables beside the norms of a day, in a transaction that is rolled back."""
    if book or confirmations:
        connection = _laid(book or NormBook.load(), day, confirmations)
    else:
        connection = _as_shipped()
    connection.begin()
    try:
        engine.create(connection, "question", pa.table({"on_day": [day]}))
        engine.create(connection, "norms.decisions", decision_table(decisions, day))
        yield connection
    finally:
        connection.rollback()


@cache
def _as_shipped() -> duckdb.DuckDBPyConnection:
    """The shipped norms without anybody's confirmations: without those the day is in the question
    and the decisions alone."""
    return _laid(NormBook.load(), date.min, ())


def _laid(
    book: NormBook, day: date, confirmations: Iterable[Confirmation]
) -> duckdb.DuckDBPyConnection:
    """Empty fact tables and the norms of a day, without the question and the decisions."""
    connection = engine.connect(threads=1)
    # A handful of rows: planning them well takes longer than everything else. The provinces of
    # other tests are judged with the optimizer, as every user's facts are.
    connection.execute("PRAGMA disable_optimizer")
    for statement in CREATE_FACT_TABLES:
        connection.execute(statement)
    connection.executemany("INSERT INTO facts.unit_factors VALUES (?, ?, ?)", UNIT_FACTORS)
    engine.lay_norms(connection, book, on=day, confirmations=confirmations)
    connection.execute("DROP TABLE question")
    connection.execute("DROP TABLE norms.decisions")
    return connection
