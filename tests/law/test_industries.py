"""The thirteen industries: their order, their names, and how loosely they may be written."""

from __future__ import annotations

import pytest

from phaseout.law.industries import ALL_INDUSTRIES, INDUSTRIES, industry_key
from phaseout.law.norms import NormBook


def test_there_are_thirteen_in_the_order_of_clause_three() -> None:
    assert "、".join(industry.zh for industry in INDUSTRIES.values()) == (
        "钢铁、煤炭、水泥、电解铝、精细化工、铁合金、电石、碳化硅、焦炭、铅锌冶炼、化肥、造纸、制革"
    )


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("cement", "cement"),
        ("CEMENT", "cement"),
        ("水泥", "cement"),
        (" 电石 ", "calcium_carbide"),
        ("calcium-carbide", "calcium_carbide"),
        ("Lead and Zinc smelting", "lead_zinc"),
        ("all", ALL_INDUSTRIES),
        ("tea", None),
        ("", None),
    ],
)
def test_an_industry_is_known_by_key_and_by_either_name(written: str, key: str | None) -> None:
    assert industry_key(written) == key


def test_every_name_of_an_industry_leads_back_to_it() -> None:
    for industry in INDUSTRIES.values():
        assert {industry_key(name) for name in (industry.key, industry.zh, industry.en)} == {
            industry.key
        }


def test_every_limit_table_speaks_of_these_industries_only() -> None:
    book = NormBook.load()
    tables = (
        book.energy_limits,
        book.emission_limits,
        book.equipment_catalogue,
        book.hazard_criteria,
        book.product_standards,
    )
    used = {row.industry for table in tables for row in table}
    assert used - set(INDUSTRIES) == {ALL_INDUSTRIES}
