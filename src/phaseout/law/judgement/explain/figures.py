"""Days, numbers, clauses and validities as an official writes them, in Chinese and English."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_CEILING, Decimal

OPEN_START, OPEN_END = date(1, 1, 1), date(9999, 12, 31)
_TENTH = Decimal("0.1")
_NUMBERED = re.compile(r"^\s*(\d+(?:\.\d+)*)(?!\w)\s*")


def day_zh(day: date) -> str:
    """
    >>> day_zh(date(2017, 6, 30))
    '2017年6月30日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def number(value: Decimal) -> str:
    """Without trailing zeros and without an exponent.

    >>> number(Decimal("42.500000")), number(Decimal("400.000000"))
    ('42.5', '400')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(value: Decimal, unit: str | None) -> str:
    """A number with its unit; `-` and no unit at all are not written.

    >>> quantity(Decimal("0.06"), "%"), quantity(Decimal("45"), "min"), quantity(Decimal("1"), "-")
    ('0.06%', '45 min', '1')
    >>> quantity(Decimal("80"), "mg/m3")
    '80 mg/m³'
    """
    if not unit or unit == "-":
        return number(value)
    unit = unit.replace("m3", "m³")
    return f"{number(value)}%{unit[1:]}" if unit[0] == "%" else f"{number(value)} {unit}"


def at_places(value: Decimal, last_place: Decimal) -> str:
    """A rounded value with the digits of the limit as printed.

    >>> at_places(Decimal("3.500000"), Decimal("0.100000"))
    '3.5'
    """
    text = number(last_place)
    places = len(text) - 2 if text.startswith("0.") else 0
    return f"{value:.{places}f}"


def clause_zh(clause: str) -> str:
    """A clause as a sentence cites it: numbers become 第…条, a table follows its clause.

    >>> clause_zh("7.3.3"), clause_zh("第三条第1项"), clause_zh("表1")
    ('第7.3.3条', '第三条第1项', '表1')
    >>> clause_zh("4.3 表2"), clause_zh("4（表1）"), clause_zh("3.1 表1；4.1.1")
    ('第4.3条表2', '第4条（表1）', '第3.1条表1；第4.1.1条')
    """
    return "；".join(_NUMBERED.sub(r"第\1条", part) for part in clause.split("；"))


def validity(first: date, last: date) -> tuple[str, str]:
    """When a row is in force; both ends inside.

    >>> validity(date(2008, 6, 1), OPEN_END)
    ('2008年6月1日起施行', 'in force from 2008-06-01')
    """
    if first == OPEN_START and last == OPEN_END:
        return "记录中没有起止日期", "without dates in our record"
    if last == OPEN_END:
        return f"{day_zh(first)}起施行", f"in force from {first}"
    if first == OPEN_START:
        return f"施行至{day_zh(last)}", f"in force until {last}"
    return f"{day_zh(first)}至{day_zh(last)}有效", f"in force from {first} to {last}"


def share(part: Decimal, whole: Decimal) -> str:
    """A part of a whole in percent, one place, rounded up: so much is always enough.

    >>> share(Decimal("0.1"), Decimal("42.4"))
    '0.3'
    """
    return f"{(part / whole * 100).quantize(_TENTH, ROUND_CEILING)}"


def cited(number_: str, title_en: str) -> str:
    """How an English text names a document: by its number if that is in Latin letters."""
    return number_ if number_ and number_.isascii() else title_en
