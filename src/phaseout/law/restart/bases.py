"""What a site draws without the line: from the days before the cut, and from the first after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from phaseout.law.restart.load import SLOTS_AN_HOUR, Load, Slots, known, quantile, share_read
from phaseout.law.restart.parameters import Parameters

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Base:
    """The base by hour, kW, and what it was made of.

    Attributes:
        hours: 24 values.
        standby, working: quantiles of the days before the cut; None where there are too few.
        after: the median of the first days after the cut; None where there are too few.
        before_days, after_days: how many days each was made of.
        from_day: the first day that can be judged against it (days before are cannot-be-judged).
        distrusted: the days after the cut were not believed: they lie too far over the standby.
    """

    hours: tuple[float, ...]
    standby: float | None
    working: float | None
    after: float | None
    before_days: int
    after_days: int
    distrusted: bool

    @property
    def range_kw(self) -> float:
        """From standby to work, kW; 0 where nothing is known of the time before the cut."""
        if self.standby is None or self.working is None:
            return 0.0
        return max(0.0, self.working - self.standby)

    @property
    def mean(self) -> float:
        return sum(self.hours) / len(self.hours)


def base_of(load: Load, cut_on: date, parameters: Parameters, *, last: date) -> Base | None:
    """The base for days up to `last`; None where there is too little to make one.

    The day of the cut itself belongs to neither side.
    """
    before = _before(load, cut_on, parameters)
    after = _after(load, cut_on, parameters, last)
    standby = working = None
    if len(before) >= parameters.whole("before_least"):
        drawn = [kw for slots in before for kw in known(slots)]
        standby = quantile(drawn, parameters.number("standby_quantile"))
        working = quantile(drawn, parameters.number("working_quantile"))
    settled = _settled(after, parameters)
    range_kw = working - standby if standby is not None and working is not None else 0.0
    limit = parameters.number("suspect_share") * range_kw
    distrusted = (
        standby is not None and settled is not None and range_kw > 0 and settled > standby + limit
    )
    if settled is not None and not distrusted:
        hours = _profile(after, settled, range_kw, parameters)
    elif standby is not None:
        hours = (standby,) * 24
    else:
        return None
    return Base(hours, standby, working, settled, len(before), len(after), distrusted)


def _before(load: Load, cut_on: date, parameters: Parameters) -> list[Slots]:
    first = cut_on - timedelta(days=parameters.whole("before_days"))
    return _days(load, first, cut_on - ONE_DAY, parameters)


def _after(load: Load, cut_on: date, parameters: Parameters, last: date) -> list[Slots]:
    """The first days after the cut that were read well enough, as many as make the base."""
    longest = cut_on + timedelta(days=4 * parameters.whole("base_days"))
    found = _days(load, cut_on + ONE_DAY, min(last, longest), parameters)
    return found[: parameters.whole("base_days")]


def _days(load: Load, first: date, last: date, parameters: Parameters) -> list[Slots]:
    found, day = [], first
    while day <= last:
        slots = load.on(day)
        if slots is not None and share_read(slots) >= parameters.number("valid_share"):
            found.append(slots)
        day += ONE_DAY
    return found


def _settled(after: Sequence[Slots], parameters: Parameters) -> float | None:
    if len(after) < parameters.whole("base_least"):
        return None
    return quantile([quantile(known(slots), 0.5) for slots in after], 0.5)


def _profile(
    after: Sequence[Slots], settled: float, range_kw: float, parameters: Parameters
) -> tuple[float, ...]:
    """Hour by hour, since lamps burn by night: but a line that has run each night from the first
    must not become its own base."""
    highest = settled + max(
        parameters.number("profile_kw"), parameters.number("profile_range") * range_kw
    )
    hours = []
    for hour in range(24):
        drawn = [
            kw
            for slots in after
            for kw in slots[hour * SLOTS_AN_HOUR : (hour + 1) * SLOTS_AN_HOUR]
            if kw is not None
        ]
        own = quantile(drawn, 0.5) if drawn else settled
        hours.append(min(own, highest))
    return tuple(hours)
