"""Double entry: each event in money is one entry whose postings add up to nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from phaseout.accounts.rows import whole_reach
from phaseout.law.refusals import Bilingual
from phaseout.measures.prices.models import Bill, Entry, Posting, PriceAct
from phaseout.measures.remitted import Remitted

Account = Posting.Account
ZERO = Decimal(0)


def post(
    act: PriceAct,
    said: Bilingual,
    parts: Sequence[tuple[str, Decimal]],
    *,
    on: date,
    division: str,
    bill: Bill | None = None,
    enterprise: str | None = None,
) -> Entry | None:
    """An entry of (account, amount: debit positive); None where all of it is nought. It is of the
    enterprise of the bill, or of that named.

    The database refuses one that does not balance.
    """
    written = [(account, amount) for account, amount in parts if amount]
    if not written:
        return None
    entry = Entry.objects.create(
        act=act, bill=bill, on_day=on, said_zh=said[0][:200], said_en=said[1][:200]
    )
    Posting.objects.bulk_create(
        Posting(
            entry=entry,
            account=account,
            enterprise_id=bill.enterprise_id if bill is not None else enterprise,
            division_code=division,
            amount=amount,
        )
        for account, amount in written
    )
    return entry


def balance(postings: QuerySet[Posting]) -> dict[str, Decimal]:
    """Account → its balance, debit positive; every account, in order."""
    sums = dict(postings.order_by().values_list("account").annotate(Sum("amount")))
    return {account.value: sums.get(account.value) or ZERO for account in Account}


def billed(month: date) -> dict[str, Decimal]:
    """USCC → what the editions of a month have put on its account so far."""
    rows = (
        Posting.objects.filter(
            account=Account.RECEIVABLE,
            entry__act__kind=PriceAct.Kind.ISSUE,
            entry__bill__month=month,
        )
        .order_by()
        .values_list("enterprise_id")
        .annotate(Sum("amount"))
    )
    return {uscc: amount for uscc, amount in rows if amount}


def owed_on(bill: Bill) -> tuple[Decimal, Decimal]:
    """What is left to pay of a month of an enterprise: (surcharge, by contract), CNY."""
    found = Posting.objects.filter(
        entry__bill__enterprise_id=bill.enterprise_id, entry__bill__month=bill.month
    ).aggregate(
        receivable=Sum("amount", filter=Q(account=Account.RECEIVABLE)),
        contract=Sum("amount", filter=Q(account=Account.CONTRACT)),
        kept=Sum("amount", filter=Q(account=Account.GRID)),
    )
    left = found["receivable"] or ZERO
    # By contract was charged (credit), and some of it has come in (debit at the grid company).
    contract = -(found["contract"] or ZERO) - (found["kept"] or ZERO)
    return left - contract, contract


MOST = 500


def given_to_the_treasury() -> list[Remitted]:
    """Each remittance with what of it went to the treasury, the latest first: a source of funds."""
    # Sums of the region without a name: finance, who takes them up, sees no bill.
    with whole_reach():
        acts = (
            PriceAct.objects.filter(kind=PriceAct.Kind.REMIT)
            .annotate(
                treasury=Sum(
                    "entries__postings__amount",
                    filter=Q(entries__postings__account=Account.TREASURY),
                )
            )
            .filter(treasury__gt=0)
            .order_by("-pk")[:MOST]
        )
        return [
            Remitted(
                f"prices:{act.pk}",
                act.treasury,
                act.done_on,
                (
                    f"加价收入上缴国库 {act.done_on}（{act.organisation_zh}）",
                    f"surcharge income remitted {act.done_on} ({act.organisation_en})",
                ),
                act.digest,
            )
            for act in acts
        ]
