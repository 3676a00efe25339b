"""One row from the engine, with nothing left unfetched on the connection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import duckdb


def first_row(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Iterable[object] = ()
) -> tuple[Any, ...]:
    """The first row of `query`.

    All rows are fetched: a result half fetched would keep the connection from other work.

    Raises:
        LookupError: the query yields no row.
    """
    rows: list[tuple[Any, ...]] = connection.execute(query, list(parameters)).fetchall()
    if not rows:
        raise LookupError(f"no row: {query}")
    return rows[0]
