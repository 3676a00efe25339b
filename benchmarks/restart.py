"""The watch for restarts on a real load: recall by kind and false alarms a line-year.

The load is a steel works' of 2018 (`phaseout.real.works_load`, CC BY 4.0). A line works at some
size for 60 days and is then cut: what is left is the same real load scaled down to a few per cent,
with lamps, heating in the season and dismantling tools on top. Into this restarts are laid whose
shape is taken from the real curve, of different size and length. The same loads are judged by the
watch and by what is usually done, a fixed threshold for all lines. Fixed seeds: the same figures
each time.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from phaseout.law.restart import DAY_SLOTS, Kind, Load, Parameters, judge
from phaseout.province.chance import Chance
from phaseout.real import ATTRIBUTIONS, works_load

BEFORE, AFTER = 60, 300
BEGINS = date(2017, 1, 1)
CUT = BEGINS + timedelta(days=BEFORE)
FIXED_KW = (20, 50, 100, 200)
SIZES = ((0.10, 0.25), (0.25, 0.5), (0.5, 1.0))
ONE_DAY = timedelta(days=1)

Days = list[list[float]]


@dataclass(frozen=True, slots=True)
class Restart:
    """What was laid into a load: kind, share of the line's size, first and last day."""

    kind: Kind
    size: float
    first: date
    last: date


def run(size: float) -> None:
    lines = max(2, round(100 * size))
    tries = max(1, round(40 * size))
    print(f"   load: {ATTRIBUTIONS[1]['title']}, {ATTRIBUTIONS[1]['licence']}")
    began = time.perf_counter()
    _false_alarms(lines)
    _recall(tries)
    judged = lines + tries * len(SIZES) * len(Kind)
    spent = time.perf_counter() - began
    print(f"   {judged} line-years of 15-minute readings made and judged in {spent:.0f} s")


def smoke() -> None:
    """One line without a restart, and one with one, of a kind."""
    _false_alarms(1)
    load, laid = _restarted(Chance.of("smoke"), next(iter(Kind)), *SIZES[-1])
    for _, spans in _both(load):
        any(_meets(laid, first, last) for first, last in spans)


def _false_alarms(lines: int) -> None:
    counts: dict[str, int] = defaultdict(int)
    kinds: dict[Kind, int] = defaultdict(int)
    for number in range(lines):
        load = _idle(Chance.of("restart", "idle", number))[0]
        for name, spans in _both(load):
            counts[name] += len(spans)
        for kind, _, _ in _watch(load):
            kinds[kind] += 1
    years = lines * AFTER / 365
    print(f"   false alarms a line-year ({lines} lines, {years:.0f} line-years without a restart):")
    for name in _NAMES:
        print(f"     {name:<22}{counts[name] / years:8.2f}")
    told = ", ".join(f"{kind}: {count}" for kind, count in kinds.items()) or "none"
    print(f"     of the watch, by kind: {told}")


def _recall(tries: int) -> None:
    print(f"   recall, {tries} restarts each (share of the line's own load in brackets):")
    print("     " + "".join(f"{word:>22}" for word in ("", *_NAMES)))
    for kind in Kind:
        for low, high in SIZES:
            found: dict[str, int] = defaultdict(int)
            for number in range(tries):
                load, laid = _restarted(Chance.of("restart", kind, low, number), kind, low, high)
                for name, spans in _both(load):
                    found[name] += any(_meets(laid, first, last) for first, last in spans)
            label = f"{kind} [{low:g}-{high:g}]"
            shares = "".join(f"{found[name] / tries:>21.0%} " for name in _NAMES)
            print(f"     {label:>22}{shares}")


def _meets(laid: Restart, first: date, last: date) -> bool:
    return first <= laid.last + ONE_DAY and laid.first <= last


_NAMES = ("watch", *(f"fixed {kw} kW" for kw in FIXED_KW))


def _both(load: Load) -> Iterator[tuple[str, list[tuple[date, date]]]]:
    yield "watch", [(first, last) for _, first, last in _watch(load)]
    for kw in FIXED_KW:
        yield f"fixed {kw} kW", _fixed(load, kw)


def _watch(load: Load) -> list[tuple[Kind, date, date]]:
    last = CUT + timedelta(days=AFTER)
    judged = judge(
        load, cut_on=CUT, first=CUT, last=last, parameters=Parameters.of(last)
    )  # fmt: skip
    return [(alarm.kind, alarm.first, alarm.last) for alarm in judged.alarms]


def _fixed(load: Load, kw: float) -> list[tuple[date, date]]:
    """What is usually done: an alarm on each day with an hour over the same power for all lines;
    days no more than three apart are one alarm."""
    spans: list[tuple[date, date]] = []
    for day, slots in load.days.items():
        if day <= CUT or max(_hours(slots)) <= kw:
            continue
        if spans and (day - spans[-1][1]).days <= 3:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans


def _hours(slots) -> Iterator[float]:
    return (sum(slots[at : at + 4]) / 4 for at in range(0, DAY_SLOTS, 4))


# Loads


@cache
def _real() -> Days:
    """The real year in kW, day by day (its steps are labelled by their end)."""
    values = [float(step.kwh) * 4 for step in works_load()]
    return [values[at : at + DAY_SLOTS] for at in range(0, len(values), DAY_SLOTS)]


def idle_days(chance: Chance, days: int) -> Days:
    """So many days of a line that worked for 60 days and was then cut, in kW."""
    return _idle(chance)[1][:days]


def _idle(chance: Chance) -> tuple[Load, Days, float]:
    """A line that worked, was cut, and stayed cut; its days and its size."""
    real = _real()
    scale = 0.2 * 100 ** chance.share()
    share = 0.01 + 0.03 * chance.share()
    shift = 7 * chance.whole(0, 51)
    days = []
    for number in range(BEFORE + 1 + AFTER):
        # The day of the cut is still a day of work; what is left later is of another week.
        factor = scale if number <= BEFORE else scale * share
        at = (number + shift) if number <= BEFORE else (number + shift + 91)
        days.append([kw * factor for kw in real[at % len(real)]])
    _lawful(chance.child("lawful"), days)
    return _load(days), days, scale


def _lawful(chance: Chance, days: Days) -> None:
    """Lamps, heating in the season, dismantling tools on some days of six weeks."""
    lamps, heating = 1 + 3 * chance.share(), 3 + 5 * chance.share()
    tools, works = 3 + 9 * chance.share(), chance.whole(10, AFTER - 50)
    for number in range(BEFORE + 1, len(days)):
        day = BEGINS + timedelta(days=number)
        slots, today = days[number], chance.child(number)
        for slot in range(DAY_SLOTS):
            if slot < 24 or slot >= 72:
                slots[slot] += lamps
            if (day.month, day.day) >= (11, 1) or day.month <= 3:
                slots[slot] += heating
        if 0 <= number - BEFORE - works < 42 and today.share() < 0.6:
            start = 32 + today.whole(0, 24)
            for slot in range(start, start + today.whole(4, 16)):
                slots[slot] += tools * (0.5 + today.share())


def _restarted(chance: Chance, kind: Kind, low: float, high: float) -> tuple[Load, Restart]:
    """A cut line with one restart laid into it, its shape taken from the real curve."""
    _, days, scale = _idle(chance)
    size = low + (high - low) * chance.share()
    first = BEFORE + 1 + chance.whole(5, AFTER - 130)
    last = _LAY[kind](chance, days, first, scale * size)
    begins = BEGINS + timedelta(days=first)
    return _load(days), Restart(kind, size, begins, BEGINS + timedelta(days=last))


def _lay_sustained(chance: Chance, days: Days, first: int, factor: float) -> int:
    real, length = _real(), chance.whole(3, 20)
    at = chance.whole(0, len(real) - 30)
    for number in range(length):
        _add(days[first + number], real[at + number], factor)
    return first + length - 1


def _lay_nights(chance: Chance, days: Days, first: int, factor: float) -> int:
    """Eight hours of a working day, moved into some nights of two weeks."""
    last = first
    for number in range(14):
        if number < 2 or chance.share() < 0.5:
            work = _working_hours(chance, 32)
            _add(days[first + number], work[:8], factor, 88)
            _add(days[first + number + 1], work[8:32], factor)
            last = first + number + 1
    return last


def _lay_run(chance: Chance, days: Days, first: int, factor: float) -> int:
    start = chance.whole(0, DAY_SLOTS - 12)
    _add(days[first], _working_hours(chance, chance.whole(4, 12)), factor, start)
    return first


def _lay_creep(chance: Chance, days: Days, first: int, factor: float) -> int:
    """The real curve, growing from nothing to a third of the size over two to four months."""
    real, length = _real(), chance.whole(60, 120)
    at = chance.whole(0, len(real) - 1)
    for number in range(length):
        grown = factor / 3 * (number + 1) / length
        _add(days[first + number], real[(at + number) % len(real)], grown)
    return first + length - 1


_LAY = {
    Kind.SUSTAINED: _lay_sustained,
    Kind.NIGHT: _lay_nights,
    Kind.RUN: _lay_run,
    Kind.CREEP: _lay_creep,
}


def _working_hours(chance: Chance, slots: int) -> list[float]:
    """So many quarters of the real curve from eight in the morning of a day of work."""
    real = _real()
    while True:
        day = real[chance.whole(0, len(real) - 1)]
        if sum(day[32:64]) / 32 > 120:
            return (day[32:72])[:slots]


def _add(target: list[float], more: list[float], factor: float, at: int = 0) -> None:
    for offset, kw in enumerate(more):
        target[at + offset] += kw * factor


def _load(days: Days) -> Load:
    return Load({BEGINS + timedelta(days=n): slots for n, slots in enumerate(days)})
