"""What changes in the law's tables between two days: what a move of the day will bring."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from phaseout.law.norms import NormBook
from phaseout.law.norms.records import DatedRow, Source
from phaseout.law.opinions import Holder, Opinions


@dataclass(frozen=True, slots=True)
class Edition:
    """A document of which rows begin or cease to hold on a day."""

    day: date
    source: Source
    rows: int


@dataclass(frozen=True, slots=True)
class Changes:
    """All that the tables say about the days after `since`, up to and including `until`."""

    since: date
    until: date
    begins: tuple[Edition, ...]
    ceases: tuple[Edition, ...]
    renamed: tuple[tuple[Holder, Holder], ...]

    def __bool__(self) -> bool:
        return bool(self.begins or self.ceases or self.renamed)


def changes(since: date, until: date) -> Changes:
    """What begins, ceases or changes its name on the days after `since` up to `until`."""
    book = NormBook.load()
    begins: Counter[tuple[date, str]] = Counter()
    ceases: Counter[tuple[date, str]] = Counter()
    for row in book.rows():
        if not isinstance(row, DatedRow):
            continue
        if row.effective_from and since < row.effective_from <= until:
            begins[row.effective_from, row.source_id] += 1
        # The last day is inside: a row ceases to hold on the day after it.
        if row.effective_to and since <= row.effective_to < until:
            ceases[row.effective_to + timedelta(days=1), row.source_id] += 1
    return Changes(
        since, until, _editions(book, begins), _editions(book, ceases), _renamed(since, until)
    )


def _editions(book: NormBook, counted: Counter[tuple[date, str]]) -> tuple[Edition, ...]:
    return tuple(
        Edition(day, book.source(source_id), rows)
        for (day, source_id), rows in sorted(counted.items())
    )


def _renamed(since: date, until: date) -> tuple[tuple[Holder, Holder], ...]:
    holders = Opinions.of().holders
    return tuple(
        (before, after)
        for after in sorted(holders, key=lambda holder: holder.held_from or date.min)
        if after.held_from is not None and since < after.held_from <= until
        for before in holders
        if before.function == after.function
        and before.held_to == after.held_from - timedelta(days=1)
    )
