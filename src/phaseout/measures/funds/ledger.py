"""Balances: sums of entries, nothing kept beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from phaseout.accounts.rows import whole_reach
from phaseout.measures.funds.models import Account, Application, Entry

NOUGHT = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Balance:
    """A programme's money in yuan: what came in is what is available, committed and spent."""

    income: Decimal = NOUGHT
    available: Decimal = NOUGHT
    committed: Decimal = NOUGHT
    spent: Decimal = NOUGHT


def balances(programmes: Collection[int]) -> Mapping[int, Balance]:
    """The balances of programmes. Sums only: they are counted over all entries, whoever asks."""
    with whole_reach():  # a sum over what somebody happens to see would be a wrong balance
        rows = list(
            Entry.objects.filter(programme__in=programmes)
            .values_list("programme", "account")
            .annotate(Sum("amount"))
            .order_by()
        )
    found: dict[int, dict[str, Decimal]] = {pk: {} for pk in programmes}
    for programme, account, amount in rows:
        found[programme][account] = -amount if account == Account.INCOME else amount
    return {pk: Balance(**sums) for pk, sums in found.items()}


def available(programme: int) -> Decimal:
    """What of a programme can still be allocated."""
    return balances([programme])[programme].available


def committed(application: Application) -> Decimal:
    """What was allocated to an application and is not paid out yet."""
    entries = Entry.objects.filter(application=application, account=Account.COMMITTED)
    return entries.aggregate(left=Sum("amount"))["left"] or NOUGHT
