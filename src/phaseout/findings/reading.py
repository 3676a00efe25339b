"""Rows of the engine as Python values, read by columns: half the time of reading by cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa

BATCH = 5_000

_DAY_ZERO = date(1970, 1, 1).toordinal()


def read_rows(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Iterable[Any] = ()
) -> Iterator[dict[str, Any]]:
    """Every row of a query as column → value, as `fetchall` would give it.

    The connection may be used for other queries meanwhile.
    """
    # A cursor of its own: another query on the connection would end this one.
    reader = connection.cursor().sql(query, params=list(parameters)).to_arrow_reader(BATCH)
    names = reader.schema.names
    for batch in reader:
        columns = [_values(column) for column in batch.columns]
        for row in zip(*columns, strict=True):
            yield dict(zip(names, row, strict=True))


def _values(column: pa.Array) -> list[Any]:
    if pa.types.is_date(column.type):
        days = column.cast(pa.int32()).to_pylist()
        dates = {day: None if day is None else date.fromordinal(_DAY_ZERO + day) for day in {*days}}
        return [dates[day] for day in days]
    if pa.types.is_decimal(column.type):
        # Without places it is a whole number of the engine too long for 64 bits.
        kind = Decimal if column.type.scale else int
        texts = column.cast(pa.string()).to_pylist()
        return [None if text is None else kind(text) for text in texts]
    return column.to_pylist()  # type: ignore[no-any-return]
