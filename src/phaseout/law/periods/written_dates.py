"""Dates and moments as officials write them: 2017-06-30, 2017/6/30, 2017年6月30日.

Times are Beijing time unless they carry an offset. Nothing is guessed: a date without a year or
with the day first is an error.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from phaseout.law.periods.certificate import BEIJING

_DAY = re.compile(
    r"(?P<year>\d{4})\s*(?:"
    r"-\s*(?P<m1>\d{1,2})\s*-\s*(?P<d1>\d{1,2})"
    r"|/\s*(?P<m2>\d{1,2})\s*/\s*(?P<d2>\d{1,2})"
    r"|\.\s*(?P<m3>\d{1,2})\s*\.\s*(?P<d3>\d{1,2})"
    r"|年\s*(?P<m4>\d{1,2})\s*月\s*(?P<d4>\d{1,2})\s*日"
    r")",
    re.ASCII,
)
_TIME = re.compile(
    r"(?:T|\s*)(?P<hour>\d{1,2})(?::(?P<m1>\d{2})(?::(?P<s1>\d{2}))?"
    r"|[时點点](?:(?P<m2>\d{1,2})分)?(?:(?P<s2>\d{1,2})秒)?)"
    r"\s*(?P<offset>Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)


def parse_day(text: str) -> date:
    """The day written in `text`.

    >>> parse_day("2017年6月30日")
    datetime.date(2017, 6, 30)

    Raises:
        ValueError: not a date, or no such day; the message says which.
    """
    day, rest = _leading_day(_plain(text))
    if rest:
        raise ValueError(f"{text!r} is not a date: expected 2017-06-30, 2017/6/30 or 2017年6月30日")
    return day


def parse_moment(text: str) -> datetime:
    """The moment written in `text`: a day and a time. Beijing time unless an offset is given.

    >>> parse_moment("2017年6月30日14时30分").isoformat()
    '2017-06-30T14:30:00+08:00'

    Raises:
        ValueError: not a day with a time, or no such day or time.
    """
    day, rest = _leading_day(_plain(text))
    found = _TIME.fullmatch(rest)
    # "2017-6-114:30" could be the 1st or the 11th: only after 日 may the hour follow directly.
    runs_on = rest[:1].isdigit() and "日" not in text
    if not found or runs_on:
        raise ValueError(f"{text!r} is not a moment: expected a day and a time, 2017-06-30 14:30")
    hour, minute, second = (
        int(found[name] or found[other] or 0)
        for name, other in (("hour", "hour"), ("m1", "m2"), ("s1", "s2"))
    )
    zone = _zone(found["offset"])
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
        return moment.astimezone(BEIJING)
    except (ValueError, OverflowError) as problem:
        raise ValueError(f"{text!r} is not a moment: {problem}") from None


def _plain(text: str) -> str:
    """Full-width digits and punctuation, as Chinese keyboards write them, made plain."""
    return unicodedata.normalize("NFKC", text).strip()


def _leading_day(text: str) -> tuple[date, str]:
    found = _DAY.match(text)
    if not found:
        raise ValueError(f"{text!r} is not a date: expected 2017-06-30, 2017/6/30 or 2017年6月30日")
    month, day = (next(v for n in "1234" if (v := found[f"{part}{n}"])) for part in "md")
    try:
        return date(int(found["year"]), int(month), int(day)), text[found.end() :]
    except ValueError as problem:
        raise ValueError(f"{text!r} is not a date: {problem}") from None


def _zone(offset: str | None) -> tzinfo:
    if offset is None:
        return BEIJING
    if offset == "Z":
        return UTC
    sign = -1 if offset[0] == "-" else 1
    digits = offset[1:].replace(":", "")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(sign * shift)
