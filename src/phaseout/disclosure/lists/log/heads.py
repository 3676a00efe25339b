"""The tree at its size, signed by the office: whoever holds the public key can hold us to it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction

from phaseout.casework.acts.once import hold_all
from phaseout.casework.audit.keys import key_id, private_key
from phaseout.disclosure.lists.log import merkle
from phaseout.disclosure.lists.log.nodes import kept_nodes
from phaseout.disclosure.lists.log.words import head_text
from phaseout.disclosure.lists.models import LogEvent, TreeHead

ROOM, LOG = "lists", "log"


def hold_log() -> None:
    """Hold the log until the transaction ends: events come in one after another, and a list is
    published either before an act of a case has ended a ground of it or after."""
    hold_all(ROOM, LOG)


@transaction.atomic
def sign(home: Path) -> TreeHead | None:
    """The head over all events there are; the one made before if there is one. None: the log is
    empty.

    Raises:
        Refusal: `checkpoint_key_unreadable`.
    """
    hold_log()
    size = LogEvent.objects.count()
    if not size:
        return None
    known = TreeHead.objects.filter(size=size).first()
    if known is not None:
        return known
    key = private_key(home)
    root, made_at = merkle.root(size, kept_nodes(size)).hex(), datetime.now(UTC)
    text = head_text(size, root, made_at.isoformat(timespec="microseconds"))
    return TreeHead.objects.create(
        size=size,
        root=root,
        made_at=made_at,
        key=key_id(key.public_key()),
        signature=key.sign(text).hex(),
    )


def newest() -> TreeHead | None:
    """The largest signed head; events since are in the next."""
    return TreeHead.objects.order_by("-size").first()
