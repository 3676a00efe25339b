"""What a facts table may hold: one declarative schema, kept as data beside this file.

    tables.csv    the tables: English file or sheet name, Chinese name, other names
    columns.csv   their columns: kind of cell, required, part of the key, bound, what it refers to,
                  which list of choices or names it takes, labels
    choices.csv   the closed lists: key, Chinese, English, other spellings

Every check of the intake is made from these three.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources

from phaseout.law.norms.book import read_csv


class Kind(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    CODE = "code"
    """text of few distinct values in many rows"""
    NUMBER = "number"
    """decimal, at most 12 digits before and 6 after the point"""
    REAL = "real"
    """floating point: readings only"""
    WHOLE = "whole"
    YEAR = "year"
    DAY = "day"
    MOMENT = "moment"
    """Beijing local time"""
    FLAG = "flag"
    CHOICE = "choice"
    NAME = "name"
    UNIT = "unit"
    USCC = "uscc"
    DIVISION = "division"
    INDUSTRY = "industry"
    POLLUTANT = "pollutant"
    STANDARD = "standard"
    CRITERION = "criterion"
    CONDITIONS = "conditions"
    PERMITTED = "permitted"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one table. `bound` is '', not_negative, positive or sign_noticed; `refers`
    names the table whose key the cell must be found in; `choices` the list of names."""

    table: str
    name: str
    kind: Kind
    required: bool
    key: bool
    bound: str
    refers: str
    choices: str
    zh: str
    en: str
    written: frozenset[str]
    """Every accepted spelling of the head, folded."""


@dataclass(frozen=True, slots=True)
class Table:
    """One facts table. `written` holds every accepted file or sheet name, folded."""

    name: str
    zh: str
    columns: tuple[Column, ...]
    written: frozenset[str]

    def column(self, name: str) -> Column:
        """The column of that English name.

        Raises:
            KeyError: the table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def key(self) -> tuple[str, ...]:
        """The natural key, in the order of the columns."""
        return tuple(column.name for column in self.columns if column.key)


@lru_cache(maxsize=32_768)
def folded(text: str) -> str:
    """A name reduced to what tells it apart: no blanks, capitals, widths, or joints.

    >>> folded("Ｌine　ID*"), folded("line_id")
    ('lineid', 'lineid')
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(plain.split()).translate(_JOINTS)


_JOINTS = dict.fromkeys(map(ord, "_-*\ufeff"))


@cache
def tables() -> Mapping[str, Table]:
    """The facts tables by name, in the order in which they are taken."""
    columns: dict[str, list[Column]] = {}
    for cells in _read("columns.csv"):
        columns.setdefault(cells["table"], []).append(_column(cells))
    return {
        cells["table"]: Table(
            cells["table"],
            cells["zh"],
            tuple(columns[cells["table"]]),
            _spellings(cells["table"], cells["zh"], cells["en"], cells["also"]),
        )
        for cells in _read("tables.csv")
    }


@cache
def choices(name: str) -> Mapping[str, str]:
    """Folded spelling → key, for the closed list `name`."""
    return {
        spelling: cells["key"]
        for cells in _read("choices.csv")
        if cells["choices"] == name
        for spelling in _spellings(cells["key"], cells["zh"], cells["en"], cells["also"])
    }


@cache
def choice_labels(name: str) -> tuple[tuple[str, str], ...]:
    """(key, Chinese) of the closed list `name`, in order."""
    return tuple(
        (cells["key"], cells["zh"]) for cells in _read("choices.csv") if cells["choices"] == name
    )


def _column(cells: Mapping[str, str]) -> Column:
    return Column(
        cells["table"],
        cells["column"],
        Kind(cells["kind"]),
        cells["required"] == "yes",
        cells["key"] == "yes",
        cells["bound"],
        cells["refers"],
        cells["choices"] or ("manual" if cells["kind"] == "flag" else ""),
        cells["zh"],
        cells["en"],
        _spellings(cells["column"], cells["zh"], cells["en"], cells["also"]),
    )


def _spellings(name: str, zh: str, en: str, also: str) -> frozenset[str]:
    return frozenset(folded(text) for text in (name, zh, en, *also.split("|")) if text)


def _read(name: str) -> list[dict[str, str]]:
    return [cells for _, cells in read_csv(resources.files(__package__) / name)]
