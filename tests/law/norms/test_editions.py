"""Lines of succession, the same limit in other editions, what changed between two."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from phaseout.law.norms import NormBook
from phaseout.law.norms.difference import difference
from phaseout.law.norms.editions import editions, same_question

BOOK = NormBook.load()


@pytest.mark.parametrize(
    ("source_id", "line"),
    [
        ("GB21341-2017", ["GB21341-2008", "GB21341-2017", "GB21341-2022"]),
        ("E-GB4915-2013", ["E-GB4915-2013", "E-GB4915-2013-A2026"]),  # with its amendment
        ("SAWS-85", ["SAWS-85", "MEM-4"]),  # replaced by a document of another number
        ("NDRC-CAT-2024", ["NDRC-CAT-2011", "NDRC-CAT-2011R", "NDRC-CAT-2019", "NDRC-CAT-2024"]),
        ("SC-446", ["SC-446", "SC-COALREG-2024"]),
    ],
)
def test_the_line_of_succession_of_a_document(source_id, line):
    assert [e.source.source_id for e in editions(BOOK.source(source_id), BOOK)] == line


def test_a_line_of_succession_is_the_same_from_whichever_edition():
    for source in BOOK.sources.values():
        line = editions(source, BOOK)
        assert source in [edition.source for edition in line]
        assert editions(line[-1].source, BOOK) == line


def test_days_are_those_printed_or_those_of_the_rows():
    first, amendment = editions(BOOK.source("E-GB4915-2013"), BOOK)
    assert (first.first, first.last, first.amends) == (date(2014, 3, 1), None, False)
    assert amendment.amends


@pytest.mark.parametrize(
    ("row_id", "others"),
    [
        # existing plants' limit and grade 3 are one question; other wordings of it come along
        (
            "energy_limits/GB21341-2022/6",
            [
                "energy_limits/GB21341-2008/3",
                "energy_limits/GB21341-2008/5",
                "energy_limits/GB21341-2017/2",
                "energy_limits/GB21341-2022/6",
            ],
        ),
        # an indicator that a later edition renamed
        (
            "energy_limits/GB16780-2021/6",
            ["energy_limits/GB16780-2012/7", "energy_limits/GB16780-2021/6"],
        ),
    ],
)
def test_the_same_limit_in_other_editions(row_id, others):
    assert [row.row_id for row in same_question(BOOK.row(row_id), BOOK)] == others


def between(old, new):
    return difference(BOOK.source(old), BOOK.source(new), BOOK)


@pytest.mark.parametrize(
    ("old", "new", "row_id", "fields", "percent"),
    [
        ("GB21341-2017", "GB21341-2022", "energy_limits/GB21341-2022/6", ("value",), "-2.6"),
        (
            "GB-1499.2-2007", "GBT-1499.2-2018", "product_standards/GBT-1499.2-2018/16",
            ("value",), "-14.3",
        ),
        (
            "NDRC-CAT-2011R", "NDRC-CAT-2019", "equipment_catalogue/NDRC-CAT-2019/30",
            ("threshold",), None,
        ),
    ],
)  # fmt: skip
def test_a_figure_that_changed(old, new, row_id, fields, percent):
    (change,) = [c for c in between(old, new).changed if c.new.row_id == row_id]
    assert change.fields == fields
    assert change.of_figure
    assert change.percent == (None if percent is None else Decimal(percent))


def test_an_amendment_takes_nothing_out():
    found = between("E-GB4915-2013", "E-GB4915-2013-A2026")
    assert (len(found.changed), len(found.removed), found.unnamed) == (6, 0, 37)


def test_a_remark_is_no_change():
    (change,) = [
        c for c in between("GB21341-2017", "GB21341-2022").changed if c.new.row_id.endswith("/4")
    ]
    assert change.old.condition != change.new.condition
    assert not change.of_condition


def test_nothing_changed_between_an_edition_and_itself():
    found = between("GB16780-2012", "GB16780-2012")
    assert (found.changed, found.added, found.removed, found.same) == ((), (), (), 21)


def test_every_row_of_either_edition_is_told_once():
    for source in BOOK.sources.values():
        line = editions(source, BOOK)
        for one, other in pairwise(line):
            found = between(one.source.source_id, other.source.source_id)
            met = len(found.changed) + found.same
            assert met + len(found.removed) + found.unnamed == one.rows
            assert met + len(found.added) == other.rows
