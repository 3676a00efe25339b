"""The signs of one day against its threshold, and which days are flagged by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from phaseout.law.restart.bases import Base
from phaseout.law.restart.load import (
    DAY_SLOTS,
    QUARTER,
    SLOTS_AN_HOUR,
    Slots,
    known,
    quantile,
    share_read,
)
from phaseout.law.restart.parameters import Parameters

ONE_DAY = timedelta(days=1)
LONGEST_CREEP = 26
"""So many weeks back a slow rise is looked for."""


class Kind(StrEnum):
    """How the line seems to have run, the plainest first."""

    SUSTAINED = "sustained"
    NIGHT = "night"
    RUN = "run"
    CREEP = "creep"


@dataclass(frozen=True, slots=True)
class Signs:
    """What one judged day shows. Powers in kW, times in hours; `longest_run` in minutes."""

    day: date
    mean: float
    peak: float
    base: float
    threshold: float
    hours_over: float
    night_hours: float
    longest_run: int
    excess_kwh: float
    """Energy over the base."""


class Thresholds:
    """The threshold of each quarter of a day, kW; the same for all days of a season."""

    def __init__(self, base: Base, parameters: Parameters) -> None:
        self.base, self.parameters = base, parameters
        self._made: dict[bool, tuple[list[float], list[float]]] = {}

    def on(self, day: date) -> tuple[list[float], list[float]]:
        """(threshold, threshold of a short run) of each quarter."""
        heated = self.parameters.is_heated(day)
        if heated not in self._made:
            self._made[heated] = self._make(heated=heated)
        return self._made[heated]

    def tolerance(self, base_kw: float) -> float:
        """What may come on top of the base at any hour."""
        number = self.parameters.number
        return max(
            number("tolerance_kw"),
            number("tolerance_base") * base_kw,
            number("tolerance_range") * self.base.range_kw,
        )

    def _make(self, *, heated: bool) -> tuple[list[float], list[float]]:
        number, whole = self.parameters.number, self.parameters.whole
        run = max(number("run_kw"), number("run_range") * self.base.range_kw)
        plain, of_runs = [], []
        for slot in range(DAY_SLOTS):
            hour = slot // SLOTS_AN_HOUR
            kw = self.base.hours[hour]
            lawful = kw + (number("heating_kw") if heated else 0.0)
            if whole("tools_from") <= hour < whole("tools_to"):
                lawful += number("tools_kw")
            plain.append(lawful + self.tolerance(kw))
            of_runs.append(max(lawful + run, plain[-1]))
        return plain, of_runs


def signs_of(day: date, slots: Slots, thresholds: Thresholds) -> Signs | None:
    """What the day shows; None where too little of it was read."""
    parameters = thresholds.parameters
    if share_read(slots) < parameters.number("valid_share"):
        return None
    plain, of_runs = thresholds.on(day)
    drawn = known(slots)
    over = [kw is not None and kw > limit for kw, limit in zip(slots, plain, strict=True)]
    strong = [kw is not None and kw > limit for kw, limit in zip(slots, of_runs, strict=True)]
    base = thresholds.base
    excess = sum(
        max(0.0, kw - base.hours[slot // SLOTS_AN_HOUR]) / SLOTS_AN_HOUR
        for slot, kw in enumerate(slots)
        if kw is not None
    )
    nights = _night_slots(parameters)
    return Signs(
        day,
        sum(drawn) / len(drawn),
        max(drawn),
        base.mean,
        sum(plain) / DAY_SLOTS,
        sum(over) / SLOTS_AN_HOUR,
        sum(over[slot] for slot in nights) / SLOTS_AN_HOUR,
        _longest(strong) * QUARTER,
        excess,
    )


def _night_slots(parameters: Parameters) -> list[int]:
    begins, ends = parameters.whole("night_from"), parameters.whole("night_to")
    return [
        slot
        for slot in range(DAY_SLOTS)
        if slot // SLOTS_AN_HOUR >= begins or slot // SLOTS_AN_HOUR < ends
    ]


def _longest(flags: Sequence[bool]) -> int:
    longest = here = 0
    for flag in flags:
        here = here + 1 if flag else 0
        longest = max(longest, here)
    return longest


def flagged(signs: Sequence[Signs], base: Base, parameters: Parameters) -> Mapping[date, Kind]:
    """The days that show a sign, each with the plainest. `signs` are in order of days."""
    found: dict[date, Kind] = {}
    for kind, days in (
        (Kind.SUSTAINED, _sustained(signs, base, parameters)),
        (Kind.NIGHT, _nights(signs, parameters)),
        (Kind.RUN, _runs(signs, parameters)),
        (Kind.CREEP, _creeping(signs, base, parameters)),
    ):
        for day in days:
            found.setdefault(day, kind)
    return found


def _sustained(signs: Sequence[Signs], base: Base, parameters: Parameters) -> set[date]:
    """Long over the threshold; or, where the load is small and even, the whole day's mean over the
    base: tools and lamps add little to that."""
    hours, least = parameters.number("sustained_hours"), _over_base("mean", base, parameters)
    heating = parameters.number("heating_kw")
    days = [
        one.day
        for one in signs
        if one.hours_over >= hours
        or one.mean - base.mean - (heating if parameters.is_heated(one.day) else 0.0) >= least
    ]
    return _several(days, parameters.whole("sustained_days"), parameters.whole("sustained_within"))


def _over_base(rule: str, base: Base, parameters: Parameters) -> float:
    """How far over the base a mean of that rule must lie, kW: the largest of three."""
    number = parameters.number
    return max(
        number(f"{rule}_kw"),
        number(f"{rule}_base") * base.mean,
        number(f"{rule}_range") * base.range_kw,
    )


def _nights(signs: Sequence[Signs], parameters: Parameters) -> set[date]:
    hours = parameters.number("night_hours")
    return _several(
        [one.day for one in signs if one.night_hours >= hours],
        parameters.whole("nights"),
        parameters.whole("nights_within"),
    )


def _runs(signs: Sequence[Signs], parameters: Parameters) -> set[date]:
    minutes = parameters.whole("run_minutes")
    return {one.day for one in signs if one.longest_run >= minutes}


def _several(days: Sequence[date], wanted: int, within: int) -> set[date]:
    """The days of which at least `wanted` lie within `within` days of one another."""
    found: set[date] = set()
    for at in range(len(days) - wanted + 1):
        together = days[at : at + wanted]
        if (together[-1] - together[0]).days < within:
            found.update(together)
    return found


def _creeping(signs: Sequence[Signs], base: Base, parameters: Parameters) -> set[date]:
    """Days at which the median of the latest days has slowly come to lie over the base."""
    number, days = parameters.number, parameters.whole("creep_days")
    least = _over_base("creep", base, parameters)
    heating = number("heating_kw")
    means = [one.mean - (heating if parameters.is_heated(one.day) else 0.0) for one in signs]
    found = set()
    for at in range(days, len(signs) + 1):
        rise = quantile(means[at - days : at], 0.5) - base.mean
        if rise >= least and _step_by_step(means[:at], rise, number("creep_week")):
            found.add(signs[at - 1].day)
    return found


def _step_by_step(means: Sequence[float], rise: float, share: float) -> bool:
    """Whether no week against the one before brought more than that share of the rise."""
    weeks = [
        quantile(means[end - 7 : end], 0.5)
        for end in range(len(means), max(6, len(means) - 7 * LONGEST_CREEP), -7)
    ]
    steps = [later - earlier for later, earlier in pairwise(weeks)]
    return bool(steps) and max(steps) <= share * rise
