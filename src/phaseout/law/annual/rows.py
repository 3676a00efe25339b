"""The tables of this package as records."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, TypeVar

from phaseout.law.norms.book import read_csv
from phaseout.law.norms.records import parse

T = TypeVar("T")


def rows(kind: type[T], name: str) -> tuple[T, ...]:
    """The rows of a table, in its order. Read once.

    Raises:
        ValueError: a line does not fit the record; names file and line.
    """
    key: Any = kind
    found: tuple[T, ...] = _read(key, name)
    return found


@cache
def _read(kind: Any, name: str) -> tuple[Any, ...]:
    found = []
    for line, cells in read_csv(resources.files(__package__) / "tables" / f"{name}.csv"):
        try:
            found.append(parse(kind, cells))
        except ValueError as problem:
            raise ValueError(f"annual/{name}.csv line {line}: {problem}") from None
    return tuple(found)
