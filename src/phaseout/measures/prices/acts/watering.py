"""超定额用水累进加价: the bill of a year's water above the quota, and what is paid on it.

Bands are marginal, by the document of the place in that year. No document of the place is a hole
that is refused, not a bill of nought.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.law.industries import ALL_INDUSTRIES
from phaseout.law.norms import NormBook
from phaseout.law.prices.answering import FLOOR_UNKNOWN, answer
from phaseout.law.prices.asking import Measure, PriceClass, Question
from phaseout.law.prices.charging import water_parts
from phaseout.law.prices.explaining import Step, explain_water
from phaseout.law.prices.outcomes import Outcome
from phaseout.law.prices.refusing import refusal_of
from phaseout.measures.prices import income, refusing
from phaseout.measures.prices.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
)
from phaseout.measures.prices.assessing import law_of
from phaseout.measures.prices.models import Posting, PriceAct, WaterBill
from phaseout.measures.prices.seats import LEADS, Seat, seat
from phaseout.registry.models import Enterprise

Kind = PriceAct.Kind
Account = income.Account


@dataclass(frozen=True, slots=True)
class Metered:
    """The water of a year: quota and use in m3, the basic price (without sewage fee) in yuan a m3,
    the class of the enterprise ("" for an ordinary user), the paper that tells them."""

    quota: Decimal
    used: Decimal
    basic_price: Decimal
    price_class: str
    document: str


@dataclass(frozen=True, slots=True)
class Computed:
    """The surcharge with its document and steps."""

    amount: Decimal
    source_id: str
    steps: Sequence[Step]


def compute(firm: Enterprise, year: int, water: Metered, today: date) -> Computed:
    """What the document of the place makes of it.

    Raises:
        Refusal: `price.…` where no document, no band or no class answers; `prices.water-divided`,
            `prices.provisional`.
    """
    asked = Question.of_year(
        Measure.WATER,
        ALL_INDUSTRIES,
        year,
        division=firm.division_code,
        price_class=PriceClass(water.price_class) if water.price_class else None,
        indicator=water.used,
        limit=water.quota,
    )
    law = law_of(year, today)
    found = answer(asked, law)
    if found.outcome is Outcome.DIVIDED:  # a quota is of a year: it cannot be asked month by month
        raise refusing.water_divided(firm.name, year)
    if not found.determined:
        raise refusal_of(found)
    assert found.reading is not None
    # The local document binds, also where the national one leaves the bands to the place.
    if set(found.provisional) - {FLOOR_UNKNOWN}:
        raise refusing.provisional(firm.name, found.reading.row.row_id)
    parts, total = water_parts(asked, water.basic_price, law)
    steps = explain_water(found, NormBook.load().sources, parts, total)
    return Computed(total, found.reading.row.source_id, steps)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def bill_water(
    uscc: str, year: int, water: Metered, *, by: User, scope: Scope, today: date, key: UUID
) -> WaterBill:
    """The bill of a year; a later one replaces it, and the ledger takes the difference.

    Raises:
        Refusal: `prices.not-yours`, `prices.no-such-enterprise`, `prices.water-wrong`,
            `prices.water-unchanged`; what `compute` refuses.
    """
    about = f"water:{uscc}:{year}"
    before = done_before(key, Kind.BILL_WATER, by, about)
    if before is not None:
        return before.water_bill
    seated = _seated(scope, today)
    hold_all(about)
    firm = Enterprise.objects.filter(scope.enterprises(), pk=uscc).first()
    if firm is None:
        raise refusing.no_such_enterprise(uscc)
    _examine(year, water, today)
    computed = compute(firm, year, water, today)
    last = standing_bill(uscc, year)
    if last is None and not computed.amount:
        raise refusing.water_within_quota()
    if last is not None and last.amount == computed.amount:
        raise refusing.water_unchanged(last.number)
    return _billed(firm, year, water, computed, last, seated, about, by=by, today=today, key=key)


def _billed(
    firm: Enterprise,
    year: int,
    water: Metered,
    computed: Computed,
    last: WaterBill | None,
    seated: Seat,
    about: str,
    **who: Any,
) -> WaterBill:
    number = last.number + 1 if last is not None else 1
    told: dict[str, Any] = {
        "year": year,
        "number": number,
        "quota": format(water.quota, "f"),
        "used": format(water.used, "f"),
        "basic_price": format(water.basic_price, "f"),
        "price_class": water.price_class,
        "document": water.document.strip()[:200],
        "amount": format(computed.amount, "f"),
        "source": computed.source_id,
    }
    act = append(Kind.BILL_WATER, seated, about=about, content=told, **who)
    change = computed.amount - (last.amount if last is not None else income.ZERO)
    income.post(
        act,
        (f"超定额用水加价 {year}年", f"water above the quota, {year}"),
        [(Account.RECEIVABLE, change), (Account.INCOME, -change)],
        on=act.done_on,
        division=firm.division_code,
        enterprise=firm.pk,
    )
    return WaterBill.objects.create(
        act=act,
        enterprise=firm,
        division_code=firm.division_code,
        year=year,
        number=number,
        quota=water.quota,
        used=water.used,
        basic_price=water.basic_price,
        price_class=water.price_class,
        amount=computed.amount,
        source_id=computed.source_id,
        document=told["document"],
        explanation={"steps": [step.as_data() for step in computed.steps]},
    )


@again_after_a_deadlock
@transaction.atomic(durable=True)
def collect_water(
    bill_id: int,
    amount: Decimal,
    paid_on: date,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> PriceAct:
    """Money that came in for the water of a year.

    Raises:
        Refusal: `prices.not-yours`, `prices.bill-replaced`, `prices.day-wrong`,
            `prices.paid-too-much`.
    """
    bill = WaterBill.objects.select_related("act").get(pk=bill_id)
    about = bill.act.about
    before = done_before(key, Kind.COLLECT_WATER, by, about)
    if before is not None:
        return before
    seated = _seated(scope, today)
    hold_all(about)
    if standing_bill(bill.enterprise_id, bill.year) != bill:
        raise refusing.not_in_force(str(bill))
    if not bill.act.done_on <= paid_on <= today:
        raise refusing.day_wrong()
    left = water_owed(bill)
    if not 0 < amount <= left:
        raise refusing.paid_too_much(left)
    told = {"amount": format(amount, "f"), "paid_on": paid_on.isoformat()}
    act = append(Kind.COLLECT_WATER, seated, by=by, today=today, key=key, about=about, content=told)
    income.post(
        act,
        (f"超定额用水加价缴费 {bill.year}年", f"paid: water above the quota, {bill.year}"),
        [(Account.COLLECTED, amount), (Account.RECEIVABLE, -amount)],
        on=paid_on,
        division=bill.division_code,
        enterprise=bill.enterprise_id,
    )
    return act


def standing_bill(uscc: str, year: int) -> WaterBill | None:
    return WaterBill.objects.filter(enterprise_id=uscc, year=year).order_by("-number").first()


def water_owed(bill: WaterBill) -> Decimal:
    """What is left to pay of the year, in yuan, whichever number of the bill it was put on."""
    found = Posting.objects.filter(
        entry__act__about=f"water:{bill.enterprise_id}:{bill.year}", account=Account.RECEIVABLE
    ).aggregate(left=Sum("amount"))
    return found["left"] or income.ZERO


def _seated(scope: Scope, today: date) -> Seat:
    seated = seat(scope, *LEADS)
    if seated is None:
        raise refusing.not_yours(today, *LEADS)
    return seated


def _examine(year: int, water: Metered, today: date) -> None:
    positive = water.quota > 0 and water.used > 0 and water.basic_price > 0
    if not positive or not water.document.strip() or not 2008 <= year < today.year:
        raise refusing.water_wrong(today.year)
