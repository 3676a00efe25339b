"""How much of a line exits, as people write it: all, half, 40%, or a quantity with its unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from phaseout.law.capacity import Stock
from phaseout.registry.capacity import refusals
from phaseout.registry.capacity.saying import shown, unit_said
from phaseout.registry.capacity.units import STEP, counted_in

ALL = "全部"
_WHOLE = frozenset({"全部", "全部产能", "整条线", "整条生产线", "all", "whole", "100%"})
_HALF = frozenset({"一半", "半条线", "半条生产线", "half", "50%"})
_PERCENT = re.compile(r"(\d{1,2}(?:\.\d{1,6})?)%")
_FRACTION = re.compile(r"([1-9]\d?)/([1-9]\d?)")
_QUANTITY = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d{1,6})?\s*(\S.*)")


@dataclass(frozen=True, slots=True)
class Share:
    """How much: a part of all that is there (`part`), or `amount` in a unit of the ledger."""

    said: str
    part: Decimal | None = None
    amount: Decimal | None = None
    unit: str = ""

    @property
    def is_whole(self) -> bool:
        return self.part == 1


def read_share(said: str) -> Share:
    """Read what somebody wrote.

    >>> read_share("全部").is_whole, read_share("30万吨/年").amount, read_share("1/4").part
    (True, Decimal('300000'), Decimal('0.25'))

    Raises:
        Refusal: `capacity.not_an_amount`.
    """
    text = unicodedata.normalize("NFKC", said).strip().rstrip("。").casefold()
    if text in _WHOLE:
        return Share(said, part=Decimal(1))
    if text in _HALF:
        return Share(said, part=Decimal("0.5"))
    if found := _PERCENT.fullmatch(text):
        return _part(said, Decimal(found[1]) / 100)
    if found := _FRACTION.fullmatch(text):
        return _part(said, Decimal(found[1]) / Decimal(found[2]))
    # The unit as it was written: capitals tell Mt from mt.
    found = _QUANTITY.fullmatch(unicodedata.normalize("NFKC", said).strip().rstrip("。"))
    counted = counted_in(found[3]) if found else None
    if found is None or counted is None:
        raise refusals.not_an_amount(said)
    number = Decimal(found[1].replace(",", "") + (found[2] or ""))
    amount = (number * counted[1]).quantize(STEP, ROUND_HALF_UP)
    if amount <= 0:
        raise refusals.not_an_amount(said)
    return Share(said, amount=amount.normalize() + 0, unit=counted[0])


def amount_of(share: Share, stocks: Iterable[Stock]) -> Decimal | None:
    """How much of these stocks that is, in their unit; None: all of it.

    Raises:
        Refusal: `capacity.which_product`, `capacity.other_unit`, `capacity.too_much`.
    """
    there = list(stocks)
    if share.is_whole:
        return None
    kinds = {(stock.product, stock.unit) for stock in there}
    if len(kinds) > 1:
        raise refusals.which_product()
    left = sum((stock.amount for stock in there), Decimal(0))
    ((_, unit),) = kinds
    if share.part is not None:
        return (left * share.part).quantize(STEP, ROUND_HALF_UP)
    if share.unit != unit:
        raise refusals.other_unit(share.said, unit_said(unit))
    assert share.amount is not None
    if share.amount > left:
        raise refusals.too_much(shown(share.amount, unit), shown(left, unit), unit_said(unit))
    return share.amount


def _part(said: str, part: Decimal) -> Share:
    if not 0 < part <= 1:
        raise refusals.not_an_amount(said)
    return Share(said, part=part)
