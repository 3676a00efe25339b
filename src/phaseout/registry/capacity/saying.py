"""Amounts of the ledger as people write them: 392万吨/年, not 3920000 t/a."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from phaseout.findings.export import plain
from phaseout.law.capacity import Booking, Stock, account
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


def booking_said(booking: Booking) -> Bilingual:
    """What a booking moves: 退出办理中 → 拆除主体设备：30万吨/年."""
    out = {each.account: None for each in booking.postings if each.amount < 0}
    into = {each.account: None for each in booking.postings if each.amount > 0}
    moved = sum((each.amount for each in booking.postings if each.amount > 0), Decimal(0))
    names = [[account(key).name[at] for key in side] for at in (0, 1) for side in (out, into)]
    amount = amount_said(moved, booking.unit)
    return (
        f"{'、'.join(names[0])} → {'、'.join(names[1])}：{amount[0]}",
        f"{', '.join(names[2])} → {', '.join(names[3])}: {amount[1]}",
    )


def stocks_said(stocks: Iterable[Stock]) -> Bilingual:
    """State and amount of each stock that is more than nought, in words; empty where none is."""
    there = [stock for stock in stocks if stock.amount > 0]
    said = [(account(s.account).name, amount_said(s.amount, s.unit)) for s in there]
    return (
        "、".join(f"{name[0]}{amount[0]}" for name, amount in said),
        ", ".join(f"{name[1]}: {amount[1]}" for name, amount in said),
    )
