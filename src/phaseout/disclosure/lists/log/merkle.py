"""A Merkle tree as RFC 9162 (section 2.1) has it; SHA-256. Pure: nodes are asked for.

    appended(place, leaf, nodes)        the nodes that a new leaf completes
    root(size, nodes)                   the hash over the first `size` leaves
    inclusion(place, size, nodes)       the path that proves a leaf to be in the tree
    consistency(old, new, nodes)        the path that proves nothing before was changed
    includes(…), consistent(…)          the two checked, without the tree

`nodes(level, place)` gives the hash of a perfect subtree: 2**level leaves, the `place`-th of its
level from 0. All of them that are complete are kept, so a proof reads some tens of them however
large the tree is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

Nodes = Callable[[int, int], bytes]

EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    # Another first byte than a leaf: no inner node can pass for one.
    return hashlib.sha256(b"\x01" + left + right).digest()


def appended(place: int, leaf: bytes, nodes: Nodes) -> Iterator[tuple[int, int, bytes]]:
    """(level, place, hash) of each perfect subtree that the leaf at `place` completes, itself
    first."""
    level, found = 0, leaf
    yield level, place, found
    while place % 2:
        found = node_hash(nodes(level, place - 1), found)
        level, place = level + 1, place // 2
        yield level, place, found


def root(size: int, nodes: Nodes) -> bytes:
    return _over(0, size, nodes) if size else EMPTY


def inclusion(place: int, size: int, nodes: Nodes) -> list[bytes]:
    """The path of a leaf, from the leaf upwards.

    Raises:
        ValueError: the tree of that size has no such leaf.
    """
    if not 0 <= place < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {place}")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if place < middle:
            path.append(_over(middle, end, nodes))
            end = middle
        else:
            path.append(_over(start, middle, nodes))
            start = middle
    return path[::-1]


def consistency(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """The path from the tree of `old` leaves to that of `new`.

    Raises:
        ValueError: `old` is 0 or more than `new`.
    """
    if not 0 < old <= new:
        raise ValueError(f"no proof from {old} leaves to {new}")
    start, end, whole, path = 0, new, True, []
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_over(middle, end, nodes))
            end = middle
        else:
            path.append(_over(start, middle, nodes))
            start, whole = middle, False
    if not whole:
        path.append(_over(start, end, nodes))
    return path[::-1]


def includes(leaf: bytes, place: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from the leaf to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= place < size:
        return False
    at, last, found = place, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if at % 2 or at == last:
            found = node_hash(step, found)
            while not at % 2 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, step)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def consistent(old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether the first `old` leaves of the new tree are those of the old (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    steps = list(path) if old & (old - 1) else [old_root, *path]
    if not steps:
        return False
    at, last = old - 1, new - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not at % 2 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node_hash(second, step)
        at, last = at >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return int(1 << (count - 1).bit_length() - 1)


def _over(start: int, end: int, nodes: Nodes) -> bytes:
    """The hash over the leaves from `start` to before `end`."""
    count = end - start
    if not count & (count - 1):
        level = count.bit_length() - 1
        return nodes(level, start >> level)
    middle = start + _split(count)
    return node_hash(_over(start, middle, nodes), _over(middle, end, nodes))
