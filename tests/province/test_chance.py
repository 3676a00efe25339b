"""Chance that can be repeated."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from phaseout.province.chance import Chance


@given(st.integers(), st.text(max_size=8))
def test_the_same_path_gives_the_same_draws(seed: int, word: str) -> None:
    first, second = Chance.of(seed, word), Chance.of(seed, word)
    assert [first.share() for _ in range(5)] == [second.share() for _ in range(5)]


def test_the_sequence_is_the_one_of_every_release() -> None:
    # A change here changes every province ever made: it must not happen by accident.
    draws = Chance.of(1, "enterprise", 7)
    assert [draws.whole(1, 1000) for _ in range(4)] == [792, 123, 820, 46]


def test_a_child_does_not_depend_on_what_was_drawn_before() -> None:
    drawn, fresh = Chance.of("x"), Chance.of("x")
    drawn.share()
    assert drawn.child("a").share() == fresh.child("a").share()


def test_two_children_are_two_streams() -> None:
    assert Chance.of("x").child("a").share() != Chance.of("x").child("b").share()


@given(st.integers(-50, 50), st.integers(0, 50))
def test_a_whole_number_lies_between_both_ends(low: int, width: int) -> None:
    draws = Chance.of(low, width)
    assert all(low <= draws.whole(low, low + width) <= low + width for _ in range(20))


def test_a_weight_of_nothing_is_never_picked() -> None:
    draws = Chance.of("weights")
    assert {draws.weighted(("a", "b"), (1, 0)) for _ in range(200)} == {"a"}
