"""How days and numbers are written into a table."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from phaseout.province.chance import Chance


def plain(value: float | Decimal, digits: int) -> str:
    """A number with at most `digits` decimals (fewer than 0: rounded to tens, hundreds …), no
    trailing zeros, no exponent.

    >>> plain(12.50, 2), plain(1234.0, -2), plain(Decimal("-0.004"), 2)
    ('12.5', '1200', '0')
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    text = f"{rounded:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def digits_for(size: float) -> int:
    """Decimals that a plant would report a figure of this size with."""
    for bound, digits in ((1, 4), (10, 3), (1000, 2), (10000, 1)):
        if abs(size) < bound:
            return digits
    return 0


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def as_officials_write(day: date, chance: Chance) -> str:
    """A day mostly as 2017-06-30, sometimes as 2017/6/30 or 2017年6月30日."""
    fate = chance.share()
    if fate < 0.03:
        return f"{day.year}/{day.month}/{day.day}"
    return f"{day.year}年{day.month}月{day.day}日" if fate < 0.06 else day.isoformat()
