"""The norm library: documents, rows, what holds on a day, what changed, periods. For anyone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from phaseout.accounts.requests import today_of
from phaseout.law.norms import NormBook
from phaseout.law.norms.difference import difference
from phaseout.law.norms.documents import find_source
from phaseout.law.norms.editions import editions, same_question
from phaseout.law.norms.in_force import in_force
from phaseout.law.norms.plain import document_as_data
from phaseout.law.norms.records import Row
from phaseout.law.periods import as_json
from phaseout.library.searching import Asked, search
from phaseout.library.shelf import row_of, rows_of_source
from phaseout.library.standing import standing_of, standings
from phaseout.web.api.answers import answers
from phaseout.web.api.fields import Figure, RowId, SourceId, Word
from phaseout.web.api.norm_rows import NormRow, NormRowShown, row_shown, row_whole
from phaseout.web.api.paging import Page, Turn, turn_list
from phaseout.web.api.periods import CertificateShown, PeriodAsked, certificate_for

router = Router(tags=["norms"])
OPEN = (404, 422)
"""No key is needed: only what is not there and what is not understood."""

Table = Literal[
    "", "energy_limits", "energy_factors", "emission_limits", "equipment_catalogue",
    "hazard_criteria", "product_standards", "price_rules", "procedural_terms", "credit_fields",
]  # fmt: skip


class SourceRow(Schema):
    """A document that norm rows cite. Days as printed: a year may be all that is known."""

    source_id: str
    number: str
    title_zh: str
    title_en: str
    issuer: str
    issued_on: str
    effective_from: str
    effective_to: str
    superseded_by: str
    url: str
    confidence: str


class Sources(Page):
    """A page of documents."""

    items: list[SourceRow]


class EditionShown(Schema):
    """A document on the time line of its standard; both ends are inside."""

    source_id: str
    number: str
    first: date | None
    last: date | None
    rows: int
    amends: bool


class SourceShown(SourceRow):
    """A document with its time line."""

    supersedes: list[str]
    division_code: str = Field(description="where it holds; 000000: the whole country")
    rows: int
    editions: list[EditionShown]


class Rows(Page):
    """A page of norm rows."""

    items: list[NormRow]


class SourceQuery(Schema):
    """What documents can be found by."""

    q: Word = Field(
        "", description="a number however written, a product, a pollutant", examples=["水泥"]
    )
    table: Table = ""
    industry: Word = ""


class InForceQuery(Schema):
    """What holds on a day."""

    on: date | None = Field(None, description="the day; none: today's business day")
    industry: Word = ""
    dimension: Literal["", "energy", "environment", "quality", "safety", "technology"] = ""
    product: Word = Field("", description="part of a product, outlet or equipment")


class CompareQuery(Schema):
    """Two editions of one standard, by id or number."""

    old: Word = Field(examples=["GB16780-2012"])
    new: Word = Field(examples=["GB16780-2021"])


class ChangeShown(Schema):
    """A limit that both editions have and that differs in `fields`."""

    old: NormRow
    new: NormRow
    fields: list[str]
    percent: Figure | None


class Comparison(Schema):
    """What the new edition has otherwise than the old."""

    old: str
    new: str
    changed: list[ChangeShown]
    added: list[NormRow]
    removed: list[NormRow]
    same: int
    unnamed: int = Field(description="limits that an amendment does not touch")


@router.get(
    "/sources",
    operation_id="list_sources",
    summary="Find documents",
    response=answers(Sources, 422),
)
def list_sources(
    request: HttpRequest, asked: Annotated[SourceQuery, Query()], turning: Turn
) -> Any:
    """Documents that answer, in the order of the store."""
    found = search(Asked(asked.q, asked.table, asked.industry))
    documents = [source for source, _ in found.documents]
    if not asked.q and not asked.table and not asked.industry:
        documents = list(NormBook.load().sources.values())
    return turn_list(request, documents, lambda s: s.source_id, turning, asdict)


@router.get(
    "/sources/{source_id}",
    operation_id="get_source",
    summary="One document and its editions",
    response=answers(SourceShown, *OPEN),
)
def get_source(request: HttpRequest, source_id: SourceId) -> Any:
    """By its id, or its number however written (`GB 16780-2012`)."""
    book = NormBook.load()
    source = find_source(source_id, book.sources)
    return {
        **document_as_data(source, book),
        "rows": len(rows_of_source().get(source.source_id, ())),
        "editions": [
            {
                "source_id": edition.source.source_id,
                "number": edition.source.number,
                "first": edition.first,
                "last": edition.last,
                "rows": edition.rows,
                "amends": edition.amends,
            }
            for edition in editions(source, book)
        ],
    }


@router.get(
    "/sources/{source_id}/rows",
    operation_id="list_source_rows",
    summary="The rows of a document",
    response=answers(Rows, *OPEN),
)
def list_source_rows(request: HttpRequest, source_id: SourceId, turning: Turn) -> Any:
    """Every row we hold that cites it, table by table."""
    source = find_source(source_id, NormBook.load().sources)
    return _page(request, rows_of_source().get(source.source_id, ()), turning)


@router.get(
    "/rows/{path:row_id}",
    operation_id="get_row",
    summary="One row with its signatures and its neighbours in other editions",
    response=answers(NormRowShown, *OPEN),
)
def get_row(request: HttpRequest, row_id: RowId) -> Any:
    """Every field as in the table, conditions as read, how far it may be relied upon today."""
    row = row_of(row_id)
    on = today_of(request)
    neighbours = same_question(row, NormBook.load())
    return row_whole(row, standing_of(row, on), on, [n for n in neighbours if n is not row])


@router.get(
    "/in-force",
    operation_id="list_in_force",
    summary="What holds on a day",
    response=answers(Rows, 422),
)
def list_in_force(
    request: HttpRequest, asked: Annotated[InForceQuery, Query()], turning: Turn
) -> Any:
    """Rows in force on the day, both ends of a validity inside."""
    found = in_force(
        NormBook.load(),
        asked.on or today_of(request),
        industry=asked.industry or None,
        dimension=asked.dimension or None,
        product=asked.product or None,
    )
    return _page(request, [row for rows in found.rows.values() for row in rows], turning)


@router.get(
    "/compare",
    operation_id="compare_editions",
    summary="What changed between two editions",
    response=answers(Comparison, *OPEN),
)
def compare_editions(request: HttpRequest, asked: Annotated[CompareQuery, Query()]) -> Any:
    """Limits changed, added, taken out; those that stayed are counted."""
    book = NormBook.load()
    old, new = (find_source(text, book.sources) for text in (asked.old, asked.new))
    found = difference(old, new, book)
    every = [*found.added, *found.removed, *(r for c in found.changed for r in (c.old, c.new))]
    held = standings(every, today_of(request))
    return {
        "old": old.source_id,
        "new": new.source_id,
        "changed": [
            {
                "old": row_shown(change.old, held[change.old.row_id]),
                "new": row_shown(change.new, held[change.new.row_id]),
                "fields": list(change.fields),
                "percent": change.percent,
            }
            for change in found.changed
        ],
        "added": [row_shown(row, held[row.row_id]) for row in found.added],
        "removed": [row_shown(row, held[row.row_id]) for row in found.removed],
        "same": found.same,
        "unnamed": found.unnamed,
    }


@router.get(
    "/period",
    operation_id="count_period",
    summary="On which day does a period end",
    response=answers(CertificateShown, 404, 409, 422),
)
def count(request: HttpRequest, asked: Annotated[PeriodAsked, Query()]) -> Any:
    """Counts from a trigger by unit and length, or by a term of the register (`source_id`,
    `clause`); every step names its rule."""
    return as_json(certificate_for(asked))


def _page(request: HttpRequest, rows: Sequence[Row], turning: Any) -> Any:
    page = turn_list(request, rows, lambda row: row.row_id, turning, lambda row: row)
    held = standings(page["items"], today_of(request))
    page["items"] = [row_shown(row, held[row.row_id]) for row in page["items"]]
    return page
