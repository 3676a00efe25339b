"""Amounts of the ledger as people write them: 392万吨/年, not 3920000 t/a."""

from __future__ import annotations

from decimal import Decimal

from phaseout.findings.export import plain
from phaseout.law.refusals import Bilingual
from phaseout.registry.capacity.units import shown_in
from phaseout.registry.labels import cell_words


def unit_said(unit: str) -> Bilingual:
    """The unit in which amounts in `unit` are shown."""
    return cell_words("lines", "capacity_unit", shown_in(unit).shown)


def shown(amount: Decimal, unit: str) -> Decimal:
    """An amount in the unit in which it is shown."""
    return amount / shown_in(unit).times


def amount_said(amount: Decimal, unit: str) -> Bilingual:
    """Amount and unit, in Chinese and in English."""
    zh, en = unit_said(unit)
    figure = plain(shown(amount, unit))
    return f"{figure}{zh}", f"{figure} {en}"
