"""When a row holds: both ends inside, open ends, and dates that a document prints in part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from phaseout.law.norms import NormBook
from phaseout.law.norms.validity import Validity, of_row, of_source, printed_day

BOOK = NormBook.load()
SOURCE = BOOK.source("GB21346-2013")


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2014, 8, 31), False),
        (date(2014, 9, 1), True),
        (date(2023, 12, 31), True),
        (date(2024, 1, 1), False),
    ],
)
def test_both_ends_of_a_validity_are_inside(day: date, holds: bool) -> None:
    row = BOOK.row("energy_limits/GB21346-2013/1")
    assert of_row(row, SOURCE).holds_on(day) is holds
    assert of_source(SOURCE).holds_on(day) is holds


@pytest.mark.parametrize(
    ("printed", "day", "holds"),
    [
        ("2017", date(2016, 12, 31), False),
        ("2017", date(2017, 1, 1), None),
        ("2017", date(2017, 12, 30), None),
        ("2017", date(2017, 12, 31), True),
        ("2017-02", date(2017, 1, 31), False),
        ("2017-02", date(2017, 2, 1), None),
        ("2017-02", date(2017, 2, 28), True),
        ("", date(1, 1, 1), True),
    ],
)
def test_a_start_printed_in_part_leaves_days_open(
    printed: str, day: date, holds: bool | None
) -> None:
    source = replace(SOURCE, effective_from=printed, effective_to="")
    assert of_source(source).holds_on(day) is holds


@pytest.mark.parametrize(
    ("day", "holds"),
    [(date(2017, 12, 31), True), (date(2018, 1, 1), True), (date(2018, 1, 2), None),
     (date(2018, 12, 31), None), (date(2019, 1, 1), False)],
)  # fmt: skip
def test_an_end_printed_in_part_leaves_days_open(day: date, holds: bool | None) -> None:
    source = replace(SOURCE, effective_from="2015-01-01", effective_to="2018")
    assert of_source(source).holds_on(day) is holds


def test_a_criterion_has_the_validity_of_its_document() -> None:
    row = BOOK.row("hazard_criteria/MEM-10/1")
    validity = of_row(row, BOOK.source("MEM-10"))
    assert validity.holds_on(date(2023, 5, 14)) is False
    assert validity.holds_on(date(2023, 5, 15)) is True


def test_validities_that_touch_share_no_day() -> None:
    one = Validity(None, date(2020, 6, 30), None, date(2020, 6, 30))
    other = Validity(date(2020, 7, 1), None, date(2020, 7, 1), None)
    longer = Validity(date(2020, 6, 30), None, date(2020, 6, 30), None)
    assert not one.shares_a_day(other)
    assert one.shares_a_day(longer)


def test_only_a_full_day_is_a_printed_day() -> None:
    assert printed_day("2017-06-30") == date(2017, 6, 30)
    assert [printed_day(text) for text in ("2017", "2017-06", "", "unknown")] == [None] * 4
