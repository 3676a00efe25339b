"""The nine areas of clause (17): who carries each, and what it asks of them."""

from __future__ import annotations

from dataclasses import dataclass

from phaseout.law.refusals import Bilingual
from phaseout.law.sanctions.tables import listed, table


@dataclass(frozen=True, slots=True)
class _Row:
    area: str
    functions: str
    zh: str
    en: str
    asks_zh: str
    asks_en: str
    note: str


@dataclass(frozen=True, slots=True)
class Area:
    """One area: its code, the functions that carry it, its name, what is asked."""

    code: str
    functions: tuple[str, ...]
    words: Bilingual
    asks: Bilingual
    note: str


COAL_MINES = "cms"
"""Looks after coal mines and nothing else."""


def areas() -> tuple[Area, ...]:
    """All areas in the order of the clause."""
    return tuple(
        Area(r.area, listed(r.functions), (r.zh, r.en), (r.asks_zh, r.asks_en), r.note)
        for r in table("areas", _Row)
    )


def area(code: str) -> Area:
    """The area of that code.

    Raises:
        KeyError: there is none.
    """
    for one in areas():
        if one.code == code:
            return one
    raise KeyError(code)


def carriers(one: Area, industry: str) -> tuple[str, ...]:
    """Who carries an area for a firm of an industry: the coal mine bureau for coal alone, and then
    in the place of the work safety bureau."""
    if COAL_MINES not in one.functions:
        return one.functions
    mines = industry == "coal"
    return tuple(f for f in one.functions if (f == COAL_MINES) is mines)
