"""What interrupts a series of readings: calibration, repair, silence, standstill, exceedance."""

from __future__ import annotations

from phaseout.province.chance import Chance
from phaseout.province.shapes import Spell

CALIBRATION_EVERY = 168
"""Hours: automatic stations are calibrated about weekly."""

_MARKED = (
    # mark, hours from, to, likely
    ("M", 2, 6, 0.30),
    ("D", 3, 30, 0.20),
    ("B", 1, 10, 0.20),
    ("T", 1, 3, 0.05),
    ("", 1, 16, 0.15),
    ("S", 2, 8, 0.10),
)
_EPISODES = {"clean": 0.04, "tight": 0.5, "over": 2.0}
"""Episodes of high concentration in a thousand hours."""

_STANDSTILL = 0.3
"""Standstills of the plant in a thousand hours."""


def spells(temper: str, hours: int, chance: Chance) -> tuple[Spell, ...]:
    """Spells in order, none touching another, all inside [0, hours)."""
    found: list[Spell] = []
    at = chance.whole(0, CALIBRATION_EVERY)
    while at < hours:
        spell = _one(temper, at, chance)
        found.append(Spell(spell.first, min(spell.last, hours - 1), spell.mark, spell.factor))
        at = spell.last + 2 + chance.whole(0, CALIBRATION_EVERY)
    return tuple(found)


def _one(temper: str, at: int, chance: Chance) -> Spell:
    """The next spell. The rates are per thousand hours; a gap is 86 hours long on average."""
    gap = CALIBRATION_EVERY / 2 / 1000
    fate = chance.share()
    if fate < _EPISODES[temper] * gap:
        return Spell(at, at + chance.whole(1, 18), "N", round(chance.between(1.4, 3.6), 2))
    fate -= _EPISODES[temper] * gap
    if fate < _STANDSTILL * gap:
        return Spell(at, at + chance.whole(24, 240), "F", 0.0)
    if chance.happens(0.55):
        return Spell(at, at, "C", 1.0)
    mark, low, high, _ = chance.weighted(_MARKED, [likely for *_, likely in _MARKED])
    return Spell(at, at + chance.whole(low, high) - 1, mark, 8.0 if mark == "T" else 1.0)
