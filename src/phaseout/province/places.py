"""The counties of the region, from the divisions of the region pack."""

from __future__ import annotations

from functools import cache
from importlib import resources

from phaseout.law.norms.book import read_csv
from phaseout.province.enterprises import Place


@cache
def ningxia() -> tuple[Place, ...]:
    """The counties and districts of the five cities of Ningxia, in the order of their codes."""
    file = resources.files("phaseout.regions.ningxia") / "divisions.csv"
    lines = [cells for _, cells in read_csv(file)]
    cities = {c["adcode"]: c["name_zh"] for c in lines if c["level"] == "prefecture"}
    return tuple(
        Place(c["adcode"], c["name_zh"], c["parent_adcode"], cities[c["parent_adcode"]])
        for c in lines
        if c["level"] == "county"
    )
