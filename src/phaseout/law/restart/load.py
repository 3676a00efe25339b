"""The load of a meter: days of 96 quarters of an hour, in kW; what was not read is None."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

QUARTER = 15
DAY_SLOTS = 24 * 60 // QUARTER
SLOTS_AN_HOUR = 60 // QUARTER

Slots = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Load:
    """Day → mean power of its quarters, kW, from midnight; all days in Beijing time.

    An hourly step fills its four quarters with its mean. `longest_step` is the coarsest step there
    is, in minutes: what is shorter cannot be seen in it.
    """

    days: Mapping[date, Slots]
    longest_step: int = QUARTER

    @classmethod
    def of(cls, steps: Iterable[tuple[datetime, int, float]]) -> Load:
        """From steps (start, minutes, kWh). Starts are naive and in Beijing time, on the quarter.

        Raises:
            ValueError: a step is not 15, 30 or 60 minutes long or begins off its quarter.
        """
        days: dict[date, list[float | None]] = {}
        longest = QUARTER
        for starts, minutes, kwh in steps:
            at, over = divmod(starts.hour * 60 + starts.minute, QUARTER)
            if over or minutes not in (15, 30, 60) or at + minutes // QUARTER > DAY_SLOTS:
                raise ValueError(f"a step of {minutes} minutes cannot begin at {starts}")
            day = days.get(starts.date())
            if day is None:
                day = days[starts.date()] = [None] * DAY_SLOTS
            longest = max(longest, minutes)
            for slot in range(at, at + minutes // QUARTER):
                day[slot] = kwh * 60 / minutes
        return cls(days, longest)

    def on(self, day: date) -> Slots | None:
        return self.days.get(day)


def share_read(slots: Slots) -> float:
    """How much of a day was read, from 0 to 1."""
    return sum(1 for kw in slots if kw is not None) / DAY_SLOTS


def known(slots: Slots) -> list[float]:
    """The readings that there are, in kW; slots without one are left out."""
    return [kw for kw in slots if kw is not None]


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share lies, by linear interpolation; `values` is not empty.

    >>> quantile([1.0, 2.0, 3.0], 0.5)
    2.0
    """
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
