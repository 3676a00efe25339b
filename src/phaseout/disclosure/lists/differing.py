"""What is different between two editions of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from phaseout.disclosure.lists.models import Edition, Entry
from phaseout.law.lists.columns import Column, columns_of


@dataclass(frozen=True, slots=True)
class Change:
    """A value that another edition says otherwise."""

    column: Column
    was: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Changed:
    entry: Entry
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """`entered`: only in the newer; `gone`: only in the older; `changed`: in both, otherwise."""

    older: Edition
    newer: Edition
    entered: tuple[Entry, ...]
    gone: tuple[Entry, ...]
    changed: tuple[Changed, ...]


def differing(older: Edition, newer: Edition) -> Differences:
    """Matched by their grounds, each in the order of its edition."""
    before, after = _entries(older), _entries(newer)
    kept = [(before[ground], entry) for ground, entry in after.items() if ground in before]
    changed = [
        Changed(now, found)
        for was, now in kept
        if (found := changes(newer.list_kind, was.columns, now.columns))
    ]
    return Differences(
        older,
        newer,
        tuple(entry for ground, entry in after.items() if ground not in before),
        tuple(entry for ground, entry in before.items() if ground not in after),
        tuple(changed),
    )


def changes(kind: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Change, ...]:
    """The columns of an entry that are said otherwise; one that the other edition does not have
    (it is older than the column) says nothing otherwise."""
    return tuple(
        Change(column, was[column.key], now[column.key])
        for column in columns_of(kind)
        if column.key in was and column.key in now and was[column.key] != now[column.key]
    )


def _entries(edition: Edition) -> dict[UUID, Entry]:
    return {entry.ground: entry for entry in edition.entries.order_by("place")}
