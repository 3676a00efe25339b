"""The columns of a list of employees and the words their cells may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from phaseout.facts.schema import folded
from phaseout.law.norms.book import read_csv
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Column:
    """kind: text, day, money, whole, flag, choice, choices."""

    name: str
    words: Bilingual
    kind: str
    required: bool
    note: str
    written: frozenset[str]


@cache
def columns() -> tuple[Column, ...]:
    return tuple(
        Column(
            cells["name"],
            (cells["zh"], cells["en"]),
            cells["kind"],
            cells["required"] == "yes",
            cells["note"],
            _spellings(cells["name"], cells["zh"], cells["en"], cells["also"]),
        )
        for cells in _read("columns.csv")
    )


def column(name: str) -> Column:
    return next(one for one in columns() if one.name == name)


@cache
def choices(name: str) -> Mapping[str, str]:
    """Folded spelling → key, of the column's list (`flag` for yes and no)."""
    return {
        spelling: cells["key"]
        for cells in _read("choices.csv")
        if cells["list"] == name
        for spelling in _spellings(cells["key"], cells["zh"], cells["en"], cells["also"])
    }


@cache
def choice_words(name: str) -> Mapping[str, Bilingual]:
    """Key → its short words, in order."""
    return {
        cells["key"]: (cells["zh"], cells["en"])
        for cells in _read("choices.csv")
        if cells["list"] == name
    }


def _spellings(name: str, zh: str, en: str, also: str) -> frozenset[str]:
    return frozenset(folded(text) for text in (name, zh, en, *also.split("|")) if text)


def _read(name: str) -> list[dict[str, str]]:
    return [cells for _, cells in read_csv(resources.files(__package__) / name)]
