"""A table as it arrived: where its rows are, what its head says, what went wrong on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from phaseout.facts.heads import Head
from phaseout.facts.schema import Table
from phaseout.law.refusals import Refusal


class EarlyProblem(NamedTuple):
    """A problem seen while reading the file; `row` as a spreadsheet shows it."""

    row: int
    column: str
    value: str
    code: str
    zh: str = ""
    en: str = ""


class Merge(NamedTuple):
    """A merged range of a sheet: rows and places (from 0) with both ends inside, and its name."""

    first_row: int
    first_place: int
    last_row: int
    last_place: int
    name: str


@dataclass(slots=True)
class Arrived:
    """One table before its cells are read.

    Attributes:
        relation: SQL of the rows: text columns c0, c1, … by place in the file; or, when
            `numbered`, first a column `row`.
        numbered: whether the relation tells the row itself; otherwise rows follow the head
            without a gap, the first being row 2.
        again: gives another `Arrived` that reads the same file by Python, record by record; None
            where this is it already.
        rows: Arrow batches to be registered under the name in `relation`, or None.
        looked_up: whether any column reads other than it was staged, so that `clean_<table>`
            looks cells up among the readings of distinct texts.
    """

    table: Table
    file: str
    sheet: str
    head: Head
    relation: str
    numbered: bool
    again: Callable[[], Arrived] | None = None
    rows: Any = None
    looked_up: bool = False
    early: list[EarlyProblem] = field(default_factory=list)
    seen_late: Callable[[], list[EarlyProblem]] = list
    """What is looked for meanwhile, and told when the rows have been read."""
    merges: tuple[Merge, ...] = ()
    failures: list[Refusal] = field(default_factory=list)
    """A refusal raised while the engine drew rows, which would come back as an engine error."""
