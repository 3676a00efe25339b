"""The English half of an explanation: English names and clauses wherever the tables have them."""

from __future__ import annotations

import re

import pytest

from phaseout.law.judgement.explain.english import (
    clause_en,
    condition_key,
    energy_en,
    pollutant_names,
    product_en,
    unit_en,
)
from phaseout.law.norms import NormBook

CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
BOOK = NormBook.load()


@pytest.mark.parametrize(
    ("clause", "english"),
    [
        ("4.3 表2 序号10", "4.3 table 2 no. 10"),
        ("表5、表6", "table 5, table 6"),
        ("第三条第1项", "art. 3 item 1"),
        ("第一百七十四条至第一百八十六条", "art. 174–186"),
        ("附录A 表A.1", "annex A table A.1"),
        (
            "第三类 淘汰类 一、落后生产工艺装备 （五）钢铁",
            "class 3 eliminate class 1. outdated processes and equipment (5) steel",
        ),
        ("", ""),
        ("4.1", "4.1"),
    ],
)
def test_a_clause_is_cited_in_english(clause: str, english: str) -> None:
    assert clause_en(clause) == english


def test_every_clause_of_the_norm_tables_can_be_said_in_english() -> None:
    tables = (
        BOOK.emission_limits,
        BOOK.product_standards,
        BOOK.energy_limits,
        BOOK.equipment_catalogue,
        BOOK.hazard_criteria,
    )
    clauses = {row.clause for table in tables for row in table}
    assert not [clause for clause in clauses if CHINESE.search(clause_en(clause))]


def test_the_plainest_name_of_a_pollutant_stands_for_its_code() -> None:
    assert pollutant_names("a34013") == ("颗粒物", "particulate matter")
    assert pollutant_names("x99999") == ("x99999", "x99999")


def test_names_without_english_stay_as_given() -> None:
    assert energy_en("柴油") == "diesel oil"
    assert energy_en("某种燃料") == "某种燃料"
    assert unit_en("万kWh") == "10⁴ kWh"
    assert condition_key("altitude") == ("海拔（altitude）", "altitude (altitude)")
    assert condition_key("no_such_key") == ("no_such_key", "no_such_key")


@pytest.mark.parametrize(
    ("product", "row_product", "called"),
    [
        ("热轧带肋钢筋HRB400", None, "ribbed bar HRB400"),
        ("某水泥P·C", "composite cement", "composite cement P·C"),
        ("HRB400", "ribbed bar HRB400", "HRB400"),
        ("某种产品", None, "某种产品"),
    ],
)
def test_a_tested_product_is_called_by_its_english_name(
    product: str, row_product: str | None, called: str
) -> None:
    assert product_en(product, row_product) == called
