"""Sums over the rows of a ledger by flow: one, or all of them year by year in one query.

FLOWING = {"paid": Flowing(Q(account="spent"), 1), …}
total(rows, FLOWING["paid"])
of_years(rows, FLOWING, day="booked_on")      {2017: {"paid": Decimal("120000.00"), …}, …}
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Sum

Amounts = dict[str, Decimal | None]
"""Flow → yuan; None: it cannot be told, which is not zero."""


class Flowing(NamedTuple):
    """Which rows are of a flow, and the sign that their amounts have in it."""

    rows: Q
    sign: int


def total(rows: QuerySet[Any], one: Flowing) -> Decimal:
    """What the `amount` of those rows comes to in the flow, in yuan; the rows are of it already."""
    found = rows.aggregate(sum=Sum("amount", default=Decimal(0)))["sum"]
    return Decimal(found * one.sign)


def of_years(
    rows: QuerySet[Any],
    flowing: Mapping[str, Flowing],
    *,
    day: str,
    unknown: Collection[str] = (),
) -> dict[int, Amounts]:
    """Year of the column `day` → flow → yuan; the flows in `unknown` are None."""
    sums = {
        name: Sum("amount", filter=one.rows, default=Decimal(0)) for name, one in flowing.items()
    }
    return {
        row[f"{day}__year"]: {
            name: None if name in unknown else row[name] * one.sign for name, one in flowing.items()
        }
        for row in rows.order_by().values(f"{day}__year").annotate(**sums)
    }
