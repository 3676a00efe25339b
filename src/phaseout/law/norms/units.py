"""The units in which the norms are written, each with what it measures and its names.

`units.csv` lists them: one line a unit, as it stands in the tables. Conversion between units is
the business of the facts; here stands only what the law says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from phaseout.law.norms.book import read_csv


@dataclass(frozen=True, slots=True)
class NormUnit:
    """A unit of the norm tables. Units of one `dimension` measure the same kind of thing."""

    unit: str
    dimension: str
    zh: str
    en: str
    note: str


@cache
def norm_units() -> Mapping[str, NormUnit]:
    """Every unit of the norm tables by its name there."""
    file = resources.files(__package__) / "units.csv"
    units = (NormUnit(**cells) for _, cells in read_csv(file))
    return MappingProxyType({unit.unit: unit for unit in units})
