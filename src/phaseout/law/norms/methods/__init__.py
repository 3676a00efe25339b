"""Figures of method: shares, coefficients, marks, correction tables. Dated records like limits.

One module a subject; each names its tables in `TABLES` (table name → record). The data stand in
`tables/methods/<table>.csv`, with row_id, source, clause, evidence and confidence like every row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module, resources
from pkgutil import iter_modules

from phaseout.law.norms.book import read_csv
from phaseout.law.norms.records import Row, parse


def method_tables() -> Mapping[str, type[Row]]:
    """Every method table by name, with its record."""
    found: dict[str, type[Row]] = {}
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        found.update(import_module(f"{__name__}.{module.name}").TABLES)
    return found


@cache
def method_rows(table: str) -> tuple[Row, ...]:
    """The rows of one method table, in the order of the file.

    Raises:
        KeyError: no such method table.
        ValueError: a line does not fit the record; names file, line and column.
    """
    return tuple(_parsed(table, method_tables()[table]))


def _parsed(table: str, kind: type[Row]) -> Iterator[Row]:
    file = resources.files("phaseout.law.norms") / "tables" / "methods" / f"{table}.csv"
    for line, cells in read_csv(file):
        try:
            yield parse(kind, cells)
        except ValueError as problem:
            raise ValueError(f"methods/{table}.csv line {line}: {problem}") from None
