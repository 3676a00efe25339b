"""Before whom a decision is reconsidered: the law of its day decides."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from phaseout.law.norms.book import NormBook
from phaseout.law.norms.shipped import rows_of
from phaseout.law.procedures.reconsidering import (
    BodyRow,
    SuperiorRow,
    reconsidered_before,
    superior_of,
)

OLD, NEW = date(2023, 12, 31), date(2024, 1, 1)


@pytest.mark.parametrize(
    ("office", "on", "bodies"),
    [
        ("eic", OLD, ("government", "superior")),
        ("eic", NEW, ("government",)),
        ("cms", OLD, ("superior",)),
        ("cms", NEW, ("superior",)),
        ("city_640100", OLD, ("government",)),
        ("government", NEW, ("government",)),
    ],
)
def test_the_bodies_are_those_of_the_law_of_the_day(office, on, bodies):
    assert reconsidered_before(office, on) == bodies


@pytest.mark.parametrize(
    ("on", "name"),
    [(date(2018, 3, 18), "环境保护部"), (date(2018, 3, 19), "生态环境部")],
)
def test_a_ministry_bears_its_name_of_the_day(on, name):
    assert superior_of("epd", on) == name


def test_who_is_not_on_record_has_no_name():
    assert superior_of("land", OLD) == ""


def test_every_day_has_one_row_a_maker_and_every_source_is_known():
    package = "phaseout.law.procedures"
    for table, kind, key in (
        ("remedy_bodies", BodyRow, "maker"),
        ("superiors", SuperiorRow, "function"),
    ):
        rows = rows_of(package, table, kind)
        for name in {getattr(row, key) for row in rows}:
            own = [row for row in rows if getattr(row, key) == name]
            for one, after in pairwise(own):
                assert (after.held_from - one.held_to).days == 1, name
            assert own[0].held_from is None and own[-1].held_to is None, name
    sources = NormBook.load().sources
    assert {row.source_id for row in rows_of(package, "remedy_bodies", BodyRow)} <= set(sources)
