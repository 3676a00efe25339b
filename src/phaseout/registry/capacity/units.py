"""In which unit a written capacity is counted, and how it is shown."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from phaseout.facts.units import TEN_THOUSAND, canonical, factor
from phaseout.law.capacity import LedgerUnit, ledger_units

STEP = Decimal("0.000001")
"""The ledger keeps six decimals of its unit: a gramme a year of what is counted in t/a."""


@cache
def counted_in(written: str) -> tuple[str, Decimal] | None:
    """(unit of the ledger, how many of it one `written` is); None where nobody knows the unit.

    >>> counted_in("万吨/年"), counted_in("kVA")
    (('t/a', Decimal('10000')), ('kVA', Decimal('1')))
    """
    name = canonical(written)
    if name is None:
        return None
    for known in ledger_units():  # as nearly all are written; the rest asks pint, which is slow
        if name in (known.unit, TEN_THOUSAND + known.unit):
            return known.unit, Decimal(1 if name == known.unit else 10_000)
    for known in ledger_units():
        times = factor(name, known.unit)
        if times is not None:
            return known.unit, times
    if name.startswith(TEN_THOUSAND):
        return name.removeprefix(TEN_THOUSAND), Decimal(10_000)
    return name, Decimal(1)


@cache
def shown_in(unit: str) -> LedgerUnit:
    """How a unit of the ledger is shown."""
    known = {each.unit: each for each in ledger_units()}
    return known.get(unit) or LedgerUnit(unit, unit, Decimal(1), "")
