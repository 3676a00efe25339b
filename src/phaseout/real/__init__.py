"""Real measurements that anyone may use, with their attribution; see `README.md` beside this file.

turbine_hours()      hourly means of NOx and CO, in order, without time stamps
works_load()         a steel works' electricity in steps of a quarter of an hour
ATTRIBUTIONS         what must be said wherever they are shown (CC BY 4.0)
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from importlib import resources

TURBINE_FILES = tuple(f"gas_turbine_cems_{year}.csv" for year in range(2011, 2015))
WORKS_FILE = "steel_works_load_2018.csv"
TURBINE_O2_PERCENT = Decimal(15)
"""The turbine's concentrations are given dry at 15 % oxygen (description of the data set)."""

ATTRIBUTIONS = (
    {
        "title": "Gas Turbine CO and NOx Emission Data Set",
        "authors": "Heysem Kaya, Pınar Tüfekci, Erdinç Uzun",
        "publisher": "UCI Machine Learning Repository",
        "doi": "10.24432/C5WC95",
        "licence": "CC BY 4.0",
    },
    {
        "title": "Steel Industry Energy Consumption",
        "authors": "V E Sathishkumar, Changsun Shin, Yongyun Cho",
        "publisher": "UCI Machine Learning Repository",
        "doi": "10.24432/C52G8C",
        "licence": "CC BY 4.0",
    },
)


@dataclass(frozen=True, slots=True)
class TurbineHour:
    """One hourly mean, mg/m3, dry, at 15 % O2. `number` counts from 0 over all four years: the
    source has no time stamps, and a few hours are missing in it without a mark."""

    number: int
    nox: Decimal
    co: Decimal


@dataclass(frozen=True, slots=True)
class LoadStep:
    """Electricity of a quarter of an hour of `day`; `label` is the time as the source prints it."""

    day: date
    label: str
    kwh: Decimal


def received(name: str) -> bytes:
    """The unpacked bytes of a file of the data sets, as received."""
    return gzip.decompress((resources.files(__package__) / f"{name}.gz").read_bytes())


def turbine_hours() -> Iterator[TurbineHour]:
    """The hours of all four years, in order."""
    number = 0
    for name in TURBINE_FILES:
        for cells in _lines(name):
            yield TurbineHour(number, Decimal(cells["NOX"]), Decimal(cells["CO"]))
            number += 1


def works_load() -> Iterator[LoadStep]:
    """The steps of 2018, in order."""
    for cells in _lines(WORKS_FILE):
        label = cells["date"]
        day = datetime.strptime(label.split(" ")[0], "%d/%m/%Y").date()  # noqa: DTZ007
        yield LoadStep(day, label, Decimal(cells["Usage_kWh"]))


def _lines(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(received(name).decode("utf-8").splitlines())
