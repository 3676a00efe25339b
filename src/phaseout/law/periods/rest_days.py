"""Which days are rest days: the published calendar of State Council notices, with a version.

The shipped calendar is the library `chinesecalendar` (notices for 2004 to 2026) and, on top of
it, `tables/rest_day_overrides.csv`. A caller may add rows of its own. Of a year whose notice is
not in the calendar only Saturdays and Sundays are known: its days are not `settled`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, date
from enum import StrEnum
from functools import cache
from importlib import resources

import chinese_calendar

from phaseout.law.periods.rest_day_rows import Additions, RestDayRow, RowKind, read_rows
from phaseout.law.refusals import Bilingual

WEEKDAYS: tuple[Bilingual, ...] = (
    ("星期一", "Monday"),
    ("星期二", "Tuesday"),
    ("星期三", "Wednesday"),
    ("星期四", "Thursday"),
    ("星期五", "Friday"),
    ("星期六", "Saturday"),
    ("星期日", "Sunday"),
)
SATURDAY = 5


class DayKind(StrEnum):
    """What a day is. Weekends and holidays are rest days; a makeup workday is none."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP_WORKDAY = "makeup_workday"


@dataclass(frozen=True, slots=True)
class DayStatus:
    """What the calendar says of one day.

    `name` is the holiday, or the holiday a make-up workday belongs to, or the weekday.
    `settled` is False where a notice that we do not hold may still change the day.
    """

    day: date
    kind: DayKind
    name: Bilingual
    source: str
    settled: bool

    @property
    def rest(self) -> bool:
        return self.kind in (DayKind.WEEKEND, DayKind.HOLIDAY)


@dataclass(frozen=True, slots=True)
class RestCalendar:
    """Rest days and make-up workdays of the years whose notices are held. Immutable.

    `year_end_from`: from this day of December on, a year's end is settled only when the notice
    of the year after is held too: New Year's rest has reached back into December and turned
    days before it into workdays. None: no such days.
    """

    name: str
    years: frozenset[int]
    holidays: Mapping[date, Bilingual] = field(hash=False)
    makeup_workdays: Mapping[date, Bilingual] = field(hash=False)
    year_end_from: int | None = None
    additions: Additions = field(default_factory=Additions)

    @property
    def version(self) -> str:
        """Name of the published data and digest of the rows added to it."""
        text = self.additions.canonical().encode()
        return f"{self.name}; overrides sha256:{hashlib.sha256(text).hexdigest()[:12]}"

    def with_rows(self, additions: Additions) -> RestCalendar:
        """This calendar with rows added; a later row for the same day replaces an earlier one."""
        return RestCalendar(
            self.name,
            self.years | {row.year for row in additions.years},
            self.holidays,
            self.makeup_workdays,
            self.year_end_from,
            self.additions.followed_by(additions),
        )

    def status(self, day: date) -> DayStatus:
        """What is known of `day`; an added row goes before the published data."""
        if (row := self.additions.day(day)) is not None:
            return _from_row(row)
        settled = self.settles(day)
        if day in self.makeup_workdays:
            kind, name = DayKind.MAKEUP_WORKDAY, self.makeup_workdays[day]
        elif day in self.holidays:
            kind, name = DayKind.HOLIDAY, self.holidays[day]
        else:
            name = WEEKDAYS[day.weekday()]
            kind = DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKDAY
        return DayStatus(day, kind, name, self.name, settled)

    def covers(self, day: date) -> bool:
        """Whether the notice of the day's year is held, or the day was added by itself."""
        return day.year in self.years or self.additions.day(day) is not None

    def settles(self, day: date) -> bool:
        """Whether nothing still to be published can change the day."""
        if self.additions.day(day) is not None:
            return True
        if day.year not in self.years:
            return False
        return not (
            self.year_end_from is not None
            and (day.month, day.day) >= (12, self.year_end_from)
            and day.year < MAXYEAR
            and day.year + 1 not in self.years
        )


def _from_row(row: RestDayRow) -> DayStatus:
    weekend = row.day.weekday() >= SATURDAY
    if row.kind is RowKind.REST:
        kind = DayKind.HOLIDAY
    else:
        kind = DayKind.MAKEUP_WORKDAY if weekend else DayKind.WORKDAY
    return DayStatus(row.day, kind, row.name, row.source, settled=True)


@cache
def shipped_calendar() -> RestCalendar:
    """The calendar of the product: the library's notices and the rows of this package."""
    holidays = _named(chinese_calendar.holidays)
    makeup_workdays = _named(chinese_calendar.workdays)
    table = resources.files(__package__) / "tables" / "rest_day_overrides.csv"
    published = RestCalendar(
        name=f"chinesecalendar {chinese_calendar.__version__}",
        # The library answers for the years of its holidays, and so do we: a notice that moved
        # a single December day of the year before the first does not publish that year.
        years=frozenset(day.year for day in holidays),
        holidays=holidays,
        makeup_workdays=makeup_workdays,
        year_end_from=_first_changed_december_day([*holidays, *makeup_workdays]),
    )
    return published.with_rows(read_rows(table.read_bytes(), table.name))


def _named(days: Mapping[date, str]) -> dict[date, Bilingual]:
    chinese = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}
    return {day: (chinese[english], english) for day, english in days.items()}


def _first_changed_december_day(days: Iterable[date]) -> int | None:
    """The earliest day of December that any notice held has changed (29, up to now)."""
    return min((day.day for day in days if day.month == 12), default=None)
