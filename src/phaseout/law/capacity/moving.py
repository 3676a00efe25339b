"""Postings: what a booking takes out of one account of a line and puts into another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from phaseout.law.capacity.accounts import (
    LIVE,
    ORIGIN,
    REGISTERED,
    keys_of,
    split,
    table,
)
from phaseout.law.norms import Confidence


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose capacity it is and where it is counted: city and industry follow from these."""

    uscc: str
    division_code: str
    industry: str


@dataclass(frozen=True, slots=True)
class Stock:
    """What stands in an account of a line: `amount` of `product` in `unit`. More than zero, but for
    the account of origin, where it is less."""

    product: str
    unit: str
    holder: Holder
    account: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Posting:
    """So much into (plus) or out of (minus) an account of a holder; never zero."""

    holder: Holder
    account: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Booking:
    """What one entry posts: of one product in one unit. Its postings sum to zero."""

    product: str
    unit: str
    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        if len(self.postings) < 2 or sum(each.amount for each in self.postings) != 0:
            raise ValueError(f"a booking that does not balance: {self}")


@dataclass(frozen=True, slots=True)
class Told:
    """The capacity of a line as the registry tells it now."""

    product: str
    unit: str
    amount: Decimal
    holder: Holder


@dataclass(frozen=True, slots=True)
class _Move:
    kind: str
    from_: str
    to: str
    source_id: str
    clause: str
    confidence: Confidence
    note: str


class Unlawful(ValueError):
    """Postings that the table of moves does not know: a mistake of the program, not of a person."""


def registration(told: Told) -> Booking:
    """The first booking of a line: all of it is registered."""
    return _booking(told.product, told.unit, told.holder, REGISTERED, told.amount)


def adjusted(stocks: Sequence[Stock], told: Told) -> list[Booking]:
    """What makes the ledger of a line say what the registry tells anew; empty where it does.

    The capacity told is that of the whole line, with what has exited. It may also be what is left
    after a part has exited: then it says nothing new. More of it goes into the state the line is
    in, less of it leaves the live accounts, never the exited ones. Another product or unit: what is
    live of the old one leaves the ledger, and the new one comes into the state the line is in.

    Raises:
        ValueError: less is told than has exited; `too_little` says whether before it is asked.
    """
    state = _state(stocks)
    bookings = [
        _booking(stock.product, stock.unit, stock.holder, stock.account, -stock.amount)
        for stock in stocks
        if _is_live(stock) and (stock.product, stock.unit) != (told.product, told.unit)
    ]
    same = [s for s in stocks if (s.product, s.unit) == (told.product, told.unit)]
    live = sum(s.amount for s in same if _is_live(s))
    whole = live + sum(s.amount for s in same if not _is_live(s) and s.account != ORIGIN)
    if told.amount in (whole, live) and same:
        return bookings
    more = told.amount - whole
    if more > 0:
        bookings.append(_booking(told.product, told.unit, told.holder, state, more))
    elif -more > live:
        raise ValueError(f"{told.amount} is less than the {whole - live} that has exited")
    else:
        bookings += _taken_off(same, -more)
    return bookings


def too_little(stocks: Iterable[Stock], told: Told) -> bool:
    """Whether less is told than has exited, and other than what is left."""
    same = [s for s in stocks if (s.product, s.unit) == (told.product, told.unit)]
    live = sum(s.amount for s in same if _is_live(s))
    gone = sum(s.amount for s in same if not _is_live(s) and s.account != ORIGIN)
    return told.amount < gone and told.amount != live


def transferred(stocks: Iterable[Stock], to: Callable[[Stock], Holder]) -> list[Booking]:
    """What stands goes over to another holder where `to` names another, each amount in its account;
    one booking a product and unit. The account of origin goes with it, so that what a holder has in
    all accounts still sums to zero."""
    moving: dict[tuple[str, str], list[Posting]] = {}
    for stock in stocks:
        goes = to(stock)
        if stock.account == ORIGIN or stock.holder == goes:
            continue
        postings = moving.setdefault((stock.product, stock.unit), [])
        postings += _over(stock.holder, goes, stock.account, stock.amount)
        postings += _over(stock.holder, goes, ORIGIN, -stock.amount)
    return [Booking(*key, _summed(postings)) for key, postings in moving.items()]


def moved(
    stocks: Iterable[Stock], sources: Sequence[str], to: str, amount: Decimal | None = None
) -> list[Booking]:
    """What stands in `sources` goes into `to`, one booking a product and unit; empty where nothing
    stands there. With `amount` only so much, taken from the sources in their order.

    Raises:
        ValueError: fewer than `amount` stand there, or it is of several products or units.
    """
    ordered = [s for a in sources for s in stocks if s.account == a and s.amount > 0 and a != to]
    if amount is not None:
        ordered = _first(ordered, amount)
    moving: dict[tuple[str, str], list[Posting]] = {}
    for stock in ordered:
        postings = moving.setdefault((stock.product, stock.unit), [])
        postings.append(Posting(stock.holder, stock.account, -stock.amount))
        postings.append(Posting(stock.holder, to, stock.amount))
    return [Booking(*key, _summed(postings)) for key, postings in moving.items()]


def after(stocks: Iterable[Stock], bookings: Iterable[Booking]) -> list[Stock]:
    """What stands after these bookings; without accounts in which nothing is left."""
    sums: dict[tuple[str, str, Holder, str], Decimal] = {}
    for stock in stocks:
        key = (stock.product, stock.unit, stock.holder, stock.account)
        sums[key] = sums.get(key, Decimal(0)) + stock.amount
    for booking in bookings:
        for each in booking.postings:
            key = (booking.product, booking.unit, each.holder, each.account)
            sums[key] = sums.get(key, Decimal(0)) + each.amount
    return [Stock(*key, amount) for key, amount in sums.items() if amount]


def opposite(booking: Booking) -> Booking:
    """The counter-entry: every posting the other way round."""
    turned = tuple(replace(each, amount=-each.amount) for each in booking.postings)
    return replace(booking, postings=turned)


def must_be_lawful(kind: str, booking: Booking) -> None:
    """Refuse postings that the table of moves does not know; counter-entries may undo anything.

    Raises:
        Unlawful: names the accounts.
    """
    if kind == "counter":
        return
    out = {each.account for each in booking.postings if each.amount < 0}
    into = {each.account for each in booking.postings if each.amount > 0}
    if kind == "transfer":
        if len({each.holder for each in booking.postings}) < 2:
            raise Unlawful("a transfer within one holder")
        return
    known = _lawful(kind)
    for one in out - into:
        for other in into - out:
            if (one, other) not in known:
                raise Unlawful(f"{kind}: {one} → {other}")


@cache
def _lawful(kind: str) -> frozenset[tuple[str, str]]:
    pairs = set()
    for move in table("moves", _Move):
        if move.kind == kind:
            pairs |= {(one, other) for one in split(move.from_) for other in split(move.to)}
    return frozenset(pairs)


def _is_live(stock: Stock) -> bool:
    return stock.account in keys_of(LIVE)


def _state(stocks: Sequence[Stock]) -> str:
    """The state a line is in: that of most of its live capacity; registered where none is live."""
    sums: dict[str, Decimal] = {}
    for stock in filter(_is_live, stocks):
        sums[stock.account] = sums.get(stock.account, Decimal(0)) + stock.amount
    order = keys_of(LIVE)
    return max(sums, key=lambda a: (sums[a], order.index(a))) if sums else REGISTERED


def _booking(product: str, unit: str, holder: Holder, into: str, amount: Decimal) -> Booking:
    return Booking(product, unit, (Posting(holder, ORIGIN, -amount), Posting(holder, into, amount)))


def _taken_off(stocks: Iterable[Stock], amount: Decimal) -> Iterator[Booking]:
    for stock in _first([s for s in stocks if _is_live(s)], amount):
        yield _booking(stock.product, stock.unit, stock.holder, stock.account, -stock.amount)


def _first(stocks: Sequence[Stock], amount: Decimal) -> list[Stock]:
    """The first of these stocks that make up the amount, the last of them in part."""
    if len({(s.product, s.unit) for s in stocks}) > 1:
        raise ValueError("a part of several products or units")
    taken, left = [], amount
    for stock in stocks:
        part = min(stock.amount, left)
        if part > 0:
            taken.append(replace(stock, amount=part))
            left -= part
    if left > 0:
        raise ValueError(f"{amount} asked for, {left} are not there")
    return taken


def _over(one: Holder, other: Holder, key: str, amount: Decimal) -> tuple[Posting, Posting]:
    return Posting(one, key, -amount), Posting(other, key, amount)


def _summed(postings: Collection[Posting]) -> tuple[Posting, ...]:
    sums: dict[tuple[Holder, str], Decimal] = {}
    for each in postings:
        key = (each.holder, each.account)
        sums[key] = sums.get(key, Decimal(0)) + each.amount
    return tuple(Posting(*key, amount) for key, amount in sums.items() if amount)
