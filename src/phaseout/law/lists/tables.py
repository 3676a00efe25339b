"""The tables of this package, each read once into its records."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, TypeVar, cast

from phaseout.law.norms.book import read_csv
from phaseout.law.norms.records import parse

T = TypeVar("T")


def table(name: str, kind: type[T]) -> tuple[T, ...]:
    """The rows of `tables/<name>.csv` as records of `kind`, in the order of the file.

    Raises:
        ValueError: a cell does not fit; names file, line and column.
    """
    return cast(tuple[T, ...], _read(name, cast(Any, kind)))


@cache
def _read(name: str, kind: type[Any]) -> tuple[Any, ...]:
    file = resources.files(__package__) / "tables" / f"{name}.csv"
    found = []
    for line, cells in read_csv(file):
        try:
            found.append(parse(kind, cells))
        except ValueError as problem:
            raise ValueError(f"{name}.csv line {line}: {problem}") from None
    return tuple(found)


def listed(text: str) -> tuple[str, ...]:
    """The parts of a cell that lists: `a;b`."""
    return tuple(part for part in text.split(";") if part)
