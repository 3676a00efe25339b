"""The pollutants of HJ 212 by their codes, with the names that the standard gives them.

An English name stands only where none of the limits gives one and one was needed.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from phaseout.law.norms.book import read_csv


@cache
def hj212_pollutants() -> tuple[dict[str, str], ...]:
    """The lines of annex B of HJ 212-2017 that have a code of 2017."""
    file = resources.files(__package__) / "pollutants.csv"
    return tuple(cells for _, cells in read_csv(file) if cells["code_2017"])
