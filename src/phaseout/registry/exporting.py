"""The registry as a facts folder: CSV files that `phaseout judge` takes back to the same facts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

import duckdb

from phaseout.facts.arriving import arriving
from phaseout.facts.asking import first_row
from phaseout.facts.schema import Table, tables
from phaseout.facts.tables import FACT_TABLES
from phaseout.law.norms import NormBook
from phaseout.registry.loading import load_facts

_PUT_TOGETHER = {
    "criterion": "f.source_id || ' ' || f.clause",
    "permitted_concentrations": (
        "(SELECT string_agg(p.pollutant_code || '=' || p.value || ' ' || p.unit, ';' "
        "ORDER BY p.pollutant_code) FROM facts.permitted AS p WHERE p.outlet_id = f.outlet_id)"
    ),
}
"""Columns that the intake takes apart."""


def write_facts(
    folder: Path,
    usccs: Collection[str] | None = None,
    *,
    known_on: date | None = None,
    book: NormBook | None = None,
) -> dict[str, int]:
    """Write the facts of these enterprises (None: of all) as a CSV file for each table that has
    any; returns table → rows.

    Texts stand as they were taken, for a program to read: a file for a spreadsheet is another
    matter (`facts.export_safety`).

    Args:
        known_on: as the facts were known at the end of that business day; None: now.
    """
    written: dict[str, int] = {}
    with duckdb.connect() as engine:
        load_facts(engine, usccs, known_on=known_on, book=book)
        for name, table in tables().items():
            if first_row(engine, f"SELECT NOT EXISTS (SELECT 1 FROM facts.{name})")[0]:
                continue
            with arriving(folder / f"{name}.csv") as beside:
                rows = engine.execute(
                    f"COPY ({_rows(table)}) TO '{beside}' (FORMAT csv, HEADER true)"
                ).fetchall()
            written[name] = int(rows[0][0])
    return written


def _rows(table: Table) -> str:
    laid = FACT_TABLES[table.name]
    columns = ", ".join(
        f'f."{column.name}"'
        if column.name in laid
        else f'{_PUT_TOGETHER[column.name]} AS "{column.name}"'
        for column in table.columns
    )
    key = ", ".join(f'"{name}"' for name in table.key)
    return f"SELECT {columns} FROM facts.{table.name} AS f ORDER BY {key}"
