"""A row in words: every row of the store can be told in both languages, figures as printed."""

from __future__ import annotations

import pytest

from phaseout.law.norms import NormBook
from phaseout.law.norms.book import TABLES
from phaseout.law.norms.wording import TABLE_NAMES, describe, industry_name

BOOK = NormBook.load()


@pytest.mark.parametrize("table", sorted(TABLES))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_row_can_be_told(table: str, lang: str) -> None:
    assert table in TABLE_NAMES
    for row in getattr(BOOK, table):
        words = describe(row, lang)
        assert words.subject, row.row_id
        value = getattr(row, "value", None)
        if value is not None and getattr(row, "comparator", "") != "presence":
            assert str(value) in words.limit, row.row_id


@pytest.mark.parametrize(
    ("row_id", "lang", "subject", "whom", "limit"),
    [
        ("energy_limits/GB21346-2013/1", "zh", "电解铝（电解）", "现有 限定值", "≤ 13700 kWh/t"),
        ("equipment_catalogue/NDRC-CAT-2011R/25", "zh", "炼铁高炉", "限制类", "＞ 400, ＜ 1200 m³"),
        (
            "equipment_catalogue/NDRC-CAT-2011R/25", "en", "ironmaking blast furnace",
            "limit class", "> 400, < 1200 m³",
        ),
    ],
)  # fmt: skip
def test_a_row_reads_like_this(row_id: str, lang: str, subject: str, whom: str, limit: str) -> None:
    words = describe(BOOK.row(row_id), lang)
    assert (words.subject, words.whom, words.limit) == (subject, whom, limit)


def test_an_abolished_product_must_not_be_there() -> None:
    assert describe(BOOK.row("product_standards/GB-175-2007-XG2/1"), "zh").limit == "不得有"
    assert describe(BOOK.row("product_standards/GB-18382-2021/1"), "en").limit == "must be there"


def test_industries_have_names_in_both_languages() -> None:
    assert industry_name("cement", "zh") == "水泥"
    assert industry_name("all", "en") == "all industries"
