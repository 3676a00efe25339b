"""What the ways of counting share: the question, the answer, and what the calendar leaves open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from phaseout.law.periods.certificate import Bound, Direction, Doubt, Step, Unit
from phaseout.law.periods.rest_days import DayStatus, RestCalendar
from phaseout.law.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The question: from what, how long, by which calendar."""

    trigger: date | datetime
    unit: Unit
    length: int
    extension: int
    direction: Direction
    bound: Bound
    calendar: RestCalendar

    @property
    def total(self) -> int:
        return self.length + self.extension

    @property
    def begins(self) -> date:
        """The trigger's day: by it the edition of the counting rules is chosen."""
        return self.trigger.date() if isinstance(self.trigger, datetime) else self.trigger


@dataclass(frozen=True, slots=True)
class Counted:
    """The answer: the day (or moment), how it was reached, and what may still move it."""

    due: date | datetime
    steps: tuple[Step, ...]
    doubts: tuple[Doubt, ...] = ()


def doubts_about(days: Iterable[DayStatus], calendar: RestCalendar) -> tuple[Doubt, ...]:
    """A doubt for each year (and year end) whose notice could still change one of `days`."""
    unsettled = {s.day.year: calendar.covers(s.day) for s in days if not s.settled}
    return tuple(
        _year_end_open(year, calendar) if covered else _year_unknown(year, calendar)
        for year, covered in sorted(unsettled.items())
    )


def _year_unknown(year: int, calendar: RestCalendar) -> Doubt:
    if calendar.years and year < min(calendar.years):
        return Doubt(
            "calendar.year-not-recorded",
            (
                f"日历（{calendar.name}）没有{year}年的放假通知，只按周六、周日判断休息日。",
                f"The calendar ({calendar.name}) holds no notice for {year}: only Saturdays and "
                "Sundays were taken as rest days.",
            ),
        )
    return Doubt(
        "calendar.year-not-published",
        (
            f"{year}年的节假日安排尚未公布或尚未录入日历（{calendar.name}），"
            "只按周六、周日判断休息日；通知公布后须重新计算。",
            f"The holidays of {year} are not published, or not in the calendar ({calendar.name}): "
            "only Saturdays and Sundays were taken as rest days. Compute again when the notice "
            "is out.",
        ),
    )


def _year_end_open(year: int, calendar: RestCalendar) -> Doubt:
    return Doubt(
        "calendar.year-end-open",
        (
            f"{year}年12月{calendar.year_end_from}日以后的日子可能由{year + 1}年的放假通知调整"
            "（元旦），该通知尚未录入；通知公布后须重新计算。",
            f"The days from {year}-12-{calendar.year_end_from} on may be changed by the notice for "
            f"{year + 1} (New Year), which the calendar does not hold yet. Compute again when it "
            "is out.",
        ),
    )


def known_status(day: date, calendar: RestCalendar) -> DayStatus:
    """The status of a day that is to be counted, or not, as a working day.

    Raises:
        Refusal: `period.no-calendar`, the year's notice is not held.
    """
    if not calendar.covers(day):
        raise _no_calendar(day.year, calendar)
    return calendar.status(day)


def _no_calendar(year: int, calendar: RestCalendar) -> Refusal:
    held = f"{min(calendar.years)}–{max(calendar.years)}" if calendar.years else "—"
    return Refusal(
        "period.no-calendar",
        what=(f"不能计算{year}年的工作日", f"cannot count working days in {year}"),
        why=(
            f"工作日须按国务院办公厅当年的放假通知计算（docs/periods.md 规则5），日历"
            f"（{calendar.version}）只有{held}年的通知，没有{year}年的。",
            "working days are counted by the State Council's notice for the year (docs/periods.md, "
            f"rule 5); the calendar ({calendar.version}) holds the notices of {held}, not {year}.",
        ),
        instead=(
            f"请在{year}年通知公布后更新日历，或用 --calendar 提供该年的休息日表，再重新计算。",
            f"Update the calendar once the notice for {year} is out, or give the year's rest days "
            "with --calendar, then compute again.",
        ),
    )
