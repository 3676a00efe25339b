"""Energy years: unit consumption around the limits, given or to be computed from inputs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from phaseout.law.norms.records import EnergyLimit
from phaseout.province import settling
from phaseout.province.chance import Chance
from phaseout.province.menu import fuels
from phaseout.province.menu.norms import Indicator, Menu
from phaseout.province.shapes import Line, Rows
from phaseout.province.writing_numbers import digits_for, iso, plain

TEMPERS = ("fine", "near", "exact", "over", "far_over")
TEMPER_SHARES = (0.80, 0.06, 0.04, 0.08, 0.02)
"""How lines stand to their limits."""

OTHER_UNITS = {"kgce/t": ("tce/t", 1000), "kWh/t": ("MWh/t", 1000)}
"""Units that officials also write, and by how much the figure is divided."""

EQUAL, EQUAL_ELECTRICITY = "等价", "电力（等价）"
"""How an indicator at equal value, and its electricity, are named."""

MASSES = {"万t/a": "t", "万Adt/a": "Adt"}

NO_NORM_INDICATOR = {
    "silicon_carbide": ("碳化硅", "单位产品综合能耗", "kgce/t", 1400.0),
    "leather": ("皮革", "单位产品综合能耗", "kgce/t", 620.0),
}
"""Industries without any national limit still report; the judgement says that there is none."""


def write(line: Line, rows: Rows, menu: Menu, chance: Chance, on: date) -> None:
    """Three complete calendar years before `on` for a line."""
    if line.status == "under_construction":
        return
    temper = chance.weighted(TEMPERS, TEMPER_SHARES)
    computed = chance.happens(_computed_share(line, menu, on))
    level = _level(temper, chance)
    turn = chance.share()
    for year in range(on.year - 3, on.year):
        if line.commissioned_on.year >= year:
            continue
        drift = level * (1 + chance.between(-0.015, 0.015) * (temper in ("fine", "over")))
        its = _Year(year, temper, drift, computed, chance)
        indicators = _one_process(menu.indicators(line.kind, its.last), turn)
        _year(line, rows, menu, chance.child(year), its, indicators)


def _one_process(indicators: Sequence[Indicator], turn: float) -> list[Indicator]:
    """Of indicators that differ only by process, the one of this line: the same every year."""
    by_name: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        by_name.setdefault(indicator.existing.indicator_zh, []).append(indicator)
    return [alike[int(turn * len(alike))] for alike in by_name.values()]


def _computed_share(line: Line, menu: Menu, on: date) -> float:
    """How likely a line gives inputs and output instead of a figure. Inputs name no process: where
    no other figure of the year can name it, few do so."""
    indicators = menu.indicators(line.kind, date(on.year - 1, 12, 31))
    names_itself = any(not i.existing.unit.startswith("kgce/") for i in indicators)
    no_process = all(not i.existing.process_zh for i in indicators)
    return 0.22 if names_itself or no_process else 0.06


class _Year:
    """A calendar year of a line: how it stands (`level` is value over limit)."""

    def __init__(self, year: int, temper: str, level: float, computed: bool, line: Chance) -> None:
        self.first, self.last = date(year, 1, 1), date(year, 12, 31)
        self.temper, self.level, self.computed = temper, level, computed
        self._line = line

    def load(self) -> float:
        """Output over capacity: one figure a year, whatever the indicator."""
        return self._line.child("load", self.first.year).between(0.68, 0.96)

    def conditions(self) -> Chance:
        """The same stream for every indicator and year: a line does not move up the hill."""
        return self._line.child("conditions")


def _level(temper: str, chance: Chance) -> float:
    ranges = {
        "fine": (0.80, 0.985),
        "near": (0.996, 1.004),
        "exact": (1.0, 1.0),
        "over": (1.01, 1.12),
        "far_over": (1.15, 1.45),
    }
    return chance.between(*ranges[temper])


def _year(
    line: Line,
    rows: Rows,
    menu: Menu,
    chance: Chance,
    year: _Year,
    indicators: Sequence[Indicator],
) -> None:
    if line.kind.industry in NO_NORM_INDICATOR:
        _without_norm(line, rows, chance, year)
        return
    fuels_give: Decimal | None = None
    for indicator in indicators:
        if chance.happens(0.03):
            continue  # not reported
        limit = indicator.limit_for(line.commissioned_on)
        value = _value(limit, year, chance)
        if year.computed and limit.unit.startswith("kgce/"):
            # At equal value the same fuels are counted anew: their quantities stay.
            if EQUAL not in limit.indicator_zh:
                fuels_give = value
            if fuels_give is not None:
                _from_inputs(line, rows, menu, chance, year, limit, fuels_give)
        else:
            _direct(line, rows, chance, year, limit, value)


def _value(limit: EnergyLimit, year: _Year, chance: Chance) -> Decimal:
    """A figure at `level` times the limit; a negative limit (recovered energy) works alike."""
    bound = limit.value or Decimal(0)
    if year.temper == "exact":
        return bound
    jitter = chance.between(-0.004, 0.004) if year.temper == "near" else chance.between(-0.02, 0.02)
    off = abs(float(bound)) * (year.level - 1 + jitter)
    return Decimal(plain(float(bound) + off, digits_for(float(bound))))


def _direct(
    line: Line, rows: Rows, chance: Chance, year: _Year, limit: EnergyLimit, value: Decimal
) -> None:
    cells = (("condition", limit.condition), ("process_zh", limit.process_zh))
    conditions = settling.corrections("energy_limits", cells, year.conditions())
    conditions |= settling.conditions("energy_limits", cells, year.conditions())
    unit, divisor = limit.unit, 1
    if chance.happens(0.04) and unit in OTHER_UNITS:
        unit, divisor = OTHER_UNITS[unit]
    if year.temper == "near" or chance.happens(0.1):
        share = 0.01 if year.temper == "near" else 0.005
        margin = abs(value) / divisor * Decimal(repr(share))
        conditions["uncertainty"] = plain(margin, 5)
    figure = plain(value / divisor, digits_for(float(value)) + (3 if divisor > 1 else 0))
    names = (
        (limit.product_en, limit.process_en, limit.indicator_en)
        if line.in_english
        else (limit.product_zh, limit.process_zh, limit.indicator_zh)
    )
    for first, last in _periods(year, chance):
        row = (line.line_id, *names, iso(first), iso(last), figure, unit)
        # Now and then a row is reported twice, word for word.
        for _ in range(2 if chance.happens(0.007) else 1):
            rows.add("energy", *row, settling.written(conditions))


def _periods(year: _Year, chance: Chance) -> list[tuple[date, date]]:
    """The calendar year; now and then two half-years, as some plants report."""
    if not chance.happens(0.02):
        return [(year.first, year.last)]
    middle = date(year.first.year, 6, 30)
    return [(year.first, middle), (date(year.first.year, 7, 1), year.last)]


def _from_inputs(
    line: Line,
    rows: Rows,
    menu: Menu,
    chance: Chance,
    year: _Year,
    limit: EnergyLimit,
    value: Decimal,
) -> None:
    """Energies and output that give `value` when divided."""
    output = float(round(line.capacity * 10000 * year.load()))
    total = float(value) * output  # kgce
    for fuel in fuels(line.kind.industry):
        factor = menu.factor(fuel.energy, year.last)
        measured = chance.happens(0.25) and fuel.energy == "原煤"
        per_unit = chance.between(0.55, 0.78) if measured else float(factor.kgce_per_unit or 1)
        per_unit = float(plain(per_unit, 4))
        quantity, unit = _larger(total * fuel.share / per_unit, factor.unit)
        rows.add(
            "energy_inputs",
            line.line_id,
            limit.product_zh,
            limit.indicator_zh,
            iso(year.first),
            iso(year.last),
            _name(fuel.energy, limit),
            plain(quantity, 3),
            unit,
            plain(per_unit * 1000, 1) if measured else "",
        )
    _write_output(line, rows, chance, year, limit, output)


def _name(fuel: str, limit: EnergyLimit) -> str:
    """The fuel as the plant writes it; an indicator at equal value says so of its electricity."""
    return EQUAL_ELECTRICITY if fuel.startswith("电力") and EQUAL in limit.indicator_zh else fuel


def _write_output(
    line: Line, rows: Rows, chance: Chance, year: _Year, limit: EnergyLimit, output: float
) -> None:
    row = (
        line.line_id,
        limit.product_zh,
        iso(year.first),
        iso(year.last),
        plain(output, 0),
        MASSES.get(line.kind.capacity_unit, "t"),
    )
    known = row in rows.by_table["outputs"]
    # Several indicators share one output; now and then a plant forgets to give it.
    if not known and not chance.happens(0.03):
        rows.add("outputs", *row)


def _larger(quantity: float, unit: str) -> tuple[float, str]:
    """kg as t, kWh as 万kWh: what plants write."""
    if unit == "kg":
        return quantity / 1000, "t"
    return (quantity / 10000, "万kWh") if unit == "kWh" else (quantity, unit)


def _without_norm(line: Line, rows: Rows, chance: Chance, year: _Year) -> None:
    product, indicator, unit, size = NO_NORM_INDICATOR[line.kind.industry]
    rows.add(
        "energy",
        line.line_id,
        product,
        "",
        indicator,
        iso(year.first),
        iso(year.last),
        plain(size * chance.between(0.85, 1.2), 1),
        unit,
        "",
    )
