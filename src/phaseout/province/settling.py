"""Conditions of a norm row as facts that settle them: `key=value;…` as the tables take them.

What the keys are is read from the readings of the norm store, so a condition that becomes
decidable there is settled here without a change. Some are left out or given another way, as in
life: those findings say which condition is missing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources

from phaseout.law import norms
from phaseout.law.norms.reading import Kind, Part, read
from phaseout.province.chance import Chance
from phaseout.province.writing_numbers import plain

LEFT_OUT = 0.06
"""Share of conditions that the facts do not give."""


@dataclass(frozen=True, slots=True)
class Given:
    """A key that a norm's correction may need, with the range in which plants report it."""

    table: str
    correction: str
    key: str
    low: float
    high: float
    digits: int
    share: float


def settled_by(
    table: str, cells: Iterable[tuple[str, str]], chance: Chance, keys: frozenset[str]
) -> dict[str, str]:
    """Values for the condition keys that the cells (column, prose) of a norm row state.

    Only keys that `keys` lists as given in the column `conditions` are answered.
    """
    found: dict[str, str] = {}
    for column, prose in cells:
        for part in read(table, column, prose):
            if part.kind is Kind.CONDITION and part.key in keys and part.key not in found:
                value = _meeting(part, chance)
                if value and not chance.happens(LEFT_OUT):
                    found[part.key] = value
            elif part.kind is Kind.CORRECTION:
                found.update(_corrected(table, part.key, chance))
    return found


def written(conditions: dict[str, str]) -> str:
    """Conditions as one cell, keys in order."""
    return ";".join(f"{key}={conditions[key]}" for key in sorted(conditions))


@cache
def keys_in_conditions(table: str) -> frozenset[str]:
    """The condition keys that facts of that table give in their column `conditions`."""
    file = resources.files(norms) / "readings" / "keys.csv"
    if not file.is_file():
        return frozenset()
    lines = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return frozenset(
        cells["key"] for cells in lines if cells["table"] == table and cells["from"] == "conditions"
    )


def _meeting(part: Part, chance: Chance) -> str:
    """A value for which the part holds; empty where none can be made up."""
    if part.operator == "=":
        return part.value
    if part.operator == "in":
        return chance.pick(part.value.split("|"))
    if part.operator == "!=":
        return ""
    try:
        bound = Decimal(part.value)
    except InvalidOperation:
        return _day_meeting(part)
    up = part.operator in (">", ">=")
    factor = chance.between(1.02, 1.4) if up else chance.between(0.6, 0.98)
    return plain(float(bound) * factor, 2)


def _day_meeting(part: Part) -> str:
    try:
        day = date.fromisoformat(part.value)
    except ValueError:
        return ""
    return (day + timedelta(days=200 if part.operator in (">", ">=") else -200)).isoformat()


def _corrected(table: str, correction: str, chance: Chance) -> dict[str, str]:
    found: dict[str, str] = {}
    for given in _given(table, correction):
        value = plain(chance.between(given.low, given.high), given.digits)
        if chance.happens(given.share):
            found[given.key] = value
    return found


@cache
def _given(table: str, correction: str) -> tuple[Given, ...]:
    file = resources.files(__package__) / "menu" / "corrections.csv"
    lines = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return tuple(
        Given(
            cells["table"],
            cells["correction"],
            cells["key"],
            float(cells["low"]),
            float(cells["high"]),
            int(cells["digits"]),
            float(cells["share"]),
        )
        for cells in lines
        if cells["table"] == table and cells["correction"] == correction
    )
