"""The tables of this package, each read once into its records."""

from __future__ import annotations

from typing import TypeVar

from phaseout.law.norms.shipped import listed, rows_of

__all__ = ["listed", "table"]

T = TypeVar("T")


def table(name: str, kind: type[T]) -> tuple[T, ...]:
    """The rows of `tables/<name>.csv` as records of `kind`: `norms.shipped.rows_of`."""
    return rows_of(__package__, name, kind)
