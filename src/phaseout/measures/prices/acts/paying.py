"""缴费通知、缴费、逾期、上缴: what becomes of a bill, and of the money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.law.prices.charging import exact_product, to_cents
from phaseout.law.prices.income import late_payment, share_on
from phaseout.law.prices.readings import Kind as RowKind
from phaseout.law.prices.readings import Reading, table
from phaseout.measures.prices import income, refusing
from phaseout.measures.prices.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
)
from phaseout.measures.prices.assessing import law_of
from phaseout.measures.prices.billing import latest_bills, next_month
from phaseout.measures.prices.models import (
    Bill,
    Entry,
    LateCharge,
    Payment,
    PaymentNotice,
    Posting,
    PriceAct,
)
from phaseout.measures.prices.seats import GRID, Seat, seat

Kind = PriceAct.Kind
Account = income.Account


def _seated(scope: Scope, today: date) -> Seat:
    seated = seat(scope, GRID)
    if seated is None:
        raise refusing.not_yours(today, GRID)
    return seated


def _held(bill_id: int) -> Bill:
    """The bill, while nobody else acts on its month; one that was replaced is refused."""
    bill = Bill.objects.select_related("enterprise", "edition").get(pk=bill_id)
    hold_all(f"bills:{bill.enterprise_id}:{bill.month:%Y-%m}")
    if latest_bills(bill.month).get(bill.enterprise_id) != bill:
        raise refusing.not_in_force(bill.number)
    return bill


def notice_of(bill: Bill) -> PaymentNotice | None:
    """The notice of the month, on whichever edition it was given."""
    return (
        PaymentNotice.objects.filter(bill__enterprise_id=bill.enterprise_id, bill__month=bill.month)
        .order_by("pk")
        .first()
    )


@again_after_a_deadlock
@transaction.atomic(durable=True)
def notify(
    bill_id: int,
    received_on: date,
    pay_by: date,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    contract_percent: Decimal | None = None,
) -> PaymentNotice:
    """The enterprise has received the notice to pay.

    Args:
        pay_by: last day of payment by the contract.
        contract_percent: what the supply contract asks for late payment, percent a day.

    Raises:
        Refusal: `prices.not-yours`, `prices.bill-replaced`, `prices.notified`, `prices.day-wrong`,
            `price.late-rate`.
    """
    about = f"bill:{bill_id}"
    before = done_before(key, Kind.NOTIFY, by, about)
    if before is not None:
        return before.notice
    seated, bill = _seated(scope, today), _held(bill_id)
    if notice_of(bill) is not None:
        raise refusing.notified_before()
    if not next_month(bill.month) <= received_on <= today or pay_by < received_on:
        raise refusing.day_wrong()
    if contract_percent is not None:
        late_payment(Decimal(0), 0, contract_percent)
    content = {"received_on": received_on.isoformat(), "pay_by": pay_by.isoformat()}
    act = append(Kind.NOTIFY, seated, by=by, today=today, key=key, about=about, content=content)
    return PaymentNotice.objects.create(
        bill=bill,
        act=act,
        received_on=received_on,
        pay_by=pay_by,
        contract_percent=contract_percent,
    )


@again_after_a_deadlock
@transaction.atomic(durable=True)
def collect(
    bill_id: int,
    amount: Decimal,
    paid_on: date,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Payment:
    """Money has come in for a bill; the surcharge is met first, then what the contract asks.

    Raises:
        Refusal: `prices.not-yours`, `prices.bill-replaced`, `prices.day-wrong`,
            `prices.paid-too-much`.
    """
    about = f"bill:{bill_id}"
    before = done_before(key, Kind.COLLECT, by, about)
    if before is not None:
        return before.payment
    seated, bill = _seated(scope, today), _held(bill_id)
    if not next_month(bill.month) <= paid_on <= today:
        raise refusing.day_wrong()
    surcharge, contract = income.owed_on(bill)
    if not 0 < amount <= surcharge + contract or amount != to_cents(amount):
        raise refusing.paid_too_much(surcharge + contract)
    content = {"amount": format(amount, "f"), "paid_on": paid_on.isoformat()}
    act = append(Kind.COLLECT, seated, by=by, today=today, key=key, about=about, content=content)
    first = min(amount, max(surcharge, Decimal(0)))
    income.post(
        act,
        (f"缴费 {bill.number}", f"payment of {bill.number}"),
        [
            (Account.COLLECTED, first),
            (Account.GRID, amount - first),
            (Account.RECEIVABLE, -amount),
        ],
        on=paid_on,
        division=bill.division_code,
        bill=bill,
    )
    return Payment.objects.create(bill=bill, act=act, paid_on=paid_on, amount=amount)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def charge_late(
    bill_id: int, basis: str, *, by: User, scope: Scope, today: date, key: UUID
) -> LateCharge:
    """Charge for lateness up to today: by the document of the bill, once; or by the contract.

    Raises:
        Refusal: `prices.not-yours`, `prices.bill-replaced`, `prices.not-late`,
            `prices.no-contract-rate`.
    """
    about = f"bill:{bill_id}"
    before = done_before(key, Kind.CHARGE_LATE, by, about)
    if before is not None:
        return before.late_charge
    seated, bill = _seated(scope, today), _held(bill_id)
    by_document = basis == LateCharge.By.DOCUMENT
    days, amount, said = (_by_document if by_document else _by_contract)(bill, today)
    act = append(
        Kind.CHARGE_LATE,
        seated,
        by=by,
        today=today,
        key=key,
        about=about,
        content={"by": basis, "days": days, "amount": format(amount, "f")},
    )
    income.post(
        act,
        (f"逾期 {bill.number}", f"late: {bill.number}"),
        [
            (Account.RECEIVABLE, amount),
            (Account.INCOME if by_document else Account.CONTRACT, -amount),
        ],
        on=today,
        division=bill.division_code,
        bill=bill,
    )
    return LateCharge.objects.create(
        bill=bill, act=act, by=basis, up_to=today, days=days, amount=amount, said=said
    )


Late = tuple[int, Decimal, dict[str, str]]


def _charged(bill: Bill, basis: str) -> LateCharge | None:
    return (
        LateCharge.objects.filter(
            bill__enterprise_id=bill.enterprise_id, bill__month=bill.month, by=basis
        )
        .order_by("-up_to")
        .first()
    )


def _by_document(bill: Bill, today: date) -> Late:
    """The rate of the document is raised for what is not paid after its days (90 by 2021-1239)."""
    notice = notice_of(bill)
    if notice is None or _charged(bill, LateCharge.By.DOCUMENT) is not None:
        raise refusing.not_late()
    days = (today - notice.received_on).days
    rules = {one.row.source_id: one for one in _late_rules(bill, today)}
    under = Decimal(0)
    rule: Reading | None = None
    for line in bill.lines.select_related("determination"):
        found = rules.get(line.determination.source_id)
        if found is not None and found.contains(Decimal(days)):
            under, rule = under + line.exact, found
    unpaid = min(to_cents(under), income.owed_on(bill)[0])
    if rule is None or rule.rate is None or unpaid <= 0:
        raise refusing.not_late()
    amount = to_cents(exact_product(unpaid, rule.rate - 1))
    return days, amount, {"row": rule.row.row_id, "unpaid": str(unpaid), "factor": str(rule.rate)}


def _late_rules(bill: Bill, today: date) -> list[Reading]:
    law = law_of(bill.month.year, today)
    return [one for one in law.factors if one.kind is RowKind.LATE]


def _by_contract(bill: Bill, today: date) -> Late:
    """So many percent a day of what is not paid, from the day after the last day of payment, or
    after the day to which it was charged before."""
    notice = notice_of(bill)
    if notice is None:
        raise refusing.not_late()
    if notice.contract_percent is None:
        raise refusing.no_contract()
    before = _charged(bill, LateCharge.By.CONTRACT)
    since = max(notice.pay_by, before.up_to) if before else notice.pay_by
    days, unpaid = (today - since).days, income.owed_on(bill)[0]
    if days <= 0 or unpaid <= 0:
        raise refusing.not_late()
    amount = late_payment(unpaid, days, notice.contract_percent)
    (law,) = table("late")
    said = {
        "source": law["source_id"],
        "clause": law["clause"],
        "unpaid": str(unpaid),
        "percent": str(notice.contract_percent),
        "since": since.isoformat(),
    }
    return days, amount, said


@again_after_a_deadlock
@transaction.atomic(durable=True)
def remit(*, by: User, scope: Scope, today: date, key: UUID) -> list[Entry]:
    """All that was collected goes on: to the treasury, and the grid company's part where a document
    gives it one. One entry a place.

    Raises:
        Refusal: `prices.not-yours`, `prices.nothing-to-remit`, `price.no-share`.
    """
    before = done_before(key, Kind.REMIT, by)
    if before is not None:
        return list(before.entries.order_by("pk"))
    seated = _seated(scope, today)
    hold_all("remit")
    places = _collected()
    if not places:
        raise refusing.nothing_to_remit()
    shares = [(division, amount, share_on(today, division)) for division, amount in places]
    told = [
        {"division": division, "amount": format(amount, "f"), "by": share.source_id}
        for division, amount, share in shares
    ]
    act = append(Kind.REMIT, seated, by=by, today=today, key=key, content={"places": told})
    entries = []
    for division, amount, share in shares:
        grid, treasury = share.of(amount)
        entry = income.post(
            act,
            (f"上缴加价收入（{share.source_id}）", f"income remitted ({share.source_id})"),
            [(Account.TREASURY, treasury), (Account.GRID, grid), (Account.COLLECTED, -amount)],
            on=today,
            division=division,
        )
        if entry is not None:
            entries.append(entry)
    return entries


def _collected() -> list[tuple[str, Decimal]]:
    """What was collected and has not gone on, place by place."""
    waiting = (
        Posting.objects.filter(account=Account.COLLECTED)
        .order_by()
        .values_list("division_code")
        .annotate(Sum("amount"))
    )
    return sorted((division, amount) for division, amount in waiting if amount)
