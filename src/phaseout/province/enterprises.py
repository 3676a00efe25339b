"""Fictional enterprises and their lines: who, where, since when, how large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from phaseout.law.industries import INDUSTRIES
from phaseout.province.chance import Chance
from phaseout.province.menu import Kind, kinds_of
from phaseout.province.names import MARK, enterprise_name, fictional_uscc
from phaseout.province.shapes import Enterprise, Line, Rows
from phaseout.province.writing_numbers import as_officials_write, iso, plain

WEIGHTS = {
    "steel": 5,
    "coal": 12,
    "cement": 12,
    "electrolytic_aluminium": 3,
    "fine_chemicals": 18,
    "ferroalloy": 18,
    "calcium_carbide": 9,
    "silicon_carbide": 8,
    "coke": 8,
    "lead_zinc": 3,
    "fertilizer": 5,
    "pulp_paper": 5,
    "leather": 4,
}
"""How common each industry is among a hundred fictional enterprises; the first thirteen
enterprises are one of each, so that even the smallest province has them all."""


@dataclass(frozen=True, slots=True)
class Place:
    """A county of a city, with its division code."""

    division_code: str
    name_zh: str
    city_code: str
    city_zh: str


def enterprise(seed: int, number: int, places: Sequence[Place], on: date) -> Enterprise:
    """Enterprise `number` (from 0) of the province of that seed; the same whatever the count."""
    chance = Chance.of(seed, "enterprise", number)
    keys = list(INDUSTRIES)
    drawn = chance.weighted(keys, [WEIGHTS[key] for key in keys])
    industry = keys[number] if number < len(keys) else drawn
    place = _place(number, places, chance)
    main = chance.weighted(kinds_of(industry), [kind.weight for kind in kinds_of(industry)])
    kinds = [main, *_further(main, industry, chance)]
    lines = tuple(
        _line(chance.child("line", at), f"L{number + 1:06d}-{at + 1}", kind, at + 1, on)
        for at, kind in enumerate(kinds)
    )
    return Enterprise(
        number=number,
        uscc=fictional_uscc(number, place.division_code),
        name=enterprise_name(seed, number, main.firm_zh),
        division_code=place.division_code,
        industry=industry,
        employees=None if chance.happens(0.05) else chance.whole(40, 3200),
        address=f"{MARK}{place.city_zh}{place.name_zh}工业园区{chance.whole(1, 99)}号",
        lines=lines,
    )


def _place(number: int, places: Sequence[Place], chance: Chance) -> Place:
    """The first enterprises go round the cities, so that every city has one."""
    cities = sorted({place.city_code for place in places})
    drawn = chance.pick(places)
    if number >= len(cities):
        return drawn
    return chance.pick([place for place in places if place.city_code == cities[number]])


def _further(main: Kind, industry: str, chance: Chance) -> list[Kind]:
    count = chance.weighted((0, 1, 2, 3), (0.42, 0.36, 0.15, 0.07))
    others = kinds_of(industry)
    return [main if chance.happens(0.7) else chance.pick(others) for _ in range(count)]


def _line(chance: Chance, line_id: str, kind: Kind, at: int, on: date) -> Line:
    commissioned = date(1996, 1, 1) + timedelta(days=chance.whole(0, 365 * (on.year - 1997)))
    approved = commissioned - timedelta(days=chance.whole(300, 900))
    skew = chance.share() * chance.share()  # most lines are small
    return Line(
        line_id=line_id,
        kind=kind,
        name=f"{at}号{kind.line_zh}",
        product=kind.products[0],
        capacity=kind.capacity_low + (kind.capacity_high - kind.capacity_low) * skew,
        commissioned_on=commissioned,
        approved_on=None if chance.happens(0.12) else approved,
        status=chance.weighted(
            ("in_operation", "", "suspended", "under_construction"), (0.86, 0.08, 0.05, 0.01)
        ),
        in_english=chance.happens(0.03),
    )


def write(firm: Enterprise, rows: Rows) -> None:
    """The rows of `enterprises` and `lines`."""
    rows.add(
        "enterprises",
        firm.uscc,
        firm.name,
        firm.division_code,
        firm.industry,
        "" if firm.employees is None else str(firm.employees),
        firm.address,
    )
    for line in firm.lines:
        rows.add("lines", *_line_cells(firm, line))


def _line_cells(firm: Enterprise, line: Line) -> tuple[str, ...]:
    chance = Chance.of(line.line_id, "written")
    # Some registers give no capacity; some name the industry in Chinese.
    capacity = "" if chance.happens(0.04) else plain(line.capacity, 1)
    industry = INDUSTRIES[firm.industry].zh if chance.happens(0.1) else firm.industry
    return (
        line.line_id,
        firm.uscc,
        line.name,
        industry,
        "" if chance.happens(0.7) else firm.division_code,
        line.product,
        capacity,
        line.kind.capacity_unit if capacity else "",
        as_officials_write(line.commissioned_on, chance) if not chance.happens(0.04) else "",
        iso(line.approved_on),
        line.status,
    )
