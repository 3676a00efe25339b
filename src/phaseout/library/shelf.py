"""The rows of the store by id, and the dimension each belongs to. Read once a process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.norms import NormBook
from phaseout.law.norms.book import TABLES
from phaseout.law.norms.gaps import DIMENSION_TABLES
from phaseout.law.norms.methods import method_rows, method_tables
from phaseout.law.norms.methods.safety import PermitKind
from phaseout.law.norms.records import Row
from phaseout.law.norms.register import find_row


def row_of(row_id: str) -> Row:
    """The row of that id, of a norm table or of a table of method.

    Raises:
        Refusal: `row_unknown`, with the nearest ids.
    """
    row = all_rows().get(row_id)
    return row if row is not None else find_row(NormBook.load(), row_id)


@cache
def all_rows() -> Mapping[str, Row]:
    """Every row of the book and of the method tables by its id, in the order of the store."""
    rows = {row.row_id: row for row in NormBook.load().rows()}
    for table in method_tables():
        rows |= {row.row_id: row for row in method_rows(table)}
    return rows


@cache
def rows_of_source() -> Mapping[str, tuple[Row, ...]]:
    """The rows of norm tables that cite a document, by its id; method rows are not among them."""
    found: dict[str, list[Row]] = {}
    for row in NormBook.load().rows():
        found.setdefault(row.source_id, []).append(row)
    return {source_id: tuple(rows) for source_id, rows in found.items()}


def table_of(row_id: str) -> str:
    """The table that a row id names: `energy_limits`, `methods.product_names`."""
    return row_id.split("/", 1)[0]


def is_norm(row: Row) -> bool:
    """Whether the row stands in a norm table, not in one of our tables of method."""
    return table_of(row.row_id) in TABLES


def dimension_of(row: Row) -> Dimension | None:
    """The dimension whose judgement reads the row; None where no single one does (prices)."""
    table = table_of(row.row_id)
    if table in _OF_PERMITS:  # a permit belongs to who watches it, whichever query judges it
        named = _permit_dimensions().get(getattr(row, "kind", ""))
    elif table.startswith("methods."):
        named = type(row).__module__.rsplit(".", 1)[-1]  # one module of methods a dimension
    else:
        named = _TABLE_DIMENSIONS.get(table)
    return Dimension(named) if named in set(Dimension) else None


_OF_PERMITS = {
    f"methods.{name}"
    for name in ("permit_kinds", "permit_names", "required_permits", "permit_renewals")
}


@cache
def _permit_dimensions() -> Mapping[str, str]:
    rows = method_rows("permit_kinds")
    return {row.kind: row.dimension for row in rows if isinstance(row, PermitKind)}


_TABLE_DIMENSIONS: Mapping[str, str] = {
    **{table: dimension for dimension, table in DIMENSION_TABLES.items()},
    "energy_factors": "energy",
}
