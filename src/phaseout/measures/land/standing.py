"""How a parcel stands, from its acts; and whether the capacity on it has left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max

from phaseout.accounts.rows import whole_reach
from phaseout.casework.left import rest_of
from phaseout.casework.models import Act
from phaseout.law.land import Way, way_of
from phaseout.measures.land.models import LandAct, LandMoney, Parcel
from phaseout.measures.remitted import Remitted

CONFIRMED = ("confirm_exit", "close_exited")
"""Acts by which capacity is confirmed to have left."""
EXITED = ("exited", "closed_exited")
"""Stages in which it still is so: a restart leaves them."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A parcel by its acts: the way it was disposed of, its money (CNY), its years of use."""

    way: Way | None
    disposed: LandAct | None
    income: Decimal
    assigned: Decimal
    ended: LandAct | None

    @property
    def left(self) -> Decimal:
        """Income that is not yet given to employees."""
        return self.income - self.assigned


def standing(parcel: Parcel, acts: Sequence[LandAct], money: Sequence[LandMoney]) -> Standing:
    """The standing after the given acts and money, which are those of the parcel."""
    disposed = next((act for act in acts if act.kind == LandAct.Kind.DISPOSE), None)
    sums = dict.fromkeys(LandMoney.Kind, Decimal(0))
    for one in money:
        sums[LandMoney.Kind(one.kind)] += one.amount
    return Standing(
        way=way_of(disposed.content["way"]) if disposed else None,
        disposed=disposed,
        income=sums[LandMoney.Kind.INCOME],
        assigned=sums[LandMoney.Kind.ASSIGNED],
        ended=next((act for act in acts if act.kind == LandAct.Kind.END_USE), None),
    )


MOST = 500


def given_to_settlement() -> list[Remitted]:
    """Each sum of land income that was assigned to the settlement of employees through the budget,
    the latest first: a source of funds."""
    # Sums of the region with the number of the parcel: finance takes them up wherever they are of.
    with whole_reach():
        given = LandMoney.objects.filter(kind=LandMoney.Kind.ASSIGNED)
        rows = given.select_related("act", "parcel").order_by("-pk")[:MOST]
        return [
            Remitted(
                f"land:{one.pk}",
                one.amount,
                one.act.done_on,
                (
                    f"土地出让收入用于职工安置 {one.act.done_on}（地块{one.parcel.number}）",
                    f"land income assigned to employees {one.act.done_on} ({one.parcel.number})",
                ),
                one.act.digest,
            )
            for one in rows
        ]


def exited_on(parcel: Parcel) -> date | None:
    """The day on which the capacity on the parcel was confirmed to have left; None: it has not.

    Of a line: its own exit. Of the whole enterprise: the last of its lines' exits, if all have one.
    """
    with whole_reach():  # that a line has left is public; the case of it is not shown
        lines = _lines(parcel)
        exits = dict(
            Act.objects.filter(kind__in=CONFIRMED, case__line__in=lines, case__stage__in=EXITED)
            .values_list("case__line_id")
            .annotate(on=Max("done_on"))
        )
        parts = {line for line in exits if rest_of(line)}  # capacity is left on the ground
    return max(exits.values()) if lines and len(exits.keys() - parts) == len(lines) else None


def _lines(parcel: Parcel) -> list[str]:
    if parcel.line_id:
        return [parcel.line_id]
    return list(parcel.enterprise.lines.values_list("pk", flat=True))
