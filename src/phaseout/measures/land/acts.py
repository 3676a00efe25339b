"""The acts on land. One function, one act, one durable transaction, one row.

    register_parcel(…)   登记地块
    dispose(…)           登记处置决定: the way of clause (15), with its document
    receive(…)           登记出让收入: income of a parcel that was taken back
    assign(…)            安排职工安置费用: of that income, never more than there is
    end_use(…)           结束过渡期使用: the old use ends, early or at its last day

An act sent twice under one `key` happens once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.organisations import office_name
from phaseout.accounts.scope import Scope
from phaseout.casework.acts import once
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.law.land import against, assignable, continued_use, way_of
from phaseout.law.refusals import Bilingual
from phaseout.measures.land import refusing
from phaseout.measures.land.models import ContinuedUse, LandAct, LandMoney, Parcel
from phaseout.measures.land.seats import Seat, finance_seats, land_seats, seat_for
from phaseout.measures.land.standing import Standing, exited_on, standing
from phaseout.registry.models import Enterprise, ProductionLine

Kind = LandAct.Kind
LAND: Bilingual = ("国土资源部门或地块所在市", "the land authority or the city of the parcel")
FINANCE: Bilingual = ("财政部门", "the finance authority")


@dataclass(frozen=True, slots=True)
class Described:
    """A parcel as it is entered. `area` in square metres; `line_id` empty: of the enterprise."""

    uscc: str
    number: str
    address: str
    area: Decimal
    right: str
    division_code: str
    line_id: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision on a parcel: the way (`law.land.ways`), its document, and what the way needs.

    `planning` names the document of the planning authority; `trade` and `filed_on` are of a
    conversion. `files` are digests of evidence.
    """

    way: str
    document: str
    decided_on: date
    planning: str = ""
    encouraged: bool = False
    trade: str = ""
    filed_on: date | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """Money (CNY) with the document it rests on."""

    amount: Decimal
    document: str
    files: tuple[str, ...] = ()


@again_after_a_deadlock
@transaction.atomic(durable=True)
def register_parcel(said: Described, *, by: User, scope: Scope, today: date, key: UUID) -> LandAct:
    """Enter a parcel of an enterprise, or of one of its lines.

    Raises:
        Refusal: `land.not-yours`, `land.enterprise-unknown`, `land.parcel-known`.
    """
    if (before := _done(key, Kind.REGISTER, by)) is not None:
        return before
    owner = Enterprise.objects.filter(scope.enterprises(), pk=said.uscc).first()
    line = ProductionLine.objects.filter(pk=said.line_id, enterprise=owner).first()
    if owner is None or (said.line_id and line is None):
        raise refusing.nothing_here(said.uscc)
    once.hold_all("land", f"parcel:{said.number}")
    parcel = Parcel(
        enterprise=owner,
        line=line,
        number=said.number,
        address=said.address,
        area=said.area,
        right=said.right,
        division_code=said.division_code,
    )
    seat = seat_for(parcel, land_seats(scope))
    if seat is None:
        raise refusing.not_yours(LAND)
    if Parcel.objects.filter(number=said.number).exists():
        raise refusing.known_already(said.number)
    parcel.save(force_insert=True)
    return _append(Kind.REGISTER, parcel, seat, asdict(said), by=by, today=today, key=key)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def dispose(
    parcel_id: int, decided: Decided, *, by: User, scope: Scope, today: date, key: UUID
) -> LandAct:
    """Enter the decision on what becomes of a parcel; a conversion to an encouraged trade opens
    the years of continued use.

    Raises:
        Refusal: `land.not-yours`, `land.disposed-already`; what `law.land.against` raises.
    """
    if (before := _done(key, Kind.DISPOSE, by, parcel_id)) is not None:
        return before
    parcel = _held(parcel_id)
    seat = seat_for(parcel, land_seats(scope))
    if seat is None:
        raise refusing.not_yours(LAND)
    if _standing(parcel).disposed is not None:
        raise refusing.disposed_already()
    refusal = against(
        decided.way,
        parcel.right,
        on=decided.decided_on,
        exited_on=exited_on(parcel),
        planning=bool(decided.planning),
        encouraged=decided.encouraged,
    )
    if refusal is not None:
        raise refusal
    act = _append(Kind.DISPOSE, parcel, seat, asdict(decided), by=by, today=today, key=key)
    if way_of(decided.way).continues:
        filed_on = decided.filed_on or decided.decided_on
        ContinuedUse.objects.create(
            act=act,
            parcel=parcel,
            trade=decided.trade,
            filed_on=filed_on,
            last_day=continued_use(filed_on).due,
        )
    return act


@again_after_a_deadlock
@transaction.atomic(durable=True)
def receive(
    parcel_id: int, given: Sum, *, by: User, scope: Scope, today: date, key: UUID
) -> LandAct:
    """Enter income from a parcel that was taken back.

    Raises:
        Refusal: `land.not-yours`, `land.not-taken-back`.
    """
    if (before := _done(key, Kind.RECEIVE, by, parcel_id)) is not None:
        return before
    parcel = _held(parcel_id)
    seat = seat_for(parcel, finance_seats(scope))
    if seat is None:
        raise refusing.not_yours(FINANCE)
    way = _standing(parcel).way
    if way is None or way.way != "take_back":
        raise refusing.no_income_of_this_way()
    act = _append(Kind.RECEIVE, parcel, seat, asdict(given), by=by, today=today, key=key)
    return _booked(act, LandMoney.Kind.INCOME, given)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def assign(
    parcel_id: int, given: Sum, *, by: User, scope: Scope, today: date, key: UUID
) -> LandAct:
    """Give part of the income to settle the employees of the enterprise, through the budget.

    Raises:
        Refusal: `land.not-yours`, `land.more-than-income`.
    """
    if (before := _done(key, Kind.ASSIGN, by, parcel_id)) is not None:
        return before
    parcel = _held(parcel_id)
    seat = seat_for(parcel, finance_seats(scope))
    if seat is None:
        raise refusing.not_yours(FINANCE)
    now = _standing(parcel)
    if given.amount > (left := assignable(now.income, now.assigned)):
        raise refusing.too_much(left)
    act = _append(Kind.ASSIGN, parcel, seat, asdict(given), by=by, today=today, key=key)
    return _booked(act, LandMoney.Kind.ASSIGNED, given)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def end_use(
    parcel_id: int, reason: str, *, by: User, scope: Scope, today: date, key: UUID
) -> LandAct:
    """End the continued use: the land is put into its new use, or its years are over.

    Raises:
        Refusal: `land.not-yours`, `land.no-continued-use`.
    """
    if (before := _done(key, Kind.END_USE, by, parcel_id)) is not None:
        return before
    parcel = _held(parcel_id)
    seat = seat_for(parcel, land_seats(scope))
    if seat is None:
        raise refusing.not_yours(LAND)
    going = ContinuedUse.objects.filter(parcel=parcel).exists()
    if not going or _standing(parcel).ended is not None:
        raise refusing.no_continued_use()
    return _append(Kind.END_USE, parcel, seat, {"reason": reason}, by=by, today=today, key=key)


def _done(key: UUID, kind: str, by: User, parcel_id: int | None = None) -> LandAct | None:
    """The act that was done under the key before. A parcel is new where none is named."""
    about = {} if parcel_id is None else {"parcel_id": parcel_id}
    return once.done_before(LandAct, key, kind, by, **about)


def _held(parcel_id: int) -> Parcel:
    """The parcel, locked: who comes second sees what the first has done."""
    return Parcel.objects.select_for_update(no_key=True).get(pk=parcel_id)


def _standing(parcel: Parcel) -> Standing:
    return standing(parcel, list(parcel.acts.order_by("pk")), list(parcel.money.all()))


def _append(
    kind: str,
    parcel: Parcel,
    seat: Seat,
    said: Mapping[str, Any],
    *,
    by: User,
    today: date,
    key: UUID,
) -> LandAct:
    content = {name: _plain(value) for name, value in said.items()}
    name = office_name(seat.office, parcel.division_code, today)
    return once.append(
        LandAct,
        kind,
        seat.office,
        name,
        by=by,
        today=today,
        key=key,
        content=content,
        parcel=parcel,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, (date, Decimal)):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _booked(act: LandAct, kind: str, given: Sum) -> LandAct:
    LandMoney.objects.create(act=act, parcel=act.parcel, kind=kind, amount=given.amount)
    return act
