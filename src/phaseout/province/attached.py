"""Real measurements hung on the first enterprise, a fictional steel works.

The boiler: hourly NOx and CO of a gas turbine (dry, 15 % O2) as the outlet of a gas-fired boiler,
whose limits hold at 3.5 % O2, so that oxygen conversion works on real values. The source has no
time stamps: the hours are numbered in order and the last is put on 2017-12-31 23:00.

The meter: the electricity of a real steel works in 2018, summed by month, as the input of an arc
furnace. Its output is made up: the source does not give one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pyarrow as pa

from phaseout.law.periods.arithmetic import add_months
from phaseout.province.chance import Chance
from phaseout.province.shapes import Rows
from phaseout.province.writing_numbers import iso, plain
from phaseout.real import TURBINE_O2_PERCENT, TurbineHour, turbine_hours, works_load

BOILER_LINE, METER_LINE = "L000001-G", "L000001-M"
BOILER_OUTLET = "L000001-G-A1"
BOILER_SOURCE = "燃气锅炉"
LAST_HOUR = datetime(2017, 12, 31, 23)  # noqa: DTZ001
NOX, CO = "a21002", "a21005"

METER_PRODUCT, METER_INDICATOR = "电弧炉钢", "电弧炉冶炼单位产品能耗"
METER_PROCESS = "电弧炉冶炼，30t＜公称容量＜50t"
KWH_PER_TONNE = Decimal(560)
"""About what the made-up output is made from; each month's share is drawn."""


def write(uscc: str, rows: Rows, seed: int, on: date) -> None:
    """The two lines, the outlet, and the months of electricity that ended before `on`."""
    rows.add(
        "lines",
        BOILER_LINE,
        uscc,
        "燃气锅炉房（挂接真实测量数据）",
        "steel",
        "",
        "",
        "",
        "",
        "2014-08-20",
        "2014-07-10",
        "in_operation",
    )
    conditions = "boiler_steam_t_h=40"
    rows.add("outlets", BOILER_OUTLET, BOILER_LINE, "air", BOILER_SOURCE, "", "", "", conditions)
    _meter(uscc, rows, Chance.of(seed, "meter"), on)


def _meter(uscc: str, rows: Rows, chance: Chance, on: date) -> None:
    rows.add(
        "lines",
        METER_LINE,
        uscc,
        "小电弧炉（电表挂接真实负荷数据）",
        "steel",
        "",
        METER_PRODUCT,
        "0.2",
        "万t/a",
        "2012-05-01",
        "2011-03-15",
        "in_operation",
    )
    for first, kwh in monthly_kwh().items():
        per_tonne = KWH_PER_TONNE * Decimal(repr(chance.between(0.9, 1.15)))
        if add_months(first, 1) <= on:
            _month(rows, first, kwh, plain(kwh / per_tonne, 1))


def _month(rows: Rows, first: date, kwh: Decimal, tonnes: str) -> None:
    """One month: the real electricity, the made-up output, and what the one is by the other."""
    period = iso(first), iso(add_months(first, 1) - timedelta(days=1))
    head = METER_LINE, METER_PRODUCT
    energy = "电力（当量）", f"{kwh:f}", "kWh", ""
    rows.add("energy_inputs", *head, METER_INDICATOR, *period, *energy)
    rows.add("outputs", *head, *period, tonnes, "t")
    # Names the process and the furnace's size, which inputs cannot.
    used = plain(kwh / Decimal(tonnes), 1)
    names = METER_PROCESS, "冶炼电耗"
    rows.add("energy", *head, *names, *period, used, "kWh/t", "nominal_capacity=40")


def monthly_kwh() -> dict[date, Decimal]:
    """The exact sum of every month of the real load, by the month's first day."""
    found: dict[date, Decimal] = {}
    for step in works_load():
        first = step.day.replace(day=1)
        found[first] = found.get(first, Decimal(0)) + step.kwh
    return found


def first_hour(count: int) -> datetime:
    """The hour given to the first of `count` readings, so that the last falls on `LAST_HOUR`."""
    return LAST_HOUR - timedelta(hours=count - 1)


def readings() -> Iterator[pa.RecordBatch]:
    """The turbine's hours as readings of the boiler outlet: first NOx, then CO."""
    hours = list(turbine_hours())
    start = first_hour(len(hours))
    times = pa.array([start + timedelta(hours=h.number) for h in hours], type=pa.timestamp("us"))
    for code, values in ((NOX, [h.nox for h in hours]), (CO, [h.co for h in hours])):
        yield _batch(code, times, values, hours)


def _batch(
    code: str, times: pa.Array, values: list[Decimal], hours: list[TurbineHour]
) -> pa.RecordBatch:
    size = len(hours)
    columns = {
        "outlet_id": pa.array([BOILER_OUTLET] * size),
        "pollutant_code": pa.array([code] * size),
        "time": times,
        "averaging": pa.array(["hour"] * size),
        "value": pa.array([float(value) for value in values]),
        "unit": pa.array(["mg/m3"] * size),
        "flag": pa.nulls(size, pa.string()),  # the source has no marks, and we make none up
        "o2": pa.array([float(TURBINE_O2_PERCENT)] * size),
        "flow": pa.nulls(size, pa.float64()),
        "manual": pa.array([False] * size),
    }
    return pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))
