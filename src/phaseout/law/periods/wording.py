"""Words used in the steps: days, units and lengths in Chinese and English."""

from __future__ import annotations

from datetime import date, datetime

from phaseout.law.periods.certificate import Unit
from phaseout.law.periods.rest_days import WEEKDAYS

_UNITS: dict[Unit, tuple[str, str, str]] = {
    Unit.CALENDAR_DAY: ("日（自然日）", "calendar day", "calendar days"),
    Unit.WORKING_DAY: ("个工作日", "working day", "working days"),
    Unit.MONTH: ("个月", "month", "months"),
    Unit.YEAR: ("年", "year", "years"),
    Unit.HOUR: ("小时", "hour", "hours"),
}


def day_zh(day: date | datetime) -> str:
    """A day with its weekday, or a moment to the minute (to the second where it has seconds)."""
    text = f"{day.year}年{day.month}月{day.day}日（{WEEKDAYS[day.weekday()][0]}）"
    if not isinstance(day, datetime):
        return text
    seconds = f"{day.second}秒" if day.second else ""
    return f"{text}{day.hour}时{day.minute:02d}分{seconds}"


def day_en(day: date | datetime) -> str:
    """As `day_zh`, in English."""
    weekday = WEEKDAYS[day.weekday()][1]
    if not isinstance(day, datetime):
        return f"{day.isoformat()} ({weekday})"
    clock = day.strftime("%H:%M:%S" if day.second else "%H:%M")
    return f"{day.date().isoformat()} ({weekday}) {clock} Beijing time"


def length_zh(count: int, unit: Unit) -> str:
    """A length in Chinese: 6个月."""
    return f"{count}{_UNITS[unit][0]}"


def length_en(count: int, unit: Unit) -> str:
    """A length in English: 1 month, 6 months."""
    return f"{count} {_UNITS[unit][1 if count == 1 else 2]}"
