"""The span of time that is monitored, in whole hours from its first midnight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from phaseout.law.periods.arithmetic import add_months


@dataclass(frozen=True, slots=True)
class Window:
    """Whole months; `first` is the first day, `hours` the length."""

    first: date
    hours: int

    @property
    def start(self) -> datetime:
        return datetime(self.first.year, self.first.month, self.first.day)  # noqa: DTZ001

    @property
    def last(self) -> date:
        return self.first + timedelta(hours=self.hours - 1)

    def time(self, hour: int) -> datetime:
        """Beijing time at the beginning of that hour of the window."""
        return self.start + timedelta(hours=hour)


def window_before(on: date, months: int) -> Window:
    """The last `months` months up to the last end of a calendar quarter before `on`."""
    after = date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
    first = add_months(after, -months)
    return Window(first, (after - first).days * 24)
