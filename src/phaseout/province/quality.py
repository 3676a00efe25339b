"""Spot checks of products: every characteristic of a product in force on the sampling day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from phaseout.law.norms.records import ProductLimit
from phaseout.province.chance import Chance
from phaseout.province.menu import sold
from phaseout.province.menu.norms import Menu
from phaseout.province.shapes import Line, Rows
from phaseout.province.writing_numbers import iso, plain

SAMPLED = 0.6
MISSES = 0.035
ON_THE_LIMIT = 0.03
NEAR = 0.03


def write(line: Line, rows: Rows, menu: Menu, chance: Chance, on: date) -> None:
    """Up to two spot checks in the fifteen months before `on`, with re-tests of what failed."""
    products = sold(line.kind.kind)
    if not products or not chance.happens(SAMPLED):
        return
    for at in range(1, 1 + chance.weighted((1, 2), (0.7, 0.3))):
        product = chance.pick(products)
        sampled = on - timedelta(days=chance.whole(40, 450))
        limits = menu.characteristics(line.kind.industry, product, sampled)
        for limit in limits:
            sample = f"{line.line_id}-S{at}-{limits.index(limit) + 1}"
            _sample(line, rows, chance, limit, sample, sampled)


def _sample(
    line: Line, rows: Rows, chance: Chance, limit: ProductLimit, sample: str, sampled: date
) -> None:
    missed = chance.happens(MISSES)
    value, margin = _result(limit, missed, chance)
    head = (line.line_id, limit.product_zh, limit.characteristic_zh)
    rows.add("tests", sample, *head, value, limit.unit, iso(sampled), "", margin)
    if missed and chance.happens(0.5):
        again, _ = _result(limit, chance.happens(0.5), chance)
        day = sampled + timedelta(days=chance.whole(12, 30))
        rows.add("tests", f"{sample}R", *head, again, limit.unit, iso(day), sample, "")


def _result(limit: ProductLimit, missed: bool, chance: Chance) -> tuple[str, str]:
    """The result as written and its stated uncertainty (often none)."""
    bound = limit.value if limit.value is not None else Decimal(1)
    if limit.comparator in ("eq", "presence"):
        # A yes-or-no characteristic: 1 has it, 0 has it not.
        return ("0" if bound else "1") if missed else ("1" if bound else "0"), ""
    digits = limit.digits + 1
    fate = chance.share()
    if not missed and fate < ON_THE_LIMIT:
        return plain(bound, digits), ""
    better = 1 if limit.comparator.startswith("g") else -1
    if fate > 1 - NEAR:
        off = Decimal(repr(chance.between(-0.004, 0.004)))
        return plain(bound * (1 + off), digits), plain(bound * Decimal("0.01"), digits + 1)
    off = Decimal(repr(chance.between(0.02, 0.12) * better * (-1 if missed else 1)))
    if "%" in limit.unit and bound >= 90 and better > 0:
        off = (Decimal(100) - bound) / bound * Decimal(repr(chance.share())) * (-1 if missed else 1)
    return plain(bound * (1 + off), digits), ""
