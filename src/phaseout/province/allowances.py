"""Total-quantity allowances: what an enterprise may emit in a year or a day."""

from __future__ import annotations

from phaseout.province.chance import Chance
from phaseout.province.shapes import Enterprise, Plan, Rows
from phaseout.province.window import Window
from phaseout.province.writing_numbers import plain

COUNTED = ("a21026", "a21002", "w01018", "w21003")
"""SO2, NOx, COD, ammonia nitrogen: the pollutants under total-quantity control in the 12th and
13th five-year plans."""


def write(firm: Enterprise, plans: list[Plan], rows: Rows, chance: Chance, window: Window) -> None:
    """Allowances for what the enterprise's outlets emit: mostly ample, some tight, some passed."""
    years = sorted({window.first.year, window.last.year})
    for code, yearly in _emitted(plans).items():
        ample = chance.weighted((1.3, 1.02, 0.2), (0.8, 0.12, 0.08))
        kind = chance.weighted(("annual", "permit", "daily"), (0.6, 0.25, 0.15))
        tonnes = yearly * ample / (365 if kind == "daily" else 1)
        for year in years:
            rows.add("allowances", firm.uscc, code, str(year), plain(tonnes, 4), kind)


def _emitted(plans: list[Plan]) -> dict[str, float]:
    """Tonnes a year by pollutant: mg/m3 x m3/h for air, mg/L x m3/h for water."""
    found: dict[str, float] = {}
    for plan in plans:
        for series in plan.series:
            if series.code in COUNTED:
                grams = series.level * plan.flow * (1e-3 if series.unit != "mg/L" else 1.0)
                if series.unit == "ug/m3":
                    grams /= 1000
                found[series.code] = found.get(series.code, 0.0) + grams * 8760 / 1e6
    return found
