"""How far like cases lie apart: quartiles, and the bounds beyond which a case is an outlier."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Fences:
    """Quartiles of `n` values and the bounds `low`, `high`: a value on a bound is inside."""

    n: int
    first: Decimal
    median: Decimal
    third: Decimal
    low: Decimal
    high: Decimal

    def is_outside(self, value: Decimal) -> bool:
        return value < self.low or value > self.high


def fences(
    n: int, first: Decimal, median: Decimal, third: Decimal, *, times: Decimal, least: int
) -> Fences | None:
    """The bounds from quartiles: `times` the interquartile range beyond them.

    None: fewer than `least` values, which are not compared. Where more than half of the values are
    the same, the range is nought and every other value lies outside: so it is said, since where all
    get the same, one that does not is what supervision wants to see.
    """
    if n < least:
        return None
    reach = (third - first) * times
    return Fences(n, first, median, third, first - reach, third + reach)
