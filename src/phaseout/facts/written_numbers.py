"""Numbers, days and times as officials write them.

Python reads what the set-based reading leaves over; it sees each distinct text once.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

BEIJING = timezone(timedelta(hours=8))

# Excel counts days from here; its day 60, 29 February 1900, never was.
EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_FIRST_SURE_DAY = 61

_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_SCIENTIFIC = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)[eE][+-]?\d{1,3}")
_DAY = re.compile(
    r"(\d{4})\s*(?:[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?)"
)
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CLOCK = re.compile(
    r"(\d{1,2})(?:[:时](\d{1,2})?)(?:[:分](\d{1,2})?(?:\.(\d{1,6})\d*)?)?秒?\s*"
    r"(Z|[+-]\d{2}(?::?\d{2})?)?"
)


def plain(text: str) -> str:
    """Half-width, trimmed, with one kind of minus."""
    if text.isascii():
        return text.strip()
    return re.sub(r"[−–—‐‑]", "-", unicodedata.normalize("NFKC", text)).strip()


def is_scientific(text: str) -> bool:
    """Whether the text is a number in scientific notation."""
    return _SCIENTIFIC.fullmatch(plain(text)) is not None


def number(text: str) -> Decimal | None:
    """A plain decimal number; thousands may be set apart by commas.

    >>> number("１３,700.5"), number("1,37"), number("1e5"), number("nan")
    (Decimal('13700.5'), None, None, None)
    """
    bare = plain(text)
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    return Decimal(bare) if _PLAIN.fullmatch(bare) else None


def real(text: str) -> float | None:
    """A reading: as `number`, and scientific notation, which loggers write. Never nan or inf."""
    bare = plain(text)
    if _SCIENTIFIC.fullmatch(bare):
        value = float(bare)
        return value if abs(value) < 1e300 else None
    exact = number(bare)
    return None if exact is None else float(exact)


def day(text: str) -> date | None:
    """A day as officials write it; a time of midnight behind it is dropped.

    >>> day("2017年6月3日"), day("2017.6.30"), day("2017-06-31"), day("30/6/2017")
    (datetime.date(2017, 6, 3), datetime.date(2017, 6, 30), None, None)
    """
    bare = plain(text)
    if not bare[:4].isdecimal():
        return None
    bare = re.sub(r"[T\s]+0?0:00(:00(\.0+)?)?$", "", bare)
    found = _DAY.fullmatch(bare)
    if found:
        year, *rest = found.groups()
        month, of_month = (part for part in rest if part is not None)
        return _date(year, month, of_month)
    compact = _COMPACT_DAY.fullmatch(bare)
    return _date(*compact.groups()) if compact else None


def excel_day(serial: float) -> date | None:
    """The day of an Excel serial number; None outside 1900-03-01 to 9999-12-31."""
    whole = int(serial)
    if whole != serial or not EXCEL_FIRST_SURE_DAY <= whole <= 2_958_465:
        return None
    return EXCEL_DAY_ZERO + timedelta(days=whole)


def moment(text: str) -> datetime | None:
    """A moment in Beijing local time; with an offset it is converted. 24:00 is the next day's 0:00.

    >>> moment("2017-06-30T00:00:00Z"), moment("2017年6月30日8时")
    (datetime.datetime(2017, 6, 30, 8, 0), datetime.datetime(2017, 6, 30, 8, 0))
    """
    bare = plain(text)
    found = _DAY.match(bare)
    if not found:
        return _compact_moment(bare)
    on, clock = day(found.group()), bare[found.end() :].lstrip(" T")
    if on is None:
        return None
    if not clock:
        return datetime(on.year, on.month, on.day)  # noqa: DTZ001
    return _at(on, clock)


def _compact_moment(bare: str) -> datetime | None:
    found = re.fullmatch(r"(\d{8})(\d{2})(\d{2})(\d{2})", bare)
    on = day(found[1]) if found else None
    return None if on is None or found is None else _at(on, f"{found[2]}:{found[3]}:{found[4]}")


def _at(on: date, clock: str) -> datetime | None:
    found = _CLOCK.fullmatch(clock)
    if not found:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups()[:3])
    if minute > 59 or second > 59 or hour > 24 or (hour == 24 and (minute or second)):
        return None
    micro = int((found[4] or "").ljust(6, "0") or 0)
    start = datetime(on.year, on.month, on.day)  # noqa: DTZ001
    try:
        local = start + timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro)
        return _in_beijing(local, found[5])
    except OverflowError:
        return None


def _in_beijing(local: datetime, offset: str | None) -> datetime | None:
    if offset is None:
        return local
    sign, digits = (1, "0000") if offset == "Z" else (-1 if offset[0] == "-" else 1, offset[1:])
    digits = digits.replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        return None
    return local - sign * timedelta(hours=hours, minutes=minutes) + timedelta(hours=8)


def _date(year: str, month: str, of_month: str) -> date | None:
    try:
        return date(int(year), int(month), int(of_month))
    except ValueError:
        return None
