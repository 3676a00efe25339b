"""The nodes of the tree as the database keeps them."""

from __future__ import annotations

from phaseout.disclosure.lists.log.merkle import Nodes
from phaseout.disclosure.lists.models import LogNode


def kept_nodes(size: int) -> Nodes:
    """Nodes of the tree of `size` leaves, each read when first asked for."""
    known: dict[tuple[int, int], bytes] = {}

    def node(level: int, place: int) -> bytes:
        if (level, place) not in known:
            if (place + 1) << level > size:
                raise ValueError(f"node {level}/{place} lies outside a tree of {size} leaves")
            kept = LogNode.objects.get(level=level, place=place)
            known[level, place] = bytes.fromhex(kept.hash)
        return known[level, place]

    return node
