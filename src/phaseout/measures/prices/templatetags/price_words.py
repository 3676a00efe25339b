"""How this room shows money."""

from __future__ import annotations

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def money(value: Decimal | None) -> str:
    """CNY with both its decimals: 11,120,000.08; nothing for None."""
    return "" if value is None else f"{value:,.2f}"
