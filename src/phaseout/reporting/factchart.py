"""Fact charts: what an outlet measured, day by day, beside its limit; invalid days as gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb


@dataclass(frozen=True, slots=True)
class FactChart:
    """One chart and the table of the same data."""

    id: str
    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    option: dict[str, Any]


def fact_charts(connection: duckdb.DuckDBPyConnection, lang: str) -> tuple[FactChart, ...]:
    return ()
