"""Rows and documents as plain data: for JSON, with conditions as read and signatures as given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any

from phaseout.law.norms.book import NormBook
from phaseout.law.norms.confirmation import Confirmation, digest
from phaseout.law.norms.documents import predecessors
from phaseout.law.norms.reading import PROSE_COLUMNS, Kind, Part, read
from phaseout.law.norms.records import Row, Source

_KEYS = {
    Kind.CONDITION: "conditions",
    Kind.OPEN: "open_conditions",
    Kind.CORRECTION: "corrections",
    Kind.REMARK: "remarks",
}


def parts_of(row: Row) -> list[Part]:
    """The prose of the row's conditions as it was read, part by part."""
    table = row.row_id.split("/", 1)[0]
    return [
        part
        for column in PROSE_COLUMNS.get(table, ())
        for part in read(table, column, getattr(row, column))
    ]


def as_data(
    row: Row,
    book: NormBook,
    confirmations: Iterable[Confirmation] = (),
) -> dict[str, Any]:
    """The row as plain data: its fields as in the table, where it holds, its readings, who
    confirmed it. Decimals stay text with the digits as printed."""
    data: dict[str, Any] = {"table": row.row_id.split("/", 1)[0]}
    for field in fields(row):
        value = getattr(row, field.name)
        data[field.name.rstrip("_")] = str(value) if isinstance(value, Decimal) else value
    data["division_code"] = book.jurisdiction(row.source_id)
    for kind in Kind:
        data[_KEYS[kind]] = [
            {
                "prose": part.prose, "key": part.key, "operator": part.operator,
                "value": part.value, "note": part.note,
            }
            for part in parts_of(row)
            if part.kind is kind
        ]  # fmt: skip
    data["confirmations"] = [
        {
            "document": c.document, "page": c.page,
            "confirmed_by": c.confirmed_by, "confirmed_on": c.confirmed_on,
            "countersigned_by": c.countersigned_by, "countersigned_on": c.countersigned_on,
            "of_this_row": c.row_digest == digest(row),
            "differs": c.differs,
        }
        for c in confirmations
        if c.row_id == row.row_id
    ]  # fmt: skip
    return data


def rows_of(book: NormBook, source_id: str) -> tuple[Row, ...]:
    """The rows that cite the document, table by table."""
    return tuple(row for row in book.rows() if row.source_id == source_id)


def document_as_data(source: Source, book: NormBook) -> dict[str, Any]:
    """The document as plain data: its description, what it replaces, where it holds."""
    return {
        **asdict(source),
        "supersedes": [s.source_id for s in predecessors(source, book.sources)],
        "division_code": book.jurisdiction(source.source_id),
    }
