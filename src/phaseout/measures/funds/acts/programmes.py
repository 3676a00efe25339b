"""设立资金项目、登记收入."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.organisations import REGION_CODE
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
from phaseout.measures.funds.models import Account, FundAct, Income, Programme, ProgrammeUse
from phaseout.measures.funds.seats import FINANCE, Seat, office_seat
from phaseout.measures.funds.standing import sources

Kind = FundAct.Kind


@again_after_a_deadlock
@transaction.atomic(durable=True)
def make_programme(
    name: str,
    fund: Programme.Fund,
    document: str,
    *,
    runs_from: date,
    runs_to: date | None = None,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Programme:
    """A programme with its document. What it may pay is written down from the norm store, by the
    rules of its first day.

    Raises:
        Refusal: `funds.not-yours`, `funds.programme-wrong`.
    """
    about = "programmes"
    before = done_before(key, Kind.PROGRAMME, by, about)
    if before is not None:
        return before.programme
    hold_all(about)
    acting = _seated(scope, today)
    made = Programme(
        name=name.strip(),
        fund=fund,
        document=document.strip(),
        division_code=REGION_CODE,
        runs_from=runs_from,
        runs_to=runs_to,
    )
    _examine(made)
    uses = funds.uses(fund, on=runs_from)
    if not uses:
        raise refusing.no_uses(runs_from)
    content = _said(made, uses)
    act = append(Kind.PROGRAMME, acting, by=by, today=today, key=key, about=about, content=content)
    made.act = act
    made.save(force_insert=True)
    ProgrammeUse.objects.bulk_create(
        ProgrammeUse(act=act, programme=made, use=row.use, zh=row.zh, en=row.en, row_id=row.row_id)
        for row in uses.values()
    )
    return made


def _seated(scope: Scope, today: date) -> Seat:
    acting = office_seat(scope, today, (FINANCE,), Role.OFFICER, Role.LEADER)
    if acting is None:
        raise refusing.not_yours(refusing.FINANCE)
    return acting


def _said(made: Programme, uses: Collection[str]) -> dict[str, Any]:
    return {
        "name": made.name,
        "fund": str(made.fund),
        "document": made.document,
        "runs_from": made.runs_from.isoformat(),
        "runs_to": made.runs_to.isoformat() if made.runs_to else None,
        "uses": sorted(uses),
    }


def _examine(made: Programme) -> None:
    backwards = made.runs_to is not None and made.runs_to < made.runs_from
    if not made.name or not made.document or backwards:
        raise refusing.programme_wrong(
            (
                "须有名称和依据文件，起止日期不颠倒。",
                "it has a name and a document, and ends after it begins.",
            )
        )
    if Programme.objects.filter(name=made.name).exists():
        raise refusing.name_taken(made.name)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def record_income(
    programme_id: int,
    source: Income.Source,
    amount: Decimal,
    *,
    year: int,
    received_on: date,
    document: str,
    remitted: str = "",
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Income:
    """Money that came in, with its document.

    Args:
        remitted: the key of the sum that it comes from (`standing.sources`), where it is one that
            a measure gave to the treasury on record; its rest is the most that can be taken.

    Raises:
        Refusal: `funds.not-yours`, `funds.amount-wrong`, `funds.day-wrong`,
            `funds.source-unknown`, `funds.source-used-up`.
    """
    about = f"programme:{programme_id}"
    before = done_before(key, Kind.INCOME, by, about)
    if before is not None:
        return before.income
    hold_all(about)
    programme = Programme.objects.get(pk=programme_id)
    acting = _seated(scope, today)
    income = Income(
        programme=programme,
        source=source,
        year=year,
        amount=amount,
        received_on=received_on,
        document=document.strip()[:200],
        remitted=remitted,
    )
    _examine_income(income, today)
    content = {**_came_in(income), "document": document.strip()}
    act = append(Kind.INCOME, acting, by=by, today=today, key=key, about=about, content=content)
    income.act = act
    income.save(force_insert=True)
    book(act, programme, [(Account.INCOME, None, -amount), (Account.AVAILABLE, None, amount)])
    return income


def _examine_income(income: Income, today: date) -> None:
    amount = income.amount
    if amount <= 0 or amount != round(amount, 2) or not income.document:
        raise refusing.amount_wrong()
    if income.received_on > today:
        raise refusing.day_wrong(income.received_on)
    if income.remitted:
        _takes_from(income)


def _takes_from(income: Income) -> None:
    """The sum it comes from has that much left, and had gone to the treasury by the day."""
    hold_all(f"remitted:{income.remitted}")
    found = {one.key: (one, rest) for one, rest in sources(str(income.source))}
    if income.remitted not in found:
        raise refusing.source_unknown()
    one, rest = found[income.remitted]
    if income.received_on < one.on:
        raise refusing.day_wrong(income.received_on)
    if income.amount > rest:
        raise refusing.source_used_up(income.amount, rest)


def _came_in(income: Income) -> dict[str, Any]:
    return {
        **({"remitted": income.remitted} if income.remitted else {}),
        "source": str(income.source),
        "amount": str(income.amount),
        "year": income.year,
        "received_on": income.received_on.isoformat(),
    }
