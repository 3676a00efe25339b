"""Events come into the log inside the transaction of the act that brings them about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from phaseout.disclosure.lists.log import merkle
from phaseout.disclosure.lists.log.heads import hold_log
from phaseout.disclosure.lists.log.nodes import kept_nodes
from phaseout.disclosure.lists.models import LogEvent, LogNode
from phaseout.evidence.digests import canonical


@dataclass(frozen=True, slots=True)
class Happened:
    """An event before it is a leaf. `says`: what besides it is hashed; only what is public."""

    event: str
    list_kind: str
    edition: int
    on: date
    says: dict[str, Any]
    ground: UUID | None = None
    uscc: str = ""


def append(events: Sequence[Happened]) -> list[LogEvent]:
    """Add events at the end, in their order. The log is held until the transaction ends."""
    hold_log()
    size, now = LogEvent.objects.count(), timezone.now()
    nodes = kept_nodes(size + len(events))
    fresh: dict[tuple[int, int], bytes] = {}

    def node(level: int, place: int) -> bytes:
        return fresh.get((level, place)) or nodes(level, place)

    rows = []
    for place, one in enumerate(events, size):
        text = canonical(_said(one))
        leaf = merkle.leaf_hash(text.encode())
        for level, at, found in merkle.appended(place, leaf, node):
            fresh[level, at] = found
        rows.append(
            LogEvent(
                place=place, event=one.event, list_kind=one.list_kind, edition=one.edition,
                ground=one.ground, uscc=one.uscc, on=one.on, text=text, leaf=leaf.hex(),
                recorded_at=now,
            )
        )  # fmt: skip
    LogEvent.objects.bulk_create(rows)
    LogNode.objects.bulk_create(
        LogNode(level=level, place=place, hash=found.hex())
        for (level, place), found in fresh.items()
    )
    return rows


def _said(one: Happened) -> dict[str, Any]:
    told: dict[str, Any] = {
        "event": one.event,
        "list": one.list_kind,
        "edition": one.edition,
        "on": one.on.isoformat(),
        **one.says,
    }
    if one.ground is not None:
        told |= {"ground": str(one.ground), "uscc": one.uscc}
    return told
