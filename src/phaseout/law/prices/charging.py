"""Money: a rate times a quantity, rounded half up to 0.01 once a bill; water band by band.

No document prints a rule of rounding for money: exact decimals, then once a bill (ours)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, localcontext

from phaseout.law.prices.answering import asks_for
from phaseout.law.prices.asking import Question
from phaseout.law.prices.bands import BandsInForce
from phaseout.law.prices.readings import Kind, Reading

CENT = Decimal("0.01")
WIDE = Context(prec=60)
EXACT = Context(prec=60, traps=[Inexact])


def exact_product(*factors: Decimal) -> Decimal:
    """The product with all its digits."""
    with localcontext(EXACT):
        product = Decimal(1)
        for factor in factors:
            product *= factor
        return product


def to_cents(amount: Decimal) -> Decimal:
    """CNY to 0.01, half up.

    >>> to_cents(Decimal("0.005")), to_cents(Decimal("2.6749"))
    (Decimal('0.01'), Decimal('2.67'))
    """
    return amount.quantize(CENT, ROUND_HALF_UP, context=WIDE)


def charge(rate: Decimal, kwh: Decimal) -> Decimal:
    """The surcharge of one bill over one rate: on the whole quantity, CNY."""
    return to_cents(exact_product(rate, kwh))


def bill(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """The surcharge of one bill over several (rate, kWh): summed exactly, rounded once."""
    with localcontext(EXACT):
        return to_cents(sum((rate * kwh for rate, kwh in parts), Decimal(0)))


@dataclass(frozen=True, slots=True)
class WaterPart:
    """The volume inside one band, and what it adds: `volume * multiple * price`, m3 and CNY/m3."""

    reading: Reading
    volume: Decimal
    multiple: Decimal
    price: Decimal
    amount: Decimal


def water_parts(
    asked: Question, price: Decimal, law: BandsInForce
) -> tuple[tuple[WaterPart, ...], Decimal]:
    """The volumes above the quota band by band (marginal), and the surcharge of the bill, CNY.

    Args:
        asked: a determined question of water: `indicator` is the use, `limit` the quota, m3.
        price: basic price of the user's category without sewage fee, CNY/m3; where the document
            speaks of a fee, that fee.
    """
    assert asked.indicator is not None and asked.limit is not None
    parts = []
    with localcontext(EXACT):
        over = max(Decimal(0), asked.indicator - asked.limit)
        for one in _ladder(asked, law):
            low = (one.low or Decimal(0)) * asked.limit
            high = over if one.high is None else min(over, one.high * asked.limit)
            volume = max(Decimal(0), high - low)
            multiple = one.rate or Decimal(0)
            if one.kind is Kind.WHOLE_MULTIPLE:
                multiple -= 1  # the fee itself is paid like that of the water within the plan
            if volume:
                parts.append(WaterPart(one, volume, multiple, price, volume * multiple * price))
        total = sum((part.amount for part in parts), Decimal(0))
    return tuple(parts), to_cents(total)


def _ladder(asked: Question, law: BandsInForce) -> list[Reading]:
    """The bands of the narrowest place (or of the document named), from the lowest up."""
    rows = [
        one
        for one in law.rows
        if asks_for(asked, one) and one.kind in (Kind.MULTIPLE, Kind.WHOLE_MULTIPLE) and one.banded
    ]
    for_class = [one for one in rows if one.classes]
    rows = for_class or rows
    if not rows:
        return []
    source = max(rows, key=lambda one: len(one.area)).row.source_id
    return sorted(
        (one for one in rows if one.row.source_id == source), key=lambda one: one.low or Decimal(0)
    )
