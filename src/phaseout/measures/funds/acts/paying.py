"""支付、退回未支付资金."""

from __future__ import annotations

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
from phaseout.measures.funds.ledger import committed
from phaseout.measures.funds.models import Account, Application, FundAct, Payment, ProgrammeUse
from phaseout.measures.funds.seats import FINANCE, Seat, office_seat

Kind = FundAct.Kind


@again_after_a_deadlock
@transaction.atomic(durable=True)
def pay(
    application_id: int,
    use: str,
    amount: Decimal,
    *,
    paid_on: date,
    voucher: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Payment:
    """Pay out of what was allocated to an application, for one use.

    Args:
        use: a key of the programme's uses.

    Raises:
        Refusal: `funds.not-yours`, `funds.may-not-pay`, `funds.amount-wrong`,
            `funds.day-wrong`, `funds.no-voucher`, `funds.overspent`.
    """
    about = f"application:{application_id}"
    before = done_before(key, Kind.PAY, by, about)
    if before is not None:
        return before.payment
    application, acting = _held(application_id, scope, today, Role.OFFICER, Role.LEADER)
    payment = Payment(
        programme=application.programme,
        application=application,
        use=_named(application, use),
        amount=amount,
        paid_on=paid_on,
        voucher=voucher.strip(),
    )
    _examine(payment, today)
    _paid(payment, acting, by=by, today=today, key=key, about=about)
    return payment


def _examine(payment: Payment, today: date) -> None:
    if payment.paid_on > today:
        raise refusing.day_wrong(payment.paid_on)
    if not 0 < len(payment.voucher) <= 200:
        raise refusing.no_voucher()
    _covered(payment.application, payment.amount)


def _paid(payment: Payment, acting: Seat, **how: Any) -> None:
    """The act of a payment, the payment and its entries."""
    application, amount = payment.application, payment.amount
    content = {
        "use": payment.use.use,
        "amount": str(amount),
        "paid_on": payment.paid_on.isoformat(),
        "voucher": payment.voucher,
    }
    payment.act = append(Kind.PAY, acting, application=application, content=content, **how)
    payment.save(force_insert=True)
    book(
        payment.act,
        application.programme,
        [(Account.COMMITTED, application, -amount), (Account.SPENT, application, amount)],
    )


@again_after_a_deadlock
@transaction.atomic(durable=True)
def return_money(
    application_id: int,
    amount: Decimal,
    *,
    reason: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> FundAct:
    """Take back what an application has not been paid: it can be allocated again.

    Raises:
        Refusal: `funds.not-yours`, `funds.no-reason`, `funds.amount-wrong`, `funds.overspent`.
    """
    about = f"application:{application_id}"
    before = done_before(key, Kind.RETURN, by, about)
    if before is not None:
        return before
    application, acting = _held(application_id, scope, today, Role.LEADER)
    if not 0 < len(reason.strip()) <= 2000:
        raise refusing.no_reason()
    _covered(application, amount)
    act = append(
        Kind.RETURN,
        acting,
        by=by,
        today=today,
        key=key,
        about=about,
        application=application,
        content={"amount": str(amount), "reason": reason.strip()},
    )
    book(
        act,
        application.programme,
        [(Account.COMMITTED, application, -amount), (Account.AVAILABLE, None, amount)],
    )
    return act


def _named(application: Application, use: str) -> ProgrammeUse:
    allowed = list(application.programme.uses.order_by("pk"))
    for one in allowed:
        if one.use == use:
            return one
    raise funds.may_not_pay(use, [one.zh for one in allowed], [one.en for one in allowed])


def _held(application_id: int, scope: Scope, today: date, *roles: Role) -> tuple[Application, Seat]:
    application = Application.objects.select_related("programme", "enterprise").get(
        pk=application_id
    )
    hold_all(f"programme:{application.programme_id}")
    acting = office_seat(scope, today, (FINANCE,), *roles)
    if acting is None:
        who = refusing.FINANCE if Role.OFFICER in roles else refusing.FINANCE_LEADER
        raise refusing.not_yours(who)
    return application, acting


def _covered(application: Application, amount: Decimal) -> None:
    if amount <= 0 or amount != round(amount, 2):
        raise refusing.amount_wrong()
    there = committed(application)
    if amount > there:
        raise refusing.overspent(amount, there)
