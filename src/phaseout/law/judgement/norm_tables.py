"""Norm records as columns for the engine: what every query may join, laid out once a book.

The tables of the shipped book are built once a process; `settled`, which depends on the day and
on who has confirmed what, is added for each run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pyarrow as pa

from phaseout.law.judgement.authority import Decision
from phaseout.law.norms.book import TABLES, NormBook
from phaseout.law.norms.methods import method_rows, method_tables
from phaseout.law.norms.reading import PROSE_COLUMNS, Kind, read
from phaseout.law.norms.records import ProductLimit, Row
from phaseout.law.opinions import Opinions

FIRST_DAY, LAST_DAY = date(1, 1, 1), date(9999, 12, 31)
"""What an open end of a validity becomes in the engine, so that a join is a plain BETWEEN."""

_ARROW = {
    str: pa.string(),
    int: pa.int64(),
    bool: pa.bool_(),
    date: pa.date32(),
    Decimal: pa.decimal128(18, 6),
}

Columns = dict[str, tuple[Any, Sequence[Any]]]
"""Column name → (python type, values)."""


def norm_tables(book: NormBook) -> Mapping[str, pa.Table]:
    """Every table of the schema `norms` that the book alone decides; rows have no `settled` yet."""
    return _shipped() if book is NormBook.load() else _build(book)


def with_settled(table: pa.Table, settled: set[str]) -> pa.Table:
    """The table with the column `settled`: whether a row counts as verified."""
    values = [row_id in settled for row_id in table["row_id"].to_pylist()]
    return table.append_column("settled", pa.array(values, type=pa.bool_()))


def all_rows(book: NormBook) -> Iterable[Row]:
    """Every row of the book and of the method tables."""
    yield from book.rows()
    for table in method_tables():
        yield from method_rows(table)


def arrow(columns: Mapping[str, tuple[Any, Sequence[Any]]]) -> pa.Table:
    """An Arrow table from columns given as name → (python type, values)."""
    return pa.table(
        [pa.array(values, type=_ARROW[kind]) for kind, values in columns.values()],
        names=list(columns),
    )


def duty_table(opinions: Opinions) -> pa.Table:
    """Who leads and cooperates, one row a function, in the order of the text."""
    lines = [
        (duty.clause, duty.subject, role, place, function)
        for duty in opinions.duties
        for role, functions in (("lead", duty.lead), ("cooperating", duty.cooperating))
        for place, function in enumerate(functions)
    ]
    kinds = {"clause": int, "subject": str, "role": str, "place": int, "function": str}
    return arrow(
        {
            name: (kind, [line[at] for line in lines])
            for at, (name, kind) in enumerate(kinds.items())
        }
    )


def organisation_table(opinions: Opinions) -> pa.Table:
    """Organisations, the function each holds and from when to when, both ends inside."""
    holders = opinions.holders
    columns: Columns = {
        name: (str, [getattr(h, name) for h in holders])
        for name in ("function", "name_zh", "name_en")
    }
    columns["held_from"] = (date, [h.held_from or FIRST_DAY for h in holders])
    columns["held_to"] = (date, [h.held_to or LAST_DAY for h in holders])
    return arrow(columns)


def decision_table(decisions: Iterable[Decision], on: date) -> pa.Table:
    """Decisions of authorities that had been made by `on`."""
    known = [d for d in decisions if d.decided_on <= on]
    columns: Columns = {
        name: (str, [getattr(d, name) for d in known])
        for name in ("kind", "subject", "key", "value", "document")
    }
    columns["valid_from"] = (date, [d.valid_from or FIRST_DAY for d in known])
    columns["valid_to"] = (date, [d.valid_to or LAST_DAY for d in known])
    return arrow(columns)


@cache
def _shipped() -> Mapping[str, pa.Table]:
    return _build(NormBook.load())


def _build(book: NormBook) -> Mapping[str, pa.Table]:
    tables = {
        table: _columns(kind, getattr(book, table) if table in TABLES else method_rows(table), book)
        for table, kind in {**TABLES, **method_tables()}.items()
    }
    tables["sources"] = _source_columns(book)
    tables.update(_condition_columns(book))
    return {name: arrow(columns) for name, columns in tables.items()}


_DERIVED: Mapping[type[Row], tuple[str, ...]] = {ProductLimit: ("last_place",)}
"""Figures that follow from how a row is printed and would be lost in DECIMAL(18,6)."""


def _columns(kind: type[Row], rows: Sequence[Row], book: NormBook) -> Columns:
    columns: Columns = {}
    for field in fields(kind):
        values = [getattr(row, field.name) for row in rows]
        if field.name == "effective_from":
            values = [value or FIRST_DAY for value in values]
        elif field.name == "effective_to":
            values = [value or LAST_DAY for value in values]
        columns[field.name.rstrip("_")] = (_python_type(str(field.type)), values)
    for name in _DERIVED.get(kind, ()):
        columns[name] = (Decimal, [getattr(row, name) for row in rows])
    columns["jurisdiction"] = (str, [book.jurisdiction(row.source_id) for row in rows])
    return columns


def _python_type(annotation: str) -> Any:
    name = annotation.split("|")[0].strip().rsplit(".", 1)[-1]
    return {"Decimal": Decimal, "date": date, "int": int, "bool": bool}.get(name, str)


def _source_columns(book: NormBook) -> Columns:
    sources = [book.sources[key] for key in sorted(book.sources)]
    names = ("source_id", "number", "title_zh", "title_en", "effective_from", "effective_to")
    columns: Columns = {name: (str, [getattr(s, name) for s in sources]) for name in names}
    columns["superseded_by"] = (str, [s.superseded_by for s in sources])
    return columns


def _condition_columns(book: NormBook) -> dict[str, Columns]:
    """The tables `conditions` (decidable), `open_conditions`, `corrections` and `remarks`."""
    found: dict[Kind, list[tuple[str, ...]]] = {kind: [] for kind in Kind}
    for table, columns in PROSE_COLUMNS.items():
        for row in getattr(book, table):
            for column in columns:
                for part in read(table, column, getattr(row, column)):
                    found[part.kind].append(
                        (row.row_id, part.prose, part.key, part.operator, part.value)
                    )
    names = ("row_id", "prose", "key", "operator", "text")
    tables: dict[str, Columns] = {
        name: {column: (str, [line[at] for line in found[kind]]) for at, column in enumerate(names)}
        for name, kind in (
            ("conditions", Kind.CONDITION),
            ("open_conditions", Kind.OPEN),
            ("corrections", Kind.CORRECTION),
            ("remarks", Kind.REMARK),
        )
    }
    texts = tables["conditions"]["text"][1]
    tables["conditions"]["number"] = (Decimal, [_number(text) for text in texts])
    tables["conditions"]["day"] = (date, [_day(text) for text in texts])
    return tables


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
