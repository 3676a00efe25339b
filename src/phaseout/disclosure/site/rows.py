"""Rows of published lists as people read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from phaseout.accounts.organisations import place_words
from phaseout.disclosure.lists.published import Row
from phaseout.disclosure.lists.saying import as_counted
from phaseout.law.capacity import account
from phaseout.law.industries import INDUSTRIES
from phaseout.law.lists.columns import Column, columns_of
from phaseout.law.refusals import Bilingual
from phaseout.pages.templatetags.phaseout import amount, said
from phaseout.reporting.words import DIMENSIONS

FAMILIES: dict[str, Bilingual] = {
    "yellow": ("黄牌", "yellow list"),
    "red": ("红牌", "red list"),
    "exceedance": ("超标排放", "over an emission limit"),
    "serious": ("超标情节严重", "serious exceedance"),
    "exits": ("年度退出", "exits of the year"),
    "sealed": ("已封存未拆除", "sealed, not dismantled"),
    "commitments": ("公开承诺", "commitments"),
}
"""The families of lists in the order of clause (21), in a word."""

_SHOWN_ABOVE = frozenset({"name", "uscc", "division_code", "industry", "capacity_unit"})


@dataclass(frozen=True)
class Shown:
    """A row of the list `kind`, with its values in words."""

    kind: str
    row: Row

    @property
    def place(self) -> Bilingual:
        return place_words(self.row.division_code)

    def __getitem__(self, key: str) -> Any:
        """A column of the list as text, a date as a day; empty where nothing is known.

        Raises: KeyError, the list has no such column.
        """
        return said_value(self._columns[key], self.row.columns.get(key))

    @cached_property
    def _columns(self) -> dict[str, Column]:
        return {column.key: column for column in columns_of(self.kind)}

    @property
    def capacity_said(self) -> str:
        """The capacity with its unit, as people write it: 23.4万t/a, not 234000 t/a."""
        if counted := as_counted(self.row.columns):
            return said(counted)
        value = self.row.columns.get("capacity")
        unit = self.row.columns.get("capacity_unit")
        return str(amount(Decimal(value), unit)) if value else ""

    @property
    def details(self) -> list[tuple[Column, str]]:
        """What is known besides name and code, each column with its value in words."""
        found = []
        for key, column in self._columns.items():
            value = self.capacity_said if key == "capacity" else self[key]
            if key not in _SHOWN_ABOVE and value:
                found.append((column, str(value)))
        return found


def said_value(column: Column, value: Any) -> Any:
    """A value as a page shows it, in its language: codes in words, days as dates."""
    if value in (None, ""):
        return ""
    if column.type == "date":
        return date.fromisoformat(value)
    if column.type == "words":
        return said((value.get("zh") or "", value.get("en") or ""))
    words = _WORDS.get(column.key)
    return said(words(value)) if words else value


def industry_words(key: str) -> Bilingual:
    known = INDUSTRIES.get(key)
    return (known.zh, known.en) if known else (key, key)


_WORDS: Mapping[str, Callable[[str], Bilingual]] = {
    "division_code": place_words,
    "industry": industry_words,
    "dimension": lambda key: DIMENSIONS.get(key, (key, key)),
    "exit_form": lambda key: account(key).name,
    "extended": lambda key: {"yes": ("是", "yes"), "no": ("否", "no")}.get(key, (key, key)),
}
"""Columns whose values are codes, and what a code means."""
