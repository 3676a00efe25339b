"""Conditions that facts give settle the norm row they were made for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from phaseout.law.norms import NormBook
from phaseout.law.norms.reading import Kind, Part, read
from phaseout.province import settling
from phaseout.province.chance import Chance

BOOK = NormBook.load()
WORDINGS = sorted({row.condition for row in BOOK.emission_limits if row.condition})


def holds(part: Part, given: str) -> bool:
    if part.operator in ("=", "in"):
        return given in part.value.split("|")
    if part.operator == "!=":
        return given != part.value
    number, bound = Decimal(given), Decimal(part.value)
    return {
        "<": number < bound,
        "<=": number <= bound,
        ">": number > bound,
        ">=": number >= bound,
    }[part.operator]


@pytest.mark.parametrize("wording", WORDINGS)
def test_what_is_given_meets_every_part_of_the_wording(wording: str) -> None:
    parts = [
        part
        for part in read("emission_limits", "condition", wording)
        if part.kind is Kind.CONDITION and part.key not in settling.OTHER_KEYS
    ]
    for number in range(5):
        cells = (("condition", wording),)
        given = settling.conditions("emission_limits", cells, Chance.of(wording, number))
        assert all(holds(part, given[part.key]) for part in parts if part.key in given)


def test_a_condition_is_sometimes_left_out() -> None:
    cells = (("condition", "discharge=direct"),)
    given = [
        bool(settling.conditions("emission_limits", cells, Chance.of("left out", number)))
        for number in range(400)
    ]
    assert 0 < given.count(False) < 60


def test_a_remark_asks_for_nothing() -> None:
    cells = (("condition", "averaging=inferred"),)
    assert settling.conditions("emission_limits", cells, Chance.of("remark")) == {}


def test_conditions_are_written_in_the_order_of_their_keys() -> None:
    assert settling.written({"b": "2", "a": "1"}) == "a=1;b=2"
    assert settling.written({}) == ""
