"""The last step: good rows into the schema `facts`, lists taken apart, unit factors laid."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa

from phaseout.facts import listed
from phaseout.facts.asking import first_row
from phaseout.facts.ledger import Ledger
from phaseout.facts.schema import Table, tables
from phaseout.facts.staging import row_number, staged, stays
from phaseout.facts.tables import CREATE_FACT_TABLES, FACT_TABLES
from phaseout.facts.units import factors
from phaseout.facts.vocabulary import Vocabulary
from phaseout.law.norms.book import NormBook

_FACT_KEYS = {
    "energy": ("line_id", "product", "process", "indicator", "period_start", "period_end"),
    "energy_inputs": (
        "line_id",
        "product",
        "indicator",
        "period_start",
        "period_end",
        "energy",
    ),
    "outputs": ("line_id", "product", "period_start", "period_end"),
}

_UNITS = {
    "lines": "capacity_unit",
    "equipment": "unit",
    "energy": "unit",
    "energy_inputs": "unit",
    "outputs": "unit",
    "permitted": "unit",
    "monitoring": "unit",
    "tests": "unit",
}

_PERMITTED = pa.schema(
    [
        ("cell", pa.string()),
        ("pollutant_code", pa.string()),
        ("value", pa.decimal128(18, 6)),
        ("unit", pa.string()),
    ]
)
_CONDITIONS = pa.schema(
    [
        ("cell", pa.string()),
        ("key", pa.string()),
        ("text", pa.string()),
        ("number", pa.decimal128(18, 6)),
        ("day", pa.date32()),
    ]
)


def create_schema(connection: duckdb.DuckDBPyConnection) -> None:
    """The schema `facts` with all its tables, where they are not there yet."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS facts")
    there = connection.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'facts'"
    ).fetchall()
    for table, statement in zip(FACT_TABLES, CREATE_FACT_TABLES, strict=True):
        if (table,) not in there:
            connection.execute(statement)


def lay(ledger: Ledger, table: Table, vocabulary: Vocabulary) -> int:
    """Insert the good rows of a table; returns how many."""
    if _may_stay(ledger, table):
        return _keep(ledger, table)
    rows = ledger.good(table)
    columns = [_column(ledger, table, name) for name in FACT_TABLES[table.name]]
    inserted = first_row(
        ledger.connection,
        f"INSERT INTO facts.{table.name} SELECT {', '.join(columns)} FROM {rows} AS t",
    )
    if table.name == "outlets":
        _lay_lists(ledger, rows, "permitted_concentrations", vocabulary)
        _lay_conditions(ledger, rows, "outlet", "outlet_id")
    if table.name == "energy":
        _lay_conditions(ledger, rows, "energy", _fact_id("energy"))
    return int(inserted[0])


def _may_stay(ledger: Ledger, table: Table) -> bool:
    """Whether the staged rows can become the facts: each cell as staged, and none taken before."""
    if not stays(table) or ledger.arrived[table.name].looked_up or table.name in ledger.whole:
        return False
    found = first_row(ledger.connection, f"SELECT NOT EXISTS (SELECT 1 FROM facts.{table.name})")
    return bool(found[0])


def _keep(ledger: Ledger, table: Table) -> int:
    """Make the staged rows the table of facts, without the rows that are left out."""
    connection, name, arrived = ledger.connection, staged(table), ledger.arrived[table.name]
    row = row_number(arrived).replace("s.", "")
    connection.execute(
        f"DELETE FROM {name} WHERE is_empty OR {row} IN (SELECT row FROM problem "
        f"WHERE refused AND table_name = $1) OR {row} IN "
        "(SELECT row FROM dropped WHERE table_name = $1)",
        [table.name],
    )
    connection.execute(f"DROP TABLE facts.{table.name}")
    for column in (*(["row"] if arrived.numbered else []), "leftover", "is_empty"):
        connection.execute(f"ALTER TABLE {name} DROP COLUMN {column}")
    connection.execute(f"ALTER TABLE {name} RENAME TO {table.name}")
    return int(first_row(connection, f"SELECT count(*) FROM facts.{table.name}")[0])


def _column(ledger: Ledger, table: Table, name: str) -> str:
    if name == "fact_id":
        return f"{_fact_id(table.name)} AS fact_id"
    if table.name == "hazards" and name in ("source_id", "clause"):
        # The criterion is split at its first blank.
        blank = "strpos(criterion, ' ')"
        return (
            f"left(criterion, {blank} - 1)"
            if name == "source_id"
            else f"substr(criterion, {blank} + 1)"
        )
    if table.name == "lines" and name == "division_code":
        # A line lies where it says, else where its enterprise does.
        places = ["facts.enterprises"]
        if registered := ledger.registered(tables()["enterprises"]):
            places.append(registered)
        of_enterprise = ", ".join(
            f"(SELECT any_value(e.division_code) FROM {place} AS e WHERE e.uscc = t.uscc)"
            for place in places
        )
        return f"coalesce(t.division_code, {of_enterprise})"
    return f't."{name}"'


def _fact_id(table: str) -> str:
    parts = ", ".join(f"coalesce(CAST(\"{name}\" AS VARCHAR), '')" for name in _FACT_KEYS[table])
    return f"md5(concat_ws(chr(31), '{table}', {parts}))"


def _lay_lists(ledger: Ledger, rows: str, column: str, vocabulary: Vocabulary) -> None:
    def taken_apart(cell: str) -> list[tuple[object, ...]]:
        return [(cell, *part) for part in listed.permitted(cell, vocabulary)[0]]

    _explode(ledger.connection, rows, column, _PERMITTED, taken_apart)
    ledger.connection.execute(
        f"INSERT INTO facts.permitted SELECT t.outlet_id, x.pollutant_code, x.value, x.unit "
        f'FROM {rows} AS t JOIN exploded AS x ON t."{column}" = x.cell'
    )


def _lay_conditions(ledger: Ledger, rows: str, owner: str, owner_id: str) -> None:
    def taken_apart(cell: str) -> list[tuple[object, ...]]:
        return [(cell, *part) for part in listed.conditions(cell)[0]]

    _explode(ledger.connection, rows, "conditions", _CONDITIONS, taken_apart)
    ledger.connection.execute(
        f"INSERT INTO facts.conditions SELECT '{owner}', t.owner_id, "
        "x.key, x.text, x.number, x.day "
        f"FROM (SELECT {owner_id} AS owner_id, conditions FROM {rows}) AS t "
        "JOIN exploded AS x ON t.conditions = x.cell"
    )


def _explode(
    connection: duckdb.DuckDBPyConnection,
    rows: str,
    column: str,
    schema: pa.Schema,
    taken_apart: Callable[[str], list[tuple[object, ...]]],
) -> None:
    cells = connection.execute(
        f'SELECT DISTINCT "{column}" FROM {rows} WHERE "{column}" IS NOT NULL ORDER BY 1'
    ).fetchall()
    parts = [part for (cell,) in cells for part in taken_apart(cell)]
    arrays = [
        pa.array(_fitting([part[at] for part in parts], field), type=field.type)
        for at, field in enumerate(schema)
    ]
    connection.register("arriving_parts", pa.table(arrays, schema=schema))
    connection.execute("CREATE OR REPLACE TEMP TABLE exploded AS SELECT * FROM arriving_parts")
    connection.unregister("arriving_parts")


def _fitting(values: list[Any], field: pa.Field) -> list[Any]:
    """Decimals with as many places as the field has."""
    if not pa.types.is_decimal(field.type):
        return values
    step = Decimal((0, (1,), -field.type.scale))
    return [value if value is None else value.quantize(step) for value in values]


def lay_unit_factors(
    connection: duckdb.DuckDBPyConnection, book: NormBook, read_units: Iterable[str] | None
) -> None:
    """Fill `facts.unit_factors` anew: every convertible pair of the units in facts and norms.

    `read_units` are the units of the readings where those are known, so that a view over many
    million readings need not be read again.
    """
    queries = " UNION ".join(
        f"SELECT {column} AS unit FROM facts.{table}"
        for table, column in _UNITS.items()
        if not (table == "monitoring" and read_units is not None)
    )
    written = connection.execute(f"SELECT unit FROM ({queries}) WHERE unit IS NOT NULL").fetchall()
    pairs = factors({*(read_units or ()), *(unit for (unit,) in written)}, book)
    connection.execute("DELETE FROM facts.unit_factors")
    table = pa.table(
        [
            pa.array([pair[0] for pair in pairs], pa.string()),
            pa.array([pair[1] for pair in pairs], pa.string()),
            pa.array(
                [pair[2].quantize(Decimal("0.000000001")) for pair in pairs],
                pa.decimal128(18, 9),
            ),
        ],
        names=["from_unit", "to_unit", "factor"],
    )
    connection.register("arriving_factors", table)
    connection.execute("INSERT INTO facts.unit_factors SELECT * FROM arriving_factors")
    connection.unregister("arriving_factors")
