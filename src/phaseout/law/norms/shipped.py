"""The tables that a package of the law ships beside its code, as records."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, TypeVar, cast

from phaseout.law.norms.book import read_csv
from phaseout.law.norms.records import parse

T = TypeVar("T")


def rows_of(package: str, name: str, kind: type[T]) -> tuple[T, ...]:
    """The rows of `tables/<name>.csv` in a package (`__package__` of who asks) as records of
    `kind`, in the order of the file. Read once.

    Raises:
        ValueError: a line does not fit the record; names package, file, line and column.
    """
    return cast(tuple[T, ...], _read(package, name, cast(Any, kind)))


@cache
def _read(package: str, name: str, kind: type[Any]) -> tuple[Any, ...]:
    found = []
    for line, cells in read_csv(resources.files(package) / "tables" / f"{name}.csv"):
        try:
            found.append(parse(kind, cells))
        except (ValueError, TypeError) as problem:
            room = package.rpartition(".")[2]
            raise ValueError(f"{room}/{name}.csv line {line}: {problem}") from None
    return tuple(found)


def listed(text: str) -> tuple[str, ...]:
    """The parts of a cell that lists: `a;b`; none for an empty cell."""
    return tuple(part for part in text.split(";") if part)
