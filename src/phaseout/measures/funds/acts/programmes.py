"""设立资金项目、登记收入."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
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
from phaseout.measures.funds.seats import FINANCE, office_seat

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
    acting = office_seat(scope, today, (FINANCE,), Role.OFFICER, Role.LEADER)
    if acting is None:
        raise refusing.not_yours(refusing.FINANCE)
    name, document = name.strip(), document.strip()
    _examine(name, document, runs_from, runs_to)
    uses = funds.uses(fund, on=runs_from)
    if not uses:
        raise refusing.no_uses(runs_from)
    act = append(
        Kind.PROGRAMME,
        acting,
        by=by,
        today=today,
        key=key,
        about=about,
        content={
            "name": name,
            "fund": str(fund),
            "document": document,
            "runs_from": runs_from.isoformat(),
            "runs_to": runs_to.isoformat() if runs_to else None,
            "uses": sorted(uses),
        },
    )
    made = Programme.objects.create(
        act=act,
        name=name,
        fund=fund,
        document=document,
        division_code=REGION_CODE,
        runs_from=runs_from,
        runs_to=runs_to,
    )
    ProgrammeUse.objects.bulk_create(
        ProgrammeUse(act=act, programme=made, use=row.use, zh=row.zh, en=row.en, row_id=row.row_id)
        for row in uses.values()
    )
    return made


def _examine(name: str, document: str, runs_from: date, runs_to: date | None) -> None:
    if not name or not document or (runs_to is not None and runs_to < runs_from):
        raise refusing.programme_wrong(
            (
                "须有名称和依据文件，起止日期不颠倒。",
                "it has a name and a document, and ends after it begins.",
            )
        )
    if Programme.objects.filter(name=name).exists():
        raise refusing.name_taken(name)


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
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Income:
    """Money that came in, with its document.

    Raises:
        Refusal: `funds.not-yours`, `funds.amount-wrong`, `funds.day-wrong`.
    """
    about = f"programme:{programme_id}"
    before = done_before(key, Kind.INCOME, by, about)
    if before is not None:
        return before.income
    hold_all(about)
    programme = Programme.objects.get(pk=programme_id)
    acting = office_seat(scope, today, (FINANCE,), Role.OFFICER, Role.LEADER)
    if acting is None:
        raise refusing.not_yours(refusing.FINANCE)
    if amount <= 0 or amount != round(amount, 2) or not document.strip():
        raise refusing.amount_wrong()
    if received_on > today:
        raise refusing.day_wrong(received_on)
    act = append(
        Kind.INCOME,
        acting,
        by=by,
        today=today,
        key=key,
        about=about,
        content={
            "source": str(source),
            "amount": str(amount),
            "year": year,
            "received_on": received_on.isoformat(),
            "document": document.strip(),
        },
    )
    income = Income.objects.create(
        act=act,
        programme=programme,
        source=source,
        year=year,
        amount=amount,
        received_on=received_on,
        document=document.strip()[:200],
    )
    book(act, programme, [(Account.INCOME, None, -amount), (Account.AVAILABLE, None, amount)])
    return income
