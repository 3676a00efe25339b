"""An edition as plain data: what its digest covers and every download is made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from phaseout.disclosure.lists.differing import changes
from phaseout.disclosure.lists.models import DraftEntry, Edition, Ending
from phaseout.law.lists.columns import columns_of

FORMAT = "phaseout-list/1"


def content_of(edition: Edition, entries: Sequence[DraftEntry]) -> dict[str, Any]:
    """All of an edition that is about to be published: public columns, who ended since the one
    before, what a correction says otherwise."""
    of = edition.kind
    return {
        "format": FORMAT,
        "list": of.key,
        "number": edition.number,
        "document": edition.document,
        "year": edition.year,
        "title": _words(edition.title),
        "publisher": {"zh": edition.organisation_zh, "en": edition.organisation_en},
        "published_on": edition.published_on.isoformat(),
        "as_of": edition.draft.on.isoformat(),
        "taken_at": edition.as_of.isoformat(timespec="seconds"),
        "basis": {"source": of.source_id, "clause": of.clause},
        "corrects": edition.corrects.number if edition.corrects else None,
        "correction": edition.correction,
        "reason": edition.draft.reason if edition.corrects else "",
        "columns": [{"key": c.key, "type": c.type, **_words(c.words)} for c in columns_of(of.key)],
        "entries": [
            {"place": one.place, "ground": str(one.ground), **one.columns} for one in entries
        ],
        "ended": _ended(edition),
        "changes": _changes(edition, entries),
    }


def _words(pair: tuple[str, str]) -> dict[str, str]:
    return {"zh": pair[0], "en": pair[1]}


def _ended(edition: Edition) -> list[dict[str, Any]]:
    """What has ended since the edition before."""
    before = edition.draft.follows
    if before is None:
        return []
    rows = Ending.objects.filter(listing__ground__in=before.entries.values("ground"))
    named = {entry.ground: entry for entry in before.entries.all()}
    return [
        {
            "ground": str(one.listing.ground),
            "uscc": named[one.listing.ground].uscc,
            "name": named[one.listing.ground].name,
            "how": one.how,
            "cause": one.cause,
            "on": one.on.isoformat(),
        }
        for one in rows.select_related("listing").order_by("on", "pk")
    ]


def _changes(edition: Edition, entries: Sequence[DraftEntry]) -> list[dict[str, Any]]:
    """What is said otherwise than in the edition that it corrects."""
    if edition.corrects is None:
        return []
    before = {entry.ground: entry for entry in edition.corrects.entries.all()}
    return [
        {"place": one.place, "column": change.column.key, "was": change.was, "now": change.now}
        for one in entries
        if one.ground in before
        for change in changes(edition.list_kind, before[one.ground].columns, one.columns)
    ]
