"""The published lists (clause 21), for anyone: editions, entries, what happened, proofs."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from phaseout.accounts.requests import network_address
from phaseout.disclosure.lists import published
from phaseout.disclosure.lists.models import Edition
from phaseout.law.lists.columns import columns_of
from phaseout.law.lists.kinds import ListKind
from phaseout.web.api.answers import answers
from phaseout.web.api.fields import NO_NUL, Both, Word, both
from phaseout.web.api.limits import take_one
from phaseout.web.api.paging import Page, Turn, turn_list, turn_numbered

router = Router(tags=["lists"])
OPEN = (404, 422, 429)
"""No key is needed; an address may ask as often as a key."""
Kind = Annotated[Word, Field(examples=["yellow-energy"])]
Number = Annotated[int, Field(ge=1, le=10**9 - 1)]
Code = Annotated[str, StringConstraints(max_length=6, pattern=NO_NUL)]


class ListRow(Schema):
    """A list. `editions` counts them; `newest` is the number of the newest, null: none yet."""

    kind: str
    family: str
    words: Both
    says: Both
    annual: bool
    newest: int | None
    editions: int
    standing: int | None = Field(description="entries of the newest edition that stand today")


class PublishedLists(Page):
    """A page of lists."""

    items: list[ListRow]


class EditionRow(Schema):
    """An edition: never changed. `digest` is SHA-256 over its JSON download."""

    kind: str
    number: int
    document: str
    title: Both
    year: int | None
    published_on: date
    count: int
    corrects: int | None
    correction: int | None
    digest: str


class Editions(Page):
    """A page of editions."""

    items: list[EditionRow]


class ListColumn(Schema):
    """A column of the entries."""

    key: str
    type: str
    words: Both


class EditionWhole(EditionRow):
    """An edition with its columns and publisher."""

    publisher: Both
    columns: list[ListColumn]


class ListedEnd(Schema):
    """How an entry has ended since: `left` the day its ground ended, or `cancelled`."""

    how: str
    on: date
    cause: Both


class ListedRow(Schema):
    """A row of an edition: public columns only. `ended` null: it stands."""

    place: int
    ground: UUID
    columns: dict[str, Any]
    ended: ListedEnd | None


class ListedRows(Page):
    """A page of entries."""

    items: list[ListedRow]


class ListedAsked(Schema):
    """Which entries; what is empty narrows nothing."""

    text: Word = Field("", description="part of a name or of a USCC")
    division_code: Code = ""
    industry: Word = ""
    standing: bool | None = Field(None, description="only what stands today, or only what ended")


class ProofShown(Schema):
    """A proof file, as `phaseout lists verify` takes it."""

    format: str
    events: list[dict[str, Any]]
    head: dict[str, Any]
    public_key: str
    edition: dict[str, Any] | None = None


@router.get(
    "",
    operation_id="list_published_lists",
    summary="The lists there are",
    response=answers(PublishedLists, 422, 429),
    auth=None,
)
def list_published_lists(request: HttpRequest, turning: Turn) -> Any:
    """In the order of clause (21), with the newest edition of each."""
    _count(request)
    return turn_list(request, published.kinds(), lambda one: one.key, turning, _kind)


@router.get(
    "/{list_kind}/editions",
    operation_id="list_editions",
    summary="The editions of a list",
    response=answers(Editions, *OPEN),
    auth=None,
)
def list_editions(request: HttpRequest, list_kind: Kind, turning: Turn) -> Any:
    """The newest first; past editions stay citable."""
    _count(request)
    rows = published.editions(_known(list_kind).key)
    return turn_list(request, rows, lambda one: str(one.number), turning, _edition)


@router.get(
    "/{list_kind}/editions/{edition_number}",
    operation_id="get_edition",
    summary="One edition",
    response=answers(EditionWhole, *OPEN),
    auth=None,
)
def get_edition(request: HttpRequest, list_kind: Kind, edition_number: Number) -> Any:
    """Who published it, under which number, with which columns."""
    found = _found(request, list_kind, edition_number)
    return {
        **_edition(found),
        "publisher": both((found.organisation_zh, found.organisation_en)),
        "columns": [
            {"key": one.key, "type": one.type, "words": both(one.words)}
            for one in columns_of(found.list_kind)
        ],
    }


@router.get(
    "/{list_kind}/editions/{edition_number}/entries",
    operation_id="list_entries",
    summary="The entries of an edition",
    response=answers(ListedRows, *OPEN),
    auth=None,
)
def list_entries(
    request: HttpRequest,
    list_kind: Kind,
    edition_number: Number,
    asked: Query[ListedAsked],
    turning: Turn,
) -> Any:
    """In their order; each says whether it still stands."""
    edition, narrowed = _found(request, list_kind, edition_number), asked.dict()
    return turn_numbered(
        request,
        lambda after, limit: published.entries(edition, **narrowed, after=after, limit=limit),
        lambda one: one.place,
        turning,
        _entry,
    )


@router.get(
    "/{list_kind}/editions/{edition_number}/proof",
    operation_id="get_edition_proof",
    summary="The proof that an edition was published as it is",
    response=answers(ProofShown, *OPEN),
    auth=None,
    exclude_none=True,
)
def get_edition_proof(request: HttpRequest, list_kind: Kind, edition_number: Number) -> Any:
    """For `phaseout lists verify`, without the site. 404 also while no head covers it yet."""
    found = _found(request, list_kind, edition_number)
    proof = published.proof(found.list_kind, number=found.number)
    if proof is None:
        raise Http404
    return proof


def _count(request: HttpRequest) -> None:
    """One request of the network address; what is counted says nothing of it."""
    address = network_address(request).encode()
    take_one(f"address:{hashlib.sha256(address).hexdigest()}")


def _known(key: str) -> ListKind:
    for one in published.kinds():
        if one.key == key:
            return one
    raise Http404


def _found(request: HttpRequest, key: str, number: int) -> Edition:
    _count(request)
    found = published.edition(_known(key).key, number)
    if found is None:
        raise Http404
    return found


def _kind(one: ListKind) -> dict[str, Any]:
    editions = published.editions(one.key)
    newest = editions[0] if editions else None
    return {
        "kind": one.key,
        "family": one.family,
        "words": both(one.words),
        "says": both(one.says),
        "annual": one.annual,
        "newest": newest.number if newest else None,
        "editions": len(editions),
        "standing": published.counted(newest, standing=True) if newest else None,
    }


def _edition(one: Edition) -> dict[str, Any]:
    return {
        "kind": one.list_kind,
        "number": one.number,
        "document": one.document,
        "title": both(one.title),
        "year": one.year,
        "published_on": one.published_on,
        "count": one.count,
        "corrects": one.corrects.number if one.corrects else None,
        "correction": one.correction,
        "digest": one.digest,
    }


def _entry(one: published.Row) -> dict[str, Any]:
    ended = one.ended
    return {
        "place": one.place,
        "ground": one.ground,
        "columns": dict(one.columns),
        "ended": {"how": ended.event, "on": ended.on, "cause": both(ended.cause)}
        if ended
        else None,
    }
