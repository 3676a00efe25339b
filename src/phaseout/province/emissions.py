"""Outlets: what they are, what stands in their permits, and how they are to be measured."""

from __future__ import annotations

from decimal import Decimal

from phaseout.law.norms.records import EmissionLimit
from phaseout.province import settling
from phaseout.province.chance import Chance
from phaseout.province.menu import Stack, stacks
from phaseout.province.menu.norms import Menu
from phaseout.province.shapes import Line, Plan, Rows, Series
from phaseout.province.spells import spells
from phaseout.province.window import Window
from phaseout.province.writing_numbers import digits_for, plain

TEMPERS = ("clean", "tight", "over")
TEMPER_SHARES = (0.80, 0.12, 0.08)
LEVELS = {"clean": (0.15, 0.5), "tight": (0.55, 0.68), "over": (0.85, 1.15)}
"""Mean concentration over the limit."""

PH = "w01001"
AMBIENT_O2 = Decimal(21)


def write(line: Line, rows: Rows, menu: Menu, chance: Chance, window: Window) -> list[Plan]:
    """The outlets of a line; returns how each is to be measured through the window."""
    plans: list[Plan] = []
    for stack in stacks(line.kind.kind):
        if line.status == "under_construction" or not chance.happens(stack.share):
            continue
        outlet_id = f"{line.line_id}-{stack.medium[0].upper()}{len(plans) + 1}"
        own = chance.child(outlet_id)
        limits = _limits(line, stack, menu, own, window)
        if limits:
            permitted = own.pick((1.0, 0.8, 0.5)) if own.happens(0.15) else None
            rows.add("outlets", *_cells(line, outlet_id, stack, limits, permitted, own))
            plans.append(_plan(outlet_id, stack, limits, permitted or 1.0, own, window))
    return plans


def _limits(
    line: Line, stack: Stack, menu: Menu, chance: Chance, window: Window
) -> dict[str, EmissionLimit]:
    """One row a pollutant: of the line's age, and as far as can be of one and the same wording."""
    found: dict[str, EmissionLimit] = {}
    wording = ""
    for code in stack.pollutants:
        rows = menu.emission(line.kind.industry, stack.source, code, window.last)
        rows = tuple(row for row in rows if row.unit.startswith(("mg/", "ug/")) or code == PH)
        kinds = ("new", "existing") if line.commissioned_on.year >= 2014 else ("existing", "new")
        rows = next((t for k in kinds if (t := tuple(r for r in rows if r.limit_kind == k))), rows)
        if not rows:
            continue
        wording = wording or chance.pick(rows).condition
        found[code] = next((row for row in rows if row.condition == wording), rows[0])
    return found


def _cells(
    line: Line,
    outlet_id: str,
    stack: Stack,
    limits: dict[str, EmissionLimit],
    permitted: float | None,
    chance: Chance,
) -> tuple[str, ...]:
    row = next(iter(limits.values()))
    conditions: dict[str, str] = {}
    for limit in limits.values():
        cells = (("condition", limit.condition), ("source_zh", limit.source_zh))
        own = settling.corrections("emission_limits", cells, chance)
        own |= settling.conditions("emission_limits", cells, chance)
        conditions = own | conditions
    return (
        outlet_id,
        line.line_id,
        stack.medium,
        row.source_en if line.in_english else stack.source,
        row.limit_kind if chance.happens(0.1) else "",
        row.source_id if chance.happens(0.08) else "",
        _permitted(limits, permitted) if permitted else "",
        settling.written(conditions),
    )


def _permitted(limits: dict[str, EmissionLimit], share: float) -> str:
    """Concentrations that the permit allows: that share of the limit."""
    return ";".join(
        f"{code}={plain(float(row.value or 0) * share, 3)} {row.unit}"
        for code, row in limits.items()
        if code != PH
    )


def _plan(
    outlet_id: str,
    stack: Stack,
    limits: dict[str, EmissionLimit],
    permitted: float,
    chance: Chance,
    window: Window,
) -> Plan:
    temper = chance.weighted(TEMPERS, TEMPER_SHARES)
    step = 1 if stack.medium == "air" else chance.weighted((2, 24), (0.7, 0.3))
    o2 = chance.between(stack.o2_low, stack.o2_high) if stack.o2_high else None
    series = tuple(
        _series(code, row, permitted * chance.between(*LEVELS[temper]), o2, chance)
        for code, row in limits.items()
    )
    return Plan(
        outlet_id=outlet_id,
        step=step,
        flow=float(plain(chance.between(stack.flow_low, stack.flow_high), -1)),
        o2=None if o2 is None else float(plain(o2, 2)),
        series=series,
        spells=spells(temper, window.hours, chance.child("spells")),
    )


def _series(
    code: str, row: EmissionLimit, share: float, o2: float | None, chance: Chance
) -> Series:
    """The series whose mean, converted where the row converts, is `share` of the limit."""
    if code == PH:
        level = plain_float(chance.between(7.0, 8.1), 2)
        return Series(code, row.unit, level, 0.05, 2, chance.number())
    level = float(row.value or 0) * share
    if o2 is not None and row.reference_o2_percent is not None:
        # What is measured is thinner than what is compared: C_measured = C_fold (21-O2)/(21-ref).
        level *= (21 - o2) / float(AMBIENT_O2 - row.reference_o2_percent)
    digits = digits_for(level)
    unit, factor = row.unit, 1.0
    if row.unit == "mg/m3" and chance.happens(0.03):
        unit, factor, digits = "ug/m3", 1000.0, 0
    return Series(code, unit, plain_float(level * factor, 6), 0.22, digits, chance.number())


def plain_float(value: float, digits: int) -> float:
    """`value` rounded as it would be written."""
    return float(plain(value, digits))
