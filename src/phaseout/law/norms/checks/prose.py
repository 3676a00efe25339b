"""Checks of the readings: every wording has been read, and what was read can be evaluated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from importlib import resources

from phaseout.law.norms.book import read_csv
from phaseout.law.norms.checks.issue import Issue, error, warning
from phaseout.law.norms.checks.store import Store
from phaseout.law.norms.reading import PROSE_COLUMNS, Kind, read, unread

_OPERATORS = frozenset({"=", "!=", "in", "<", "<=", ">", ">="})
_SHOWN = 5


def check_readings(store: Store) -> Iterator[Issue]:
    """Every wording of a condition stands in `readings/<table>.csv`; one issue a wording."""
    for table, columns in PROSE_COLUMNS.items():
        rows: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in getattr(store.book, table):
            for column in columns:
                for piece in unread(table, column, getattr(row, column)):
                    rows[column, piece].append(row.row_id)
        for (column, piece), found in rows.items():
            yield error(
                "unread_prose",
                *found[:_SHOWN],
                zh=f"{table}的{column}栏“{piece}”（{len(found)}行）尚未解读。",
                en=f"{piece!r} in {column} of {table} ({len(found)} rows) has no reading.",
            )


def check_operators(store: Store) -> Iterator[Issue]:
    """A decidable condition has a key, an operator we know and a value."""
    told: set[str] = set()
    for table, columns in PROSE_COLUMNS.items():
        for row in getattr(store.book, table):
            for column in columns:
                for part in read(table, column, getattr(row, column)):
                    decidable = part.kind is Kind.CONDITION
                    sound = bool(part.key and part.value) and part.operator in _OPERATORS
                    if decidable and not sound and part.prose not in told:
                        told.add(part.prose)
                        yield error(
                            "reading_incomplete",
                            row.row_id,
                            zh=f"“{part.prose}”的解读缺少条件、算符或数值。",
                            en=f"the reading of {part.prose!r} lacks key, operator or value.",
                        )


def check_idle_readings(store: Store) -> Iterator[Issue]:
    """A line of a reading whose wording no row has any more is to be taken out."""
    for table, columns in PROSE_COLUMNS.items():
        used = {
            (column, part.prose)
            for row in getattr(store.book, table)
            for column in columns
            for part in read(table, column, getattr(row, column))
        }
        file = resources.files("phaseout.law.norms") / "readings" / f"{table}.csv"
        lines = read_csv(file) if file.is_file() else iter(())
        for line, cells in lines:
            if (cells["column"], cells["prose"]) not in used:
                yield warning(
                    "reading_idle",
                    f"{file.name} line {line}",
                    zh=f"{file.name}第{line}行的文字“{cells['prose']}”已不见于任何记录。",
                    en=f"{file.name} line {line} reads {cells['prose']!r}, which no row says.",
                )
