"""How far like cases lie apart: quartiles, and the bounds beyond which a case is an outlier."""

from __future__ import annotations

from collections.abc import Sequence
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


def quantile(values: Sequence[Decimal], part: Decimal) -> Decimal:
    """The value below which `part` (0 to 1) of sorted `values` lies, between two of them in
    proportion: as PostgreSQL's `percentile_cont` does.

    >>> quantile([Decimal(1), Decimal(2), Decimal(4)], Decimal("0.5"))
    Decimal('2.0')
    """
    if not values:
        raise ValueError("a quantile needs at least one value")
    place = part * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)


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
