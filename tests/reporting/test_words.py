"""Figures as people read them, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from phaseout.reporting.words import amount, quantity


@pytest.mark.parametrize(
    ("value", "unit", "lang", "shown"),
    [
        ("25.100000", "万t/a", "zh", ("25.1", "万吨/年")),
        ("25.100000", "万t/a", "en", ("251,000", "t/a")),
        ("20.4", "万standard hides/a", "zh", ("20.4", "万标张/年")),
        ("20.4", "万standard hides/a", "en", ("204,000", "standard hides/a")),
        ("13700", "kWh/t", "en", ("13,700", "kWh/t")),
        ("13700", None, "zh", ("13,700", "—")),
    ],
)
def test_ten_thousands_stay_in_chinese_and_are_counted_out_in_english(
    value: str, unit: str | None, lang: str, shown: tuple[str, str]
) -> None:
    assert amount(Decimal(value), unit, lang) == shown


def test_what_is_not_known_is_a_dash_and_zero_is_zero() -> None:
    assert quantity(None) == "—"
    assert [quantity(Decimal(zero)) for zero in ("0.000000", "-0.0")] == ["0", "0"]
    assert [quantity(Decimal(less)) for less in ("-0.36", "-1234.5")] == ["-0.36", "-1,234.5"]
