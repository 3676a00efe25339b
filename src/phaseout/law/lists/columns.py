"""What an entry of a list says, and which of it is public. What is not marked public is in none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from phaseout.law.lists.kinds import list_kind
from phaseout.law.lists.tables import listed, table
from phaseout.law.refusals import Bilingual

ALL = "*"


@dataclass(frozen=True, slots=True)
class _Row:
    column: str
    families: str
    type: str
    public: str
    correctable: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Column:
    """`type`: text, date (YYYY-MM-DD), number (a decimal as text) or words ({"zh": …, "en": …}).
    `correctable`: a numbered correction may say it otherwise; the rest follows from acts and is
    corrected there."""

    key: str
    families: tuple[str, ...]
    type: str
    public: bool
    correctable: bool
    words: Bilingual


@cache
def all_columns() -> tuple[Column, ...]:
    """Every column of the lists, in the order of the table."""
    return tuple(
        Column(
            r.column,
            listed(r.families),
            r.type,
            r.public == "yes",
            r.correctable == "yes",
            (r.zh, r.en),
        )
        for r in table("columns", _Row)
    )


@cache
def columns_of(kind: str) -> tuple[Column, ...]:
    """The public columns of a list, in their order."""
    family = list_kind(kind).family
    return tuple(
        c for c in all_columns() if c.public and (ALL in c.families or family in c.families)
    )


def public_part(kind: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """What of all that is known goes into an entry: the public columns, in order; None where
    nothing is known."""
    return {column.key: known.get(column.key) for column in columns_of(kind)}
