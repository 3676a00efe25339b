"""Conditions and corrections of a norm row as facts that settle them: `key=value;…`.

Which keys there are is read from the readings and the method tables of the norm store, so a
condition that becomes decidable there is settled here without a change. Some are left out, as in
life: those findings say which condition is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources

from phaseout.law import norms
from phaseout.law.norms.book import read_csv
from phaseout.law.norms.reading import Kind, Part, read
from phaseout.province.chance import Chance
from phaseout.province.writing_numbers import plain

LEFT_OUT = 0.05
"""Share of conditions that the facts do not give."""

Cells = Iterable[tuple[str, str]]
"""(column, prose) of a norm row."""


@dataclass(frozen=True, slots=True)
class Given:
    """A key that a correction may need: how often plants report it, and in which range or as
    which of the words joined by |."""

    table: str
    correction: str
    key: str
    low: float
    high: float
    digits: int
    words: tuple[str, ...]
    share: float


def conditions(table: str, cells: Cells, chance: Chance) -> dict[str, str]:
    """Values under which every decidable condition of the row holds, less what is left out.

    Only keys that facts give in their column `conditions` are answered.
    """
    asked: dict[str, list[Part]] = defaultdict(list)
    for part in _parts(table, cells):
        if part.kind is Kind.CONDITION and _is_answered(table, part.key):
            asked[part.key].append(part)
    found = {key: _meeting(parts, chance) for key, parts in asked.items()}
    return {key: value for key, value in found.items() if value and not chance.happens(LEFT_OUT)}


def corrections(table: str, cells: Cells, chance: Chance) -> dict[str, str]:
    """What the row's corrections need, as far as plants report it."""
    found: dict[str, str] = {}
    for part in _parts(table, cells):
        if part.kind is Kind.CORRECTION:
            for given in _given(table, part.key.split(":")[0]):
                number = plain(chance.between(given.low, given.high), given.digits)
                value = chance.pick(given.words) if given.words else number
                if chance.happens(given.share):
                    found[given.key] = value
    return found


def written(conditions: Mapping[str, str]) -> str:
    """Conditions as one cell, keys in order."""
    return ";".join(f"{key}={conditions[key]}" for key in sorted(conditions))


@cache
def keys_in_conditions(table: str) -> frozenset[str]:
    """The condition keys that facts of that norm table give in their column `conditions`."""
    file = resources.files(norms) / "readings" / "keys.csv"
    return frozenset(
        cells["key"]
        for _, cells in read_csv(file)
        if cells["table"] == table and cells["from"].startswith("conditions")
    )


OTHER_KEYS = frozenset(
    {"approved_on", "commissioned_on", "built_on", "day", "process_name", "boiler_hot_water_mw"}
)
"""Keys that lines or periods answer, and one that contradicts another: a steam boiler has no
hot-water size."""


def _is_answered(table: str, key: str) -> bool:
    """Whether `conditions` gives the key: as listed, or any key where nothing is listed."""
    listed = keys_in_conditions(table)
    return key not in OTHER_KEYS and (not listed or key in listed)


def _parts(table: str, cells: Cells) -> Iterable[Part]:
    for column, prose in cells:
        yield from read(table, column, prose)


def _meeting(parts: list[Part], chance: Chance) -> str:
    """A value for which all parts (of one key) hold; empty where none can be made up."""
    for part in parts:
        if part.operator == "=":
            return part.value
        if part.operator == "in":
            return chance.pick(part.value.split("|"))
    bounds = [part for part in parts if part.operator != "!="]
    try:
        above = [Decimal(part.value) for part in bounds if part.operator in (">", ">=")]
        below = [Decimal(part.value) for part in bounds if part.operator in ("<", "<=")]
    except InvalidOperation:
        return _day_meeting(bounds[0])
    return _number_between(above, below, chance) if bounds else ""


def _number_between(above: list[Decimal], below: list[Decimal], chance: Chance) -> str:
    low = float(max(above)) if above else float(min(below)) * 0.5
    high = float(min(below)) if below else float(max(above)) * 1.6
    return plain(low + (high - low) * chance.between(0.2, 0.8), 1 if high - low < 100 else 0)


def _day_meeting(part: Part) -> str:
    try:
        day = date.fromisoformat(part.value)
    except ValueError:
        return ""
    return (day + timedelta(days=200 if part.operator in (">", ">=") else -200)).isoformat()


@cache
def _given(table: str, correction: str) -> tuple[Given, ...]:
    file = resources.files(__package__) / "menu" / "corrections.csv"
    return tuple(
        Given(
            cells["table"],
            cells["correction"],
            cells["key"],
            float(cells["low"] or 0),
            float(cells["high"] or 0),
            int(cells["digits"] or 0),
            tuple(cells["words"].split("|")) if cells["words"] else (),
            float(cells["share"]),
        )
        for _, cells in read_csv(file)
        if (cells["table"], cells["correction"]) == (table, correction)
    )
