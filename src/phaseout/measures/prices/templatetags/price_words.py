"""How this room shows money."""

from __future__ import annotations

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def money(value: Decimal | None) -> str:
    """CNY with both its decimals: 11,120,000.08; nothing for None."""
    return "" if value is None else f"{value:,.2f}"


@register.filter
def rate(value: Decimal | None) -> str:
    """CNY/kWh with at least two decimals, as the documents print it: 0.50, 0.0291."""
    if value is None:
        return ""
    text = format(value.normalize(), "f")
    decimals = len(text.partition(".")[2])
    return text if decimals >= 2 else f"{value:.2f}"
