"""The tree of the publication log: known values, and that no other leaf or history passes."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phaseout.disclosure.lists.log import merkle

LEAVES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Leaves and roots of the reference implementation of Certificate Transparency."""


def grown(leaves: list[bytes]) -> merkle.Nodes:
    kept: dict[tuple[int, int], bytes] = {}

    def node(level: int, place: int) -> bytes:
        return kept[level, place]

    for place, data in enumerate(leaves):
        for level, at, found in merkle.appended(place, merkle.leaf_hash(data), node):
            kept[level, at] = found
    return node


def plain_root(leaves: list[bytes]) -> bytes:
    """The definition of RFC 9162, 2.1.1, word by word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + plain_root(leaves[:k]) + plain_root(leaves[k:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_reference(size: int) -> None:
    assert merkle.root(size, grown(LEAVES[:size])).hex() == ROOTS[size]


def test_a_path_is_that_of_the_reference() -> None:
    path = merkle.inclusion(0, 8, grown(LEAVES))
    assert [step.hex() for step in path] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]


sizes = st.integers(1, 40)
on_a_busy_machine = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def some(count: int) -> list[bytes]:
    """Leaves, no two alike."""
    return [str(n).encode() for n in range(count)]


@on_a_busy_machine
@given(sizes, st.integers(0, 39), st.integers(0, 39))
def test_a_leaf_is_proved_and_no_other(size: int, at: int, elsewhere: int) -> None:
    leaves, place, other = some(size), at % size, elsewhere % size
    nodes = grown(leaves)
    path, root = merkle.inclusion(place, size, nodes), merkle.root(size, nodes)
    leaf = merkle.leaf_hash(leaves[place])
    assert root == plain_root(leaves)
    assert merkle.includes(leaf, place, size, path, root)
    assert not merkle.includes(merkle.leaf_hash(b"another"), place, size, path, root)
    assert not merkle.includes(leaf, place, size, [*path, leaf], root)
    assert not merkle.includes(leaf, size, size, path, root)
    assert other == place or not merkle.includes(leaf, other, size, path, root)


@on_a_busy_machine
@given(sizes, sizes)
def test_what_was_before_is_proved_to_stand(one: int, another: int) -> None:
    old, new = sorted((one, another))
    leaves = some(new)
    path = merkle.consistency(old, new, grown(leaves))
    before, after = plain_root(leaves[:old]), plain_root(leaves)
    assert merkle.consistent(old, new, path, before, after)
    changed = plain_root([b"another", *leaves[1:old]])
    assert not merkle.consistent(old, new, path, changed, after)
    if old < new:
        assert not merkle.consistent(old, new, path[:-1], before, after)


@pytest.mark.parametrize(("place", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_path_of_a_leaf_that_is_not_there(place: int, size: int) -> None:
    with pytest.raises(ValueError, match="has no leaf"):
        merkle.inclusion(place, size, grown(LEAVES[:size]))


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3)])
def test_there_is_no_way_from_nothing_or_back(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="no proof"):
        merkle.consistency(old, new, grown(LEAVES[:3]))
    assert not merkle.consistent(old, new, [], merkle.EMPTY, merkle.EMPTY)
