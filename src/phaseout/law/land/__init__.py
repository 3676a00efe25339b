"""(十五) What may become of the land of capacity that has left, and how long its old use may go on.

    against("take_back", "granted", exited_on=None, planning=False, encouraged=False)  # a Refusal
    continued_use(date(2018, 3, 15)).due                                               # 2023-03-15

The clause speaks of allocated land (transfer, taking back) and of industrial land of any right
(tertiary sector, encouraged trades). For granted or leased land that is transferred it has no rule:
that is other law, which is not on record here, and is entered as such.
"""

from phaseout.law.land.ways import (
    RIGHTS,
    Right,
    Way,
    against,
    assignable,
    continued_use,
    way_of,
    ways,
)

__all__ = [
    "RIGHTS",
    "Right",
    "Way",
    "against",
    "assignable",
    "continued_use",
    "way_of",
    "ways",
]
