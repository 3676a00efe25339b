"""编发电价文件: the bills of a month as one file; 签收: who has it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.evidence.digests import digest_of
from phaseout.evidence.keeping import keep
from phaseout.measures.prices import billing, ending, files, income, refusing
from phaseout.measures.prices.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
)
from phaseout.measures.prices.models import (
    Bill,
    BillLine,
    ConsumptionFile,
    Edition,
    PriceAct,
    Receipt,
)
from phaseout.measures.prices.seats import LEADS, RECEIVERS, seat

Kind = PriceAct.Kind
BATCH = 5_000


@again_after_a_deadlock
@transaction.atomic(durable=True)
def issue(month: date, *, by: User, scope: Scope, today: date, key: UUID) -> Edition:
    """The price file of a month, and with it the bills; a later edition replaces an earlier one,
    and the ledger takes the difference.

    Raises:
        Refusal: `prices.not-yours`, `prices.nothing-to-bill`, `prices.nothing-changed`.
    """
    month = month.replace(day=1)
    about = f"month:{month:%Y-%m}"
    before = done_before(key, Kind.ISSUE, by, about)
    if before is not None:
        return before.edition
    seated = seat(scope, *LEADS)
    if seated is None:
        raise refusing.not_yours(today, *LEADS)
    hold_all(about)
    if not ConsumptionFile.objects.filter(month=month, taken=True).exists():
        raise refusing.nothing_to_bill(month)
    ending.end_where_the_ground_is_gone(today)
    charged, held = billing.charges(month)
    owed = billing.owed(charged)
    same = digest_of([_plain(one) for one in owed] + [one.as_data() for one in held])
    last = Edition.objects.filter(month=month).select_related("act").order_by("-number").first()
    if last is not None and last.act.content["bills"] == same:
        raise refusing.nothing_changed(month, last.number)
    number = last.number + 1 if last is not None else 1
    act = append(
        Kind.ISSUE,
        seated,
        by=by,
        today=today,
        key=key,
        about=about,
        content={"month": f"{month:%Y-%m}", "edition": number, "bills": same},
    )
    edition = _edition(act, month, number, owed, held)
    _post(edition, _bills(edition, owed))
    return edition


def _edition(
    act: PriceAct, month: date, number: int, owed: list[billing.Owed], held: list[billing.Held]
) -> Edition:
    numbered = [(bill_number(month, number, one.uscc), one) for one in owed]
    name = f"price-{month:%Y-%m}-{number}"
    table = files.as_csv(numbered)
    book = files.as_workbook(month, number, numbered, held)
    csv = keep([table], name=f"{name}.csv", by=act.by, dated_on=act.done_on)
    return Edition.objects.create(
        act=act,
        month=month,
        number=number,
        digest=csv.digest,
        csv=csv,
        xlsx=keep([book], name=f"{name}.xlsx", by=act.by, dated_on=act.done_on),
        total=sum((one.amount for one in owed), income.ZERO),
        held=[one.as_data() for one in held],
    )


def bill_number(month: date, edition: int, uscc: str) -> str:
    return f"JJ{month:%Y%m}-{uscc}-{edition}"


def _bills(edition: Edition, owed: list[billing.Owed]) -> list[Bill]:
    bills = Bill.objects.bulk_create(
        (
            Bill(
                edition=edition,
                enterprise_id=one.uscc,
                division_code=one.division,
                number=bill_number(edition.month, edition.number, one.uscc),
                month=edition.month,
                kwh=one.kwh,
                amount=one.amount,
            )
            for one in owed
        ),
        batch_size=BATCH,
    )
    BillLine.objects.bulk_create(
        (
            BillLine(
                bill=bill,
                determination_id=part.determination,
                consumption_id=part.consumption,
                kwh=part.kwh,
                rate=part.rate,
                exact=part.exact,
            )
            for bill, one in zip(bills, owed, strict=True)
            for part in one.parts
        ),
        batch_size=BATCH,
    )
    return bills


def _post(edition: Edition, bills: list[Bill]) -> None:
    """The ledger takes the difference to what it has of the month already; an enterprise that owes
    nothing by this edition gets a counter-entry on its last bill."""
    posted = income.billed(edition.month)
    wanted = {bill.enterprise_id: (bill, bill.amount) for bill in bills}
    for uscc in posted.keys() - wanted.keys():
        last = Bill.objects.filter(month=edition.month, enterprise_id=uscc).order_by("-pk")[0]
        wanted[uscc] = (last, income.ZERO)
    for uscc, (bill, amount) in sorted(wanted.items()):
        change = amount - posted.get(uscc, income.ZERO)
        income.post(
            edition.act,
            (f"账单 {bill.number}", f"bill {bill.number}"),
            [(income.Account.RECEIVABLE, change), (income.Account.INCOME, -change)],
            on=edition.act.done_on,
            division=bill.division_code,
            bill=bill,
        )


def _plain(one: billing.Owed) -> list[Any]:
    return [
        one.uscc,
        format(one.amount, "f"),
        [
            [p.line_id, p.begins.isoformat(), p.ends.isoformat(), format(p.kwh, "f"),
             format(p.rate, "f"), p.determination]
            for p in one.parts
        ],
    ]  # fmt: skip


@again_after_a_deadlock
@transaction.atomic(durable=True)
def receive(edition_id: int, *, by: User, scope: Scope, today: date, key: UUID) -> Receipt:
    """The grid company, or the price authority, says that it has the edition.

    Raises:
        Refusal: `prices.not-yours`, `prices.received`.
    """
    about = f"edition:{edition_id}"
    before = done_before(key, Kind.RECEIVE, by, about)
    if before is not None:
        return before.receipt
    seated = seat(scope, *RECEIVERS)
    if seated is None:
        raise refusing.not_yours(today, *RECEIVERS)
    hold_all(about)
    edition = Edition.objects.get(pk=edition_id)
    if edition.receipts.filter(office=seated.office).exists():
        raise refusing.received_before()
    act = append(
        Kind.RECEIVE,
        seated,
        by=by,
        today=today,
        key=key,
        about=about,
        content={"digest": edition.digest},
    )
    return Receipt.objects.create(edition=edition, act=act, office=seated.office)
