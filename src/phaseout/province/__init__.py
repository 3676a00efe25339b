"""A demo province: a synthetic Ningxia whose every enterprise is fictional and says so.

    province.making.make(wish, out)      writes a facts folder, `province.json` and `README.txt`
    province.menu                        what the norm book offers to each kind of line on a day

The same wish gives the same bytes, and enterprise number k is the same whatever the count: each
enterprise draws from its own stream of chance (`province.chance`), seeded by what it is drawn for.
Two public sets of real measurements (`phaseout.real`) hang on the first enterprise.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from phaseout.province.making import CSV_UP_TO, DEMO_DAY, Made, Wish, make
from phaseout.province.statement import attributions

__all__ = ["Made", "Wish", "attributions", "make", "make_province"]

STAGE = "province"


def make_province(
    folder: Path,
    *,
    seed: int = 1,
    enterprises: int = 120,
    on: date = DEMO_DAY,
    messy: bool = True,
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
) -> Made:
    """The province as the demo uses it; `progress` is told (stage, done, total).

    Raises:
        Refusal: as `making.make`.
    """
    readings = "csv" if enterprises <= CSV_UP_TO else "parquet"
    wish = Wish(seed, enterprises, on, messy=messy, readings=readings)
    return make(wish, folder, progress=lambda done, total: progress(STAGE, done, total))
