"""A proof file: events with their paths, the signed head they lead to, what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from phaseout.casework.audit.keys import key_id, private_key, public_pem
from phaseout.disclosure.lists.log import heads, merkle
from phaseout.disclosure.lists.log.nodes import kept_nodes
from phaseout.disclosure.lists.log.words import FORMAT, GROWN
from phaseout.disclosure.lists.models import Edition, Entry, LogEvent, TreeHead


def of_edition(edition: Edition, home: Path) -> dict[str, Any] | None:
    """That the edition was published as it is: its content, the event, the path, the head. None:
    no head that covers it is signed yet."""
    events = LogEvent.objects.filter(
        list_kind=edition.list_kind, edition=edition.number, event=LogEvent.Event.PUBLISHED
    )
    found = _proof(list(events), home)
    if found is not None:
        found["edition"] = {"content": edition.content, "digest": edition.digest}
    return found


def of_enterprise(list_kind: str, uscc: str, home: Path) -> dict[str, Any] | None:
    """All that happened to an enterprise on a list: entered, left, cancelled. None: nothing did,
    or no head that covers it is signed yet."""
    events = LogEvent.objects.filter(uscc=uscc, list_kind=list_kind).order_by("place")
    return _proof(list(events), home)


def of_growth(old: TreeHead, home: Path) -> dict[str, Any]:
    """That the newest head has everything that an older one had, unchanged and in its place."""
    new = heads.newest()
    assert new is not None and new.size >= old.size  # an older one is there
    path = merkle.consistency(old.size, new.size, kept_nodes(new.size))
    return {
        "format": GROWN,
        "old": said(old),
        "new": said(new),
        "path": [step.hex() for step in path],
        "public_key": _public(new, home),
    }


def _proof(events: Sequence[LogEvent], home: Path) -> dict[str, Any] | None:
    head = heads.newest()
    covered = [event for event in events if head is not None and event.place < head.size]
    if head is None or not covered:
        return None
    nodes = kept_nodes(head.size)
    return {
        "format": FORMAT,
        "events": [_event(event, head, nodes) for event in covered],
        "head": said(head),
        "public_key": _public(head, home),
    }


def said(head: TreeHead) -> dict[str, Any]:
    """A head as files and pages say it."""
    return {
        "size": head.size,
        "root": head.root,
        "made_at": head.made_at.isoformat(timespec="microseconds"),
        "key": head.key,
        "signature": head.signature,
    }


def _event(event: LogEvent, head: TreeHead, nodes: merkle.Nodes) -> dict[str, Any]:
    found: dict[str, Any] = {
        "place": event.place,
        "text": event.text,
        "path": [step.hex() for step in merkle.inclusion(event.place, head.size, nodes)],
    }
    if event.event == LogEvent.Event.ENTERED and event.ground is not None:
        entry = Entry.objects.filter(
            edition__list_kind=event.list_kind, edition__number=event.edition, ground=event.ground
        ).first()
        found["entry"] = entry.columns if entry else None
    return found


def _public(head: TreeHead, home: Path) -> str:
    """The office's public key, where it is the one that signed; after a change of keys the old one
    is kept by whoever was given it."""
    public = private_key(home).public_key()
    return public_pem(public).decode() if key_id(public) == head.key else ""
