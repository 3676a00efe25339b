"""What acts and judgements book on the capacity ledger, in their own transactions.

    booked(act, acts)          what the act moves, before it is sealed: it names its entries
    against_exit(…)            what the ledger has against an exit, before it is prepared
    all_has_exited(…)          what it has against telling a decision to close carried out
    book_found(usccs, on=day)  what a judgement found outdated, or no longer
    say_equipment(names)       a room above tells which main equipment a case makes exit

Which act moves what is a table of the law (`law.capacity.act_moves`); here its words get their
meaning from the case: how it exits, how its line was found, which other case holds it.

The ledger of the line is read and written with the whole reach: an entry must rest on all that
stands there, whatever of it the person who acts may see.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from phaseout.accounts.rows import whole_reach
from phaseout.casework.gone import gone_before
from phaseout.casework.models import Act, Case, LineStanding
from phaseout.casework.pieces import pieces_in, registered, words_of
from phaseout.law.capacity import (
    EXITED,
    GIVEN_UP,
    LIVE,
    ActMove,
    Booking,
    Stock,
    account,
    act_moves,
    exit_form,
    holding_acts,
    moved,
)
from phaseout.law.capacity.acting import FORM, OF_CASE, REST, STATED
from phaseout.law.capacity.moving import after
from phaseout.law.procedures import Done
from phaseout.registry.capacity import refusals, stocks_of
from phaseout.registry.capacity.booking import Draft, book, held, not_before
from phaseout.registry.capacity.saying import booking_said, stocks_said
from phaseout.registry.capacity.sharing import ALL, Share, amount_of, read_share
from phaseout.registry.capacity.standings import Stands, book_standings

AMOUNT = "ledger_entry"
"""The item of an act that says how much exits."""
EQUIPMENT = "exited_equipment"
"""The item that says which main equipment that was."""
LONGEST = 500
Names = Callable[[Case], Sequence[str]]
_NAMES: list[Names] = []


def say_equipment(names: Names) -> None:
    """Have the main equipment that a case makes exit named by `names(case)`; empty: not known."""
    _NAMES[:] = [names]


def equipment_known(case: Case) -> str:
    """The main equipment that the case makes exit, as far as somebody has put it down: that of the
    plan of its removal, else what is registered of the line; without what has exited by another
    case; empty where none is known."""
    named, known = list(_NAMES[0](case)) if _NAMES else [], registered(case.line_id)
    named = named or [words_of(number, kind) for number, kind in known.items()]
    gone = {piece for one in gone_before(case, known) for piece in one.pieces}
    left = [one for one in dict.fromkeys(named) if not gone & pieces_in(one, known).keys()]
    return "；".join(left)[:LONGEST]


def booked(act: Act, acts: Sequence[Act]) -> None:
    """Book what the act moves, if it moves anything, and have it name its entries. A line whose
    capacity was never registered has no ledger: what is not known is not booked.

    Raises:
        Refusal: `capacity.…`, before anything is written.
    """
    moves, case = act_moves(act.case.procedure, act.kind), act.case
    if not moves:
        return
    with whole_reach():
        held([case.line_id])
        kinds = [*(each.kind for each in acts), act.kind]
        bookings = _planned(moves, case, kinds, act.facts)
        ground = {
            "act_key": act.key, "case_no": case.pk, "case_number": case.number,
            "act_kind": act.kind, "by_id": act.by_id,
        }  # fmt: skip
        since = not_before(case.line_id, act.done_on)
        drafts = [
            Draft("act", case.line_id, each, *since, {**ground, **_of_equipment(each, case, act)})
            for each in bookings
        ]
        numbers = book(drafts)
    if numbers:
        act.detail = {**act.detail, "ledger": _named(numbers, bookings)}


def against_exit(case: Case, acts: Sequence[Act], act: Done) -> None:
    """What the ledger has against an exit: nothing is left, too much is asked for, another unit.

    Raises:
        Refusal: `capacity.…`.
    """
    with whole_reach():
        kinds = [*(each.kind for each in acts), act.kind]
        _planned(act_moves(case.procedure, act.kind), case, kinds, act.facts)


def all_has_exited(case: Case, acts: Sequence[Act], act: Done) -> None:
    """A decision to close is of the whole line: as long as the ledger has some of it that has not
    exited, nobody verifies that it has. Without capacity on the ledger the case alone says it.

    Raises:
        Refusal: `capacity.rest_must_exit`.
    """
    with whole_reach():
        stocks = stocks_of([case.line_id]).get(case.line_id, [])
    left = [stock for stock in stocks if account(stock.account).group == LIVE]
    if left:
        gone = stocks_said(_exited(stocks))
        raise refusals.rest_must_exit(case.line.name, stocks_said(left), gone)


def is_left(line_id: str) -> bool:
    """Whether the ledger has capacity of the line that has neither exited nor been given up; no
    where nothing of it was ever booked."""
    with whole_reach():
        stocks = stocks_of([line_id]).get(line_id, [])
    return any(account(stock.account).group == LIVE for stock in stocks)


def book_found(usccs: Collection[str], *, on: date) -> int:
    """Book how the lines of these enterprises stand after a judgement of `on`; returns how many
    entries that took."""
    stands = LineStanding.objects.standing().filter(enterprise_id__in=usccs)
    rows = stands.order_by().values_list("line_id", "pk", "outdated", "found_on")
    found = LineStanding.Outdated.YES
    return book_standings(
        (Stands(line, number, outdated == found, since) for line, number, outdated, since in rows),
        on,
    )


def _planned(
    moves: Iterable[ActMove], case: Case, kinds: Sequence[str], facts: Mapping[str, Any]
) -> list[Booking]:
    stocks = stocks_of([case.line_id]).get(case.line_id, [])
    bookings: list[Booking] = []
    if not stocks:
        if any(m.how == STATED for m in moves) and not _share(facts).is_whole:
            raise refusals.not_registered(case.line.name)
        return bookings
    for move in moves:
        if move.releases and _held_by_another(case):
            continue
        there = [s for s in stocks if s.account in move.sources]
        if move.how == OF_CASE:
            there = _of_case(case, there)
        if move.how == STATED and not there:
            raise refusals.nothing_left(case.line.name, _gone(stocks))
        if not there:
            continue
        amount = amount_of(_share(facts), there) if move.how == STATED else None
        if move.how == STATED:
            _named_once(case, facts, in_part=amount is not None)
        moving = moved(there, move.sources, _target(move, case, kinds), amount)
        stocks = after(stocks, moving)
        bookings += moving
    return bookings


def _of_equipment(booking: Booking, case: Case, act: Act) -> dict[str, str]:
    """The main equipment of an entry into an exit; nothing for other entries."""
    if not any(p.amount > 0 and account(p.account).group == EXITED for p in booking.postings):
        return {}
    told = str(act.facts.get(EQUIPMENT, "")).strip()
    return {"equipment": (told or equipment_known(case))[:LONGEST]}


def _named_once(case: Case, facts: Mapping[str, Any], *, in_part: bool) -> None:
    """A part that exits is of some equipment, which is named; a piece exits once, whatever it is
    called, as long as it can be told by its number in the register.

    Raises:
        Refusal: `capacity.which_equipment`, `capacity.equipment_gone`.
    """
    known = registered(case.line_id)
    named = pieces_in(str(facts.get(EQUIPMENT, "")), known)
    if in_part and not named:
        raise refusals.which_equipment(case.line.name)
    for gone in gone_before(case, known):
        if again := named.keys() & gone.pieces.keys():
            words = "、".join(sorted(named[one] for one in again))
            raise refusals.equipment_gone(words, gone.entry)


def _share(facts: Mapping[str, Any]) -> Share:
    return read_share(facts.get(AMOUNT, ALL))


def _target(move: ActMove, case: Case, kinds: Sequence[str]) -> str:
    if move.to == FORM:
        form = exit_form(kinds)
        if form is None:
            raise refusals.no_form()
        return form
    if move.to == REST:
        found = LineStanding.objects.standing().filter(
            line_id=case.line_id, outdated=LineStanding.Outdated.YES
        )
        return "outdated" if found.exists() else "registered"
    return move.to


def _held_by_another(case: Case) -> bool:
    """Whether another open case has put the line where it is, and holds it there."""
    others: dict[int, bool] = {}
    acts = (
        Act.objects.filter(case__line_id=case.line_id, case__closed_on=None)
        .exclude(case_id=case.pk)
        .order_by("case_id", "place")
        .values_list("case_id", "case__procedure", "kind")
    )
    for number, procedure, kind in acts:
        if (procedure, kind) in holding_acts():
            others[number] = True
        elif act_moves(procedure, kind):
            others[number] = False
    return any(others.values())


def _of_case(case: Case, there: Sequence[Stock]) -> list[Stock]:
    """Of these stocks what the acts of this case have brought there."""
    brought = stocks_of([case.line_id], case_no=case.pk).get(case.line_id, [])
    keys = {(s.product, s.unit, s.holder, s.account): s.amount for s in brought}
    found = []
    for stock in there:
        key = (stock.product, stock.unit, stock.holder, stock.account)
        amount = keys.get(key, Decimal(0))
        if amount > 0:
            part = min(amount, stock.amount)
            found.append(Stock(stock.product, stock.unit, stock.holder, stock.account, part))
    return found


def _gone(stocks: Iterable[Stock]) -> tuple[str, str]:
    """Where the capacity of a line has gone, in words."""
    gone = _exited(stocks)
    return stocks_said(gone) if gone else ("登记产能为零", "nothing is registered")


def _exited(stocks: Iterable[Stock]) -> list[Stock]:
    return [s for s in stocks if account(s.account).group in (EXITED, GIVEN_UP)]


def _named(numbers: Sequence[int], bookings: Sequence[Booking]) -> list[dict[str, Any]]:
    """The entries as the act names them."""
    said = [booking_said(each) for each in bookings]
    return [
        {"entry": number, "zh": words[0], "en": words[1]}
        for number, words in zip(numbers, said, strict=True)
    ]
