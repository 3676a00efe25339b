"""Norm rows as they travel: in words, field by field, with how far they may be relied upon."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from phaseout.law.norms import NormBook
from phaseout.law.norms.confirmation import digest
from phaseout.law.norms.plain import as_data
from phaseout.law.norms.records import Row
from phaseout.law.norms.validity import of_row
from phaseout.law.norms.wording import describe
from phaseout.library.offices import signed_for
from phaseout.library.shelf import table_of
from phaseout.library.standing import Standing, countersigned
from phaseout.web.api.facts import Cell, cell
from phaseout.web.api.fields import Both, both


class NormRow(Schema):
    """A row: a figure, or another rule, of one document and clause. Both ends are inside."""

    row_id: str = Field(examples=["energy_limits/GB16780-2012/1"])
    table: str
    source_id: str
    clause: str
    subject: Both
    asks: Both
    whom: Both
    limit: Both
    first: date | None
    last: date | None
    confidence: str
    state: str = Field(
        description="seen, confirmed, once (one signature), doubted, recalled: on today's day"
    )
    settled: bool = Field(description="whether a finding by it is not provisional for its sake")


class RowSignature(Schema):
    """The two signatures under a row: offices and days, never a person."""

    document: str
    page: str
    first_office: Both
    first_on: date
    second_office: Both | None
    second_on: date | None
    demo: bool


class NormRowShown(NormRow):
    """A row in full."""

    digest: str
    fields: dict[str, Cell] = Field(description="every field as in its table")
    conditions: list[dict[str, Any]]
    open_conditions: list[dict[str, Any]]
    corrections: list[dict[str, Any]]
    remarks: list[dict[str, Any]]
    signature: RowSignature | None
    other_editions: list[str] = Field(description="rows that ask the same in other editions")


_PROSE = ("conditions", "open_conditions", "corrections", "remarks")


def row_shown(row: Row, standing: Standing) -> dict[str, Any]:
    """The row as an item of a list."""
    zh, en = describe(row, "zh"), describe(row, "en")
    validity = of_row(row, NormBook.load().sources.get(row.source_id))
    return {
        "row_id": row.row_id,
        "table": table_of(row.row_id),
        "source_id": row.source_id,
        "clause": row.clause,
        "subject": both((zh.subject, en.subject)),
        "asks": both((zh.asks, en.asks)),
        "whom": both((zh.whom, en.whom)),
        "limit": both((zh.limit, en.limit)),
        "first": validity.first,
        "last": validity.last,
        "confidence": row.confidence.value,
        "state": standing.state.value,
        "settled": standing.settled,
    }


def row_whole(row: Row, standing: Standing, on: date, neighbours: Iterable[Row]) -> dict[str, Any]:
    """The row in full."""
    data = as_data(row, NormBook.load())
    data.pop("confirmations")
    prose = {name: data.pop(name) for name in _PROSE}
    return {
        **row_shown(row, standing),
        **prose,
        "digest": digest(row),
        "fields": {name: cell(value) for name, value in data.items()},
        "signature": _signature(standing, on),
        "other_editions": [other.row_id for other in neighbours],
    }


def _signature(standing: Standing, on: date) -> dict[str, Any] | None:
    one = standing.confirmation
    if one is None:
        return None
    second = one.countersignature if countersigned(one, on) else None
    return {
        "document": one.document,
        "page": one.page,
        "first_office": both(signed_for(one, one.confirmed_on)),
        "first_on": one.confirmed_on,
        "second_office": both(signed_for(second, second.countersigned_on)) if second else None,
        "second_on": second.countersigned_on if second else None,
        "demo": one.demo,
    }
