"""记录支付、记录办理: what was paid to employees, and what was done for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.measures.employees import refusing
from phaseout.measures.employees.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    held,
    of,
)
from phaseout.measures.employees.claims import Claim, claims
from phaseout.measures.employees.models import EmployeeAct, Paid, Step

Kind = EmployeeAct.Kind


@again_after_a_deadlock
@transaction.atomic(durable=True)
def record_payments(
    settlement_id: int,
    what: Paid.What,
    amounts: Mapping[str, Decimal | None],
    *,
    paid_on: date,
    voucher: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> list[Paid]:
    """Record what was paid to employees on one voucher.

    Args:
        amounts: by the employees' numbers, in yuan; None: all that is left.

    Raises:
        Refusal: `employees.not-yours`, `employees.day-wrong`, `employees.no-voucher`,
            `employees.nobody-chosen`, `employees.unknown-number`, `employees.paid-too-much`.
    """
    about = f"settlement:{settlement_id}"
    before = done_before(key, Kind.PAY, by, about)
    if before is not None:
        return list(before.payments.order_by("pk"))
    settlement, acting = held(settlement_id, scope, today)
    if paid_on > today:
        raise refusing.day_wrong(paid_on)
    if not 0 < len(voucher.strip()) <= 200:
        raise refusing.no_voucher()
    paying = _paying(_known(settlement_id, amounts), what, amounts)
    said: dict[str, Any] = {"what": what, "paid_on": paid_on, "voucher": voucher.strip()}
    content = {
        "what": str(what),
        "paid_on": paid_on.isoformat(),
        "voucher": voucher.strip(),
        "amounts": {number: str(amount) for number, amount in paying.items()},
    }
    act = append(Kind.PAY, acting, **of(settlement), by=by, today=today, key=key, content=content)
    return Paid.objects.bulk_create(
        Paid(act=act, settlement=settlement, number=number, amount=amount, **said)
        for number, amount in paying.items()
    )


def _paying(
    known: Mapping[str, Claim], what: Paid.What, amounts: Mapping[str, Decimal | None]
) -> dict[str, Decimal]:
    """Number → amount, of those who get something; none more than is left."""
    paying: dict[str, Decimal] = {}
    for number, asked in amounts.items():
        left = known[number].left(what)
        amount = left if asked is None else asked
        if left is None or amount is None or amount < 0 or amount > left:
            raise refusing.paid_too_much(number, left)
        if amount:
            paying[number] = amount
    if not paying:
        raise refusing.nobody_chosen()
    return paying


@again_after_a_deadlock
@transaction.atomic(durable=True)
def record_steps(
    settlement_id: int,
    what: Step.What,
    numbers: Collection[str],
    *,
    done_on: date,
    note: str = "",
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> list[Step]:
    """Record what was done for employees besides paying; who has it already is passed over.

    Raises:
        Refusal: `employees.not-yours`, `employees.day-wrong`, `employees.nobody-chosen`,
            `employees.unknown-number`.
    """
    about = f"settlement:{settlement_id}"
    before = done_before(key, Kind.STEP, by, about)
    if before is not None:
        return list(before.steps.order_by("pk"))
    settlement, acting = held(settlement_id, scope, today)
    if done_on > today:
        raise refusing.day_wrong(done_on)
    known = _known(settlement_id, numbers)
    chosen = [number for number in dict.fromkeys(numbers) if _lacks(known[number], what)]
    if not chosen:
        raise refusing.nobody_chosen()
    said: dict[str, Any] = {"what": what, "done_on": done_on, "note": note.strip()[:200]}
    content = {
        "what": str(what),
        "done_on": done_on.isoformat(),
        "note": said["note"],
        "numbers": chosen,
    }
    act = append(Kind.STEP, acting, **of(settlement), by=by, today=today, key=key, content=content)
    return Step.objects.bulk_create(
        Step(act=act, settlement=settlement, number=number, **said) for number in chosen
    )


def _lacks(claim: Claim, what: str) -> bool:
    """Whether the step is still to be done for somebody, and makes sense for them: what is
    transferred and found anew follows the end of a contract, a place is found where it goes on."""
    done: bool = getattr(claim, what)
    return not done and claim.ended is (what != Step.What.PLACED)


def _known(settlement_id: int, numbers: Collection[str]) -> dict[str, Claim]:
    known = {claim.number: claim for claim in claims(settlement_id)}
    if not known:
        raise refusing.no_list()
    unknown = [number for number in numbers if number not in known]
    if unknown:
        raise refusing.unknown_numbers(unknown)
    return known
