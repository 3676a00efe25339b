"""Money and quantities as they are typed: what is taken, and what is refused with what is meant."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django import forms

from phaseout.pages.forms import MoneyField, QuantityField

TAKEN = [
    ("12345.67", "12345.67"),
    (" 12,345.67 ", "12345.67"),
    ("１２，３４５．６", "12345.6"),
    ("0", "0"),
]
REFUSED = ["1e3", "1E3", "NaN", "Infinity", "-Infinity", "1,00", "12,3456", "1 000", "1.2.3", "0x1"]
REFUSED += ["壹佰", "100元", "--1", "1_000"]


@pytest.mark.parametrize("field", [MoneyField(), QuantityField()])
def test_plain_digits_are_taken_and_nothing_is_guessed(field):
    assert [field.clean(typed) for typed, _ in TAKEN] == [Decimal(meant) for _, meant in TAKEN]
    for typed in REFUSED:
        with pytest.raises(forms.ValidationError, match="请") as refused:
            field.clean(typed)
        assert f"“{typed}”" in str(refused.value), typed


@pytest.mark.parametrize("typed", ["1.234", "-0.01", "123456789012345.00"])
def test_money_has_two_places_is_not_below_nought_and_has_an_end(typed):
    with pytest.raises(forms.ValidationError):
        MoneyField().clean(typed)


def test_it_is_no_number_field_of_the_browser_which_drops_what_it_does_not_know():
    html = MoneyField().get_bound_field(forms.Form(), "amount").as_widget()
    assert 'type="text"' in html
    assert 'inputmode="decimal"' in html
