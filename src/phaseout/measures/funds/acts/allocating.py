"""分配资金: by the factors of the award fund, or by amounts that a document decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.law import funds
from phaseout.measures.funds import refusing
from phaseout.measures.funds.acts.appending import (
    again_after_a_deadlock,
    append,
    book,
    done_before,
    hold_all,
)
from phaseout.measures.funds.ledger import available
from phaseout.measures.funds.models import (
    Account,
    Allocation,
    Application,
    FundAct,
    Programme,
    Share,
)
from phaseout.measures.funds.seats import FINANCE, Seat, office_seat
from phaseout.measures.funds.standing import waiting_for_money

Kind = FundAct.Kind


@dataclass(frozen=True, slots=True)
class _Given:
    application: Application
    amount: Decimal
    difficulty: Decimal | None = None
    reasoning: dict[str, Any] | None = None


@again_after_a_deadlock
@transaction.atomic(durable=True)
def allocate_by_factors(
    programme_id: int,
    year: int,
    total: Decimal,
    difficulty: Mapping[int, Decimal],
    *,
    document: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Allocation:
    """Divide the base part of a year's award money among the accepted state firms. The step part is
    left: its coefficients are not on record. Private firms get decided amounts.

    Args:
        total: the year's money, of which the base part is divided.
        difficulty: by application, as finance has set it.

    Raises:
        Refusal: `funds.not-yours`, `funds.no-formula`, `funds.amount-wrong`,
            `funds.nobody-to-give`, `funds.overspent`, and what `law.funds.allocate` refuses.
    """
    about = f"programme:{programme_id}"
    before = done_before(key, Kind.ALLOCATE, by, about)
    if before is not None:
        return before.allocation
    programme, acting = _held(programme_id, total, document, scope, today)
    if programme.fund != funds.AWARD:
        raise refusing.no_formula()
    waiting = _state_firms(programme, year)
    parts = funds.parts(total, on=today)
    _covered(programme, parts.base)
    given, provisional = _by_factors(waiting, parts.base, difficulty, today)
    made = Allocation(
        programme=programme,
        year=year,
        by_factors=True,
        total=parts.base,
        provisional=provisional or parts.provisional,
        document=document.strip()[:200],
    )
    return _kept(made, given, acting, by=by, today=today, key=key)


def _by_factors(
    waiting: Sequence[Application], base: Decimal, difficulty: Mapping[int, Decimal], today: date
) -> tuple[list[_Given], bool]:
    """What each gets of the base part, and whether that is provisional."""
    claims = [_claim(one, difficulty) for one in waiting]
    found = funds.allocate(base, claims, on=today)
    given = [
        _Given(one, share.amount, claim.difficulty, share.explanation.as_json())
        for one, share, claim in zip(waiting, found.shares, claims, strict=True)
        if share.amount
    ]
    return given, found.provisional


def _state_firms(programme: Programme, year: int) -> list[Application]:
    waiting = waiting_for_money(programme, year)
    found = [one for one in waiting if one.ownership == Application.Ownership.STATE]
    if not found:
        raise refusing.nobody_to_give()
    return found


def _claim(one: Application, difficulty: Mapping[int, Decimal]) -> funds.Claim:
    """Capacity in tonnes a year, whatever unit it was written in."""
    hard = difficulty.get(one.pk, Decimal(0))
    return funds.Claim(str(one.pk), _tonnes(one), one.exit_year, one.employees, hard)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def allocate_decided(
    programme_id: int,
    year: int,
    amounts: Mapping[int, Decimal],
    *,
    document: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Allocation:
    """Give accepted applications what a document decides; private firms no more than their cap.

    Args:
        amounts: by application, in yuan.

    Raises:
        Refusal: `funds.not-yours`, `funds.amount-wrong`, `funds.not-accepted`,
            `funds.state-by-factors`, `funds.over-the-cap`, `funds.overspent`,
            `funds.not-on-record`.
    """
    about = f"programme:{programme_id}"
    before = done_before(key, Kind.ALLOCATE, by, about)
    if before is not None:
        return before.allocation
    total = sum(amounts.values(), Decimal(0))
    programme, acting = _held(programme_id, total, document, scope, today)
    given = _decided(programme, year, amounts, today)
    _covered(programme, total)
    made = Allocation(
        programme=programme,
        year=year,
        by_factors=False,
        total=total,
        document=document.strip()[:200],
    )
    return _kept(made, given, acting, by=by, today=today, key=key)


def _decided(
    programme: Programme, year: int, amounts: Mapping[int, Decimal], today: date
) -> list[_Given]:
    waiting = {one.pk: one for one in waiting_for_money(programme, year)}
    strange = [pk for pk in amounts if pk not in waiting]
    if strange:
        names = Application.objects.filter(pk__in=strange).values_list(
            "enterprise__name", flat=True
        )
        raise refusing.not_accepted([*names] or [str(pk) for pk in strange])
    for pk, amount in amounts.items():
        if amount <= 0 or amount != round(amount, 2):
            raise refusing.amount_wrong()
        if programme.fund == funds.AWARD:
            _within_cap(waiting[pk], amount, today)
    return [_Given(waiting[pk], amount) for pk, amount in amounts.items()]


def _held(
    programme_id: int, total: Decimal, document: str, scope: Scope, today: date
) -> tuple[Programme, Seat]:
    hold_all(f"programme:{programme_id}")
    programme = Programme.objects.get(pk=programme_id)
    acting = office_seat(scope, today, (FINANCE,), Role.LEADER)
    if acting is None:
        raise refusing.not_yours(refusing.FINANCE_LEADER)
    if total <= 0 or total != round(total, 2) or not document.strip():
        raise refusing.amount_wrong()
    return programme, acting


def _covered(programme: Programme, amount: Decimal) -> None:
    there = available(programme.pk)
    if amount > there:
        raise refusing.overspent(amount, there)


def _within_cap(application: Application, amount: Decimal, today: date) -> None:
    name = application.enterprise.name
    if application.ownership == Application.Ownership.STATE:
        raise refusing.state_by_factors(name)
    industry = application.enterprise.industry
    coal = industry == "coal"
    quantity = Decimal(application.mines or 0) if coal else _tonnes(application)
    cap = funds.private_cap(industry, quantity, on=today)
    if amount > cap:
        raise refusing.over_the_cap(name, amount, cap)


def _tonnes(application: Application) -> Decimal:
    """Tonnes a year; 万t/a is how applications write them."""
    return application.capacity * (10_000 if application.capacity_unit == "万t/a" else 1)


def _kept(
    made: Allocation,
    given: Sequence[_Given],
    acting: Seat,
    *,
    by: User,
    today: date,
    key: UUID,
) -> Allocation:
    about, content = f"programme:{made.programme.pk}", _said(made, given)
    act = append(Kind.ALLOCATE, acting, by=by, today=today, key=key, about=about, content=content)
    made.act = act
    made.save(force_insert=True)
    Share.objects.bulk_create(
        Share(
            act=act,
            allocation=made,
            application=one.application,
            amount=one.amount,
            difficulty=one.difficulty,
            reasoning=one.reasoning,
        )
        for one in given
    )
    book(
        act,
        made.programme,
        [
            (Account.AVAILABLE, None, -made.total),
            *((Account.COMMITTED, one.application, one.amount) for one in given),
        ],
    )
    return made


def _said(made: Allocation, given: Sequence[_Given]) -> dict[str, Any]:
    return {
        "year": made.year,
        "by_factors": made.by_factors,
        "total": str(made.total),
        "document": made.document,
        "shares": {str(one.application.pk): str(one.amount) for one in given},
    }
