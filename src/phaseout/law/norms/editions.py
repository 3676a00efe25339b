"""The editions of a standard on a time line, and the same limit in other editions.

    editions(source, book)       all documents of its line of succession, in the order of their days
    same_question(row, book)     the rows of these documents that ask what `row` asks

A line of succession: the documents of one number, what they replaced and what replaced them. An
amendment stands in it beside the standard that it amends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from phaseout.law.norms.book import NormBook
from phaseout.law.norms.checks.editions import question
from phaseout.law.norms.documents import family, is_amendment, successor
from phaseout.law.norms.methods import method_rows
from phaseout.law.norms.methods.energy import EnergyName
from phaseout.law.norms.records import (
    CreditField,
    DatedRow,
    EnergyLimit,
    EquipmentEntry,
    HazardCriterion,
    PriceRule,
    ProceduralTerm,
    Row,
    Source,
)
from phaseout.law.norms.validity import of_row, of_source

Question = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One document of a line of succession. Its days are those printed, or those of its rows where
    the document prints none; both ends are inside, None is open or not known (`dated` tells)."""

    source: Source
    first: date | None
    last: date | None
    rows: int
    amends: bool

    @property
    def dated(self) -> bool:
        return self.first is not None


def editions(source: Source, book: NormBook) -> tuple[Edition, ...]:
    """The whole line of succession of a document, itself included, the earliest first."""
    beside = _succession(book).beside
    found = {source.source_id}
    waiting = [source.source_id]
    while waiting:
        near = beside[waiting.pop()] - found
        found |= near
        waiting += sorted(near)
    made = [_edition(book.sources[source_id], book) for source_id in found]
    return tuple(sorted(made, key=lambda e: (e.first or date.max, e.amends, e.source.source_id)))


def same_question(row: Row, book: NormBook) -> tuple[Row, ...]:
    """The rows of the line of succession, `row` included, that ask what it asks, by their days."""
    asked = asks(row)
    source = book.sources.get(row.source_id)
    if asked is None or source is None:
        return (row,)
    chain = {edition.source.source_id for edition in editions(source, book)}
    rows = _succession(book).rows
    found = [
        other
        for source_id in chain
        for other in rows.get(source_id, ())
        if type(other) is type(row) and asks(other) == asked
    ]
    return tuple(sorted(found, key=lambda r: (_first(r, book) or date.min, r.row_id)))


def asks(row: Row) -> Question | None:
    """What the row answers, whatever the edition, the condition, the figure and its unit.

    A product, process or indicator that a later edition renamed goes by the later name; a catalogue
    entry asks for the attribute of a kind of equipment, whatever the threshold.
    """
    match row:
        case EnergyLimit():
            names = _renamed()
            asked = question(row)
            assert asked is not None
            industry, product, process, indicator, _, applies_to, rank = asked
            return (
                industry, names.get(("product", product), product),
                names.get(("process", process), process),
                names.get(("indicator", indicator), indicator), applies_to, rank,
            )  # fmt: skip
        case EquipmentEntry():
            return (row.class_, row.industry, row.equipment_type_zh, row.attribute_en)
        case HazardCriterion():
            return (row.industry, row.criterion_zh_short)
        case PriceRule():
            return (row.measure, row.industry, row.subject_zh, row.indicator_en, row.band_low)
        case ProceduralTerm():
            return (row.term_en,)
        case CreditField():
            return (row.record, row.field_code)
    return question(row)


@dataclass(frozen=True, slots=True)
class _Succession:
    """Which documents stand beside each other in a line, and the rows of each."""

    beside: Mapping[str, set[str]]
    rows: Mapping[str, Sequence[Row]]


def _succession(book: NormBook) -> _Succession:
    return _shipped() if book is NormBook.load() else _laid_out(book)


@cache
def _shipped() -> _Succession:
    return _laid_out(NormBook.load())


def _laid_out(book: NormBook) -> _Succession:
    beside: dict[str, set[str]] = {source_id: set() for source_id in book.sources}
    numbers: dict[str, set[str]] = defaultdict(set)
    for source in book.sources.values():
        numbers[family(source.source_id)].add(source.source_id)
        after = successor(source, book.sources)
        if after is not None:
            beside[source.source_id].add(after.source_id)
            beside[after.source_id].add(source.source_id)
    for same in numbers.values():
        for source_id in same:
            beside[source_id] |= same
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in book.rows():
        rows[row.source_id].append(row)
    return _Succession(beside, rows)


def _edition(source: Source, book: NormBook) -> Edition:
    rows = _succession(book).rows.get(source.source_id, ())
    printed = of_source(source)
    first, last = printed.earliest, printed.latest
    dated = [row for row in rows if isinstance(row, DatedRow)]
    begins = [row.effective_from for row in dated if row.effective_from]
    if first is None and begins:
        first = min(begins)
    ends = [row.effective_to for row in dated]
    if last is None and ends and all(ends):
        last = max(day for day in ends if day)
    return Edition(source, first, last, len(rows), is_amendment(source))


def _first(row: Row, book: NormBook) -> date | None:
    return of_row(row, book.sources.get(row.source_id)).first


@cache
def _renamed() -> Mapping[tuple[str, str], str]:
    rows = [row for row in method_rows("energy_names") if isinstance(row, EnergyName)]
    return {(row.kind, row.name_zh): row.same_as_zh for row in rows}
