"""The money of the settlements by year: what the law owes the employees of those opened in a year,
what was paid in a year; without a name, so for whoever may see the settlements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from phaseout.accounts.rows import whole_reach
from phaseout.accounts.scope import Scope
from phaseout.law.refusals import Bilingual
from phaseout.measures.asked import MoneyAsked
from phaseout.measures.employees.claims import numbers
from phaseout.measures.employees.models import Paid, Settlement
from phaseout.measures.employees.standing import settlements_within

FLOWS: Mapping[str, Bilingual] = {
    "planned": ("安置应付（补偿和拖欠）", "owed to employees: severance and arrears"),
    "paid": ("安置已付", "paid to employees"),
}
WHEN = {"planned": "opened_on", "paid": "payments__paid_on"}
"""Flow → the day that says of which year it is."""


def settlements(scope: Scope, asked: MoneyAsked) -> QuerySet[Settlement]:
    """The settlements behind a figure, each once, within the scope."""
    reach = Settlement.objects.filter(settlements_within(scope))
    wanted = asked.condition(
        day=WHEN[asked.flow or "planned"], place="division_code", industry="enterprise__industry"
    )
    if asked.flow != "paid":
        return reach.filter(wanted)
    with whole_reach():  # which settlement was paid for is no name; its payments are of persons
        found = list(Settlement.objects.filter(wanted, payments__isnull=False).values_list("pk"))
    return reach.filter(pk__in=[pk for (pk,) in found])


def amounts(asked: MoneyAsked, found: list[int]) -> Mapping[int, Decimal]:
    """Settlement → what of the flow is of it, in yuan; those without a list have none."""
    if asked.flow == "planned":
        return {pk: one.severance + one.arrears for pk, one in numbers(found).items()}
    with whole_reach():  # sums of a settlement, as `claims.numbers`
        rows = Paid.objects.filter(_paid_when(asked), settlement__in=found).order_by()
        return dict(rows.values_list("settlement").annotate(Sum("amount")))


def of_years(scope: Scope, asked: MoneyAsked) -> dict[int, dict[str, Decimal]]:
    """Year → flow → yuan."""
    found: dict[int, dict[str, Decimal]] = {}
    planned = replace(asked, flow="planned")
    opened = dict(settlements(scope, planned).values_list("pk", "opened_on__year"))
    for pk, one in numbers(opened).items():
        _add(found, opened[pk], "planned", one.severance + one.arrears)
    of_all = replace(planned, year=None, until=None)
    reached = list(settlements(scope, of_all).values_list("pk", flat=True))
    with whole_reach():
        rows = list(
            Paid.objects.filter(_paid_when(asked), settlement__in=reached)
            .order_by()
            .values_list("paid_on__year")
            .annotate(Sum("amount"))
        )
    for year, amount in rows:
        _add(found, year, "paid", amount)
    return found


def _paid_when(asked: MoneyAsked) -> Q:
    timed = MoneyAsked(year=asked.year, until=asked.until)
    return timed.condition(day="paid_on", place="", industry="")


def _add(found: dict[int, dict[str, Decimal]], year: int, flow: str, amount: Decimal) -> None:
    of_year = found.setdefault(year, dict.fromkeys(FLOWS, Decimal(0)))
    of_year[flow] += amount
