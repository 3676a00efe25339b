"""How the prose of a condition is read: what a machine can decide, what stays open, what remarks.

The store keeps every condition as it was written. `readings/<table>.csv` says, once for each
wording, what it means; a wording without a reading counts as open, and `phaseout norms check`
names it. One wording may have several lines (all must hold).

    column   the column of the table in which the wording stands
    prose    the wording: one part between semicolons (outside brackets), or the whole cell
             for columns other than `condition`
    kind     condition   decided by the facts: `key operator value`
             open        a condition that no fact here can decide: makes a finding provisional
             correction  names a correction of value or limit: `key` is the correction's id
             remark      tells about the row itself: shown, decides nothing
    key, operator, value      operator one of = != in < <= > >=; `in` lists values with |
    note     why it is read so
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from phaseout.law.norms.book import read_csv

PROSE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "energy_limits": ("condition", "process_zh"),
    "emission_limits": ("condition", "source_zh"),
    "equipment_catalogue": ("exceptions_en",),
}
"""The columns whose prose has readings, by table."""


class Kind(StrEnum):
    """What a wording of a norm row is: decidable, not decidable, a correction, or only said."""

    CONDITION = "condition"
    OPEN = "open"
    CORRECTION = "correction"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a reading."""

    kind: Kind
    prose: str
    key: str
    operator: str
    value: str
    note: str


def fragments(prose: str) -> list[str]:
    """The parts of a condition: split at semicolons outside brackets, trimmed, empty ones dropped.

    >>> fragments("discharge=direct; page (seen; twice); ")
    ['discharge=direct', 'page (seen; twice)']
    """
    if ";" not in prose:
        return [prose.strip()] if prose.strip() else []
    parts, depth, start = [], 0, 0
    for at, character in enumerate(prose):
        depth += (character in "(（") - (character in ")）")
        if character == ";" and depth <= 0:
            parts.append(prose[start:at])
            start = at + 1
    parts.append(prose[start:])
    return [part.strip() for part in parts if part.strip()]


@cache
def read(table: str, column: str, cell: str) -> tuple[Part, ...]:
    """What the cell of a row means, part by part.

    A wording that nobody has read yet counts as an open condition: it may be one, and a person
    has to look. `unread` finds such wordings.
    """
    known = _readings(table)
    found: list[Part] = []
    for piece in _pieces(column, cell):
        found += known.get((column, piece), (Part(Kind.OPEN, piece, "", "", "", "unread"),))
    return tuple(found)


def unread(table: str, column: str, cell: str) -> list[str]:
    """The wordings in the cell without a line in `readings/<table>.csv`."""
    known = _readings(table)
    return [piece for piece in _pieces(column, cell) if (column, piece) not in known]


def _pieces(column: str, cell: str) -> list[str]:
    if column == "condition":
        return fragments(cell)
    return [cell] if cell else []


@cache
def _readings(table: str) -> Mapping[tuple[str, str], tuple[Part, ...]]:
    file = resources.files(__package__) / "readings" / f"{table}.csv"
    found: dict[tuple[str, str], tuple[Part, ...]] = defaultdict(tuple)
    if file.is_file():
        for _, cells in read_csv(file):
            part = Part(
                Kind(cells["kind"]),
                cells["prose"],
                cells["key"],
                cells["operator"],
                cells["value"],
                cells["note"],
            )
            found[cells["column"], cells["prose"]] += (part,)
    return dict(found)
