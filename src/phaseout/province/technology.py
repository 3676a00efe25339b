"""Equipment: mostly sound, some of the limit class, some to be eliminated, some on a bound."""

from __future__ import annotations

from phaseout.province.chance import Chance
from phaseout.province.menu import Machine, further, machines
from phaseout.province.menu.norms import Menu
from phaseout.province.shapes import Line, Rows
from phaseout.province.writing_numbers import plain

OUTDATED = 0.07
ON_THE_BOUND = 0.03
NOT_GIVEN = 0.02
STATUSES = ("in_use", "", "idle", "sealed", "dismantled")
STATUS_SHARES = (0.78, 0.14, 0.03, 0.025, 0.025)


def write(line: Line, rows: Rows, menu: Menu, chance: Chance) -> None:
    """The equipment of a line, one row an attribute."""
    at = 0
    for machine in machines(line.kind.kind):
        if not chance.happens(machine.share):
            continue
        at += 1
        cells = _cells(line, f"{line.line_id}-E{at}", machine, menu, chance)
        rows.add("equipment", *cells)
        for more in further(line.kind.kind, machine.type):
            if chance.happens(more.share):
                rows.add("equipment", *cells[:3], more.attribute, more.value, "", cells[6])


def _cells(
    line: Line, equipment_id: str, machine: Machine, menu: Menu, chance: Chance
) -> tuple[str, ...]:
    status = chance.weighted(STATUSES, STATUS_SHARES)
    if machine.attribute == "presence":
        return equipment_id, line.line_id, machine.type, "presence", "", "", status
    value, unit = _value(machine, menu, chance), machine.unit
    if value and unit == "kVA" and chance.happens(0.1):
        value, unit = plain(float(value) / 1000, 3), "MVA"
    elif value and unit == "t/a" and chance.happens(0.1):
        value, unit = plain(float(value) / 10000, 4), "万t/a"
    return (
        equipment_id,
        line.line_id,
        machine.type,
        machine.attribute,
        value,
        unit if value else "",
        status,
    )


def _value(machine: Machine, menu: Menu, chance: Chance) -> str:
    fate = chance.share()
    bounds = menu.thresholds(machine.type, machine.attribute)
    if fate < NOT_GIVEN:
        return ""
    if fate < NOT_GIVEN + ON_THE_BOUND and bounds:
        return plain(chance.pick(bounds), 3)
    outdated = fate < NOT_GIVEN + ON_THE_BOUND + OUTDATED
    low, high = (machine.bad_low, machine.bad_high) if outdated else (machine.low, machine.high)
    return plain(low + (high - low) * chance.share() * chance.share(), machine.digits)
