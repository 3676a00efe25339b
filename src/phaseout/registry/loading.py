"""Facts laid before the judgement: the versions that stand, as `facts.take` would leave them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import duckdb

from phaseout.facts.laying import create_schema, lay_unit_factors
from phaseout.facts.tables import FACT_TABLES
from phaseout.law.norms import NormBook
from phaseout.registry.copying import scratch_folder, to_engine
from phaseout.registry.standing import VERSIONED, Standing


def load_facts(
    engine: duckdb.DuckDBPyConnection,
    usccs: Collection[str] | None = None,
    *,
    known_on: date | None = None,
    book: NormBook | None = None,
) -> int:
    """Lay the schema `facts` of `engine`: the facts of these enterprises (None: of all); returns
    how many.

    Args:
        engine: tables that are missing are created; the rows are appended.
        known_on: as the facts were known at the end of that business day; None: now.
        book: for the factors between the units of facts and norms; loaded where None.
    """
    create_schema(engine)
    standing = Standing(usccs, known_on)
    rows = 0
    with scratch_folder() as folder:
        for table in VERSIONED:
            query, parameters = standing.query(table)
            rows += to_engine(
                engine, f"facts.{table}", FACT_TABLES[table], query, parameters, folder
            )
    lay_unit_factors(engine, book or NormBook.load(), None)
    return rows
