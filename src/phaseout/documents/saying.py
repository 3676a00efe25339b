"""Values as official prose says them: days, lengths, Chinese numerals, articles."""

from __future__ import annotations

import re
from datetime import date, datetime

from phaseout.law.periods import Unit
from phaseout.law.periods.rest_days import WEEKDAYS

_FIGURES = "零一二三四五六七八九"
_ARTICLE = re.compile(r"(\d+)(?:\(.*\))?")

LENGTHS = {
    Unit.CALENDAR_DAY: "日",
    Unit.WORKING_DAY: "个工作日",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
    Unit.HOUR: "小时",
}


def numeral(number: int) -> str:
    """A whole number from 1 to 9999 in Chinese.

    >>> [numeral(n) for n in (4, 10, 16, 20, 72, 105, 110, 1107)]
    ['四', '十', '十六', '二十', '七十二', '一百零五', '一百一十', '一千一百零七']
    """
    said, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            said += ("零" if gap and said else "") + _FIGURES[digit] + name
        gap = not digit
    return said.removeprefix("一") if said.startswith("一十") else said


def article(clause: str) -> str:
    """A clause of our records as a document cites it; empty where it names none.

    A paragraph or item in brackets is left out: the records write 款 and 项 alike, and a citation
    must not say the wrong one. Give the whole clause in words to be more exact.

    >>> [article(clause) for clause in ("46", "64(1)", "四", "第七十二条第一款", "")]
    ['第四十六条', '第六十四条', '第（四）项', '第七十二条第一款', '']
    """
    if found := _ARTICLE.fullmatch(clause):
        return f"第{numeral(int(found[1]))}条"
    if clause and not clause.strip("一二三四五六七八九十"):
        return f"第（{clause}）项"
    return clause


def day(on: date) -> str:
    """2018年3月5日; a moment to the minute."""
    said = f"{on.year}年{on.month}月{on.day}日"
    return f"{said}{on.hour}时{on.minute:02d}分" if isinstance(on, datetime) else said


def weekday(on: date) -> str:
    """星期一 …"""
    return WEEKDAYS[on.weekday()][0]


def length(count: int, unit: Unit) -> str:
    """60日, 5个工作日, 6个月."""
    return f"{count}{LENGTHS[unit]}"
