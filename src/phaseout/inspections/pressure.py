"""The pressure of deadlines: what a plan is made from, and in which order firms are visited."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from phaseout.casework.models import CaseDeadline, Finding
from phaseout.law.industries import INDUSTRIES
from phaseout.registry.models import ProductionLine

SHARE_OF_OTHERS = 20
"""One in so many of the firms without a deadline or a failure: our own rule, no statute."""


@dataclass(frozen=True, slots=True)
class Pressure:
    """What stands for one industry in one territory on a day."""

    industry: str
    firms: int
    failing: int
    pressed: int
    next_due: date | None
    suggested: int


def working_lines(prefix: str) -> Q:
    """Lines in the territory that are not closed, of enterprises that were not merged away."""
    return (
        Q(division_code__startswith=prefix)
        & (Q(status=None) | ~Q(status="closed"))
        & Q(enterprise__merged_into=None)
    )


def firms_by_industry(prefix: str) -> dict[str, int]:
    """Industry → how many firms have a line of it there that is not closed."""
    rows = (
        ProductionLine.objects.filter(working_lines(prefix))
        .order_by()
        .values_list("industry")
        .annotate(Count("enterprise", distinct=True))
    )
    return dict(rows)


def pressures(dimension: str, prefix: str, today: date) -> list[Pressure]:
    """For each industry of the territory, in the order of clause (3)."""
    firms = firms_by_industry(prefix)
    failing = dict(
        Finding.objects.filter(
            ended_on=None,
            dimension=dimension,
            verdict="noncompliant",
            division_code__startswith=prefix,
        )
        .order_by()
        .values_list("industry")
        .annotate(Count("enterprise", distinct=True))
    )
    due = {
        industry: (count, first)
        for industry, count, first in CaseDeadline.objects.filter(
            going=True,
            due__gte=today,
            dimension=dimension,
            division_code__startswith=prefix,
        )
        .order_by()
        .values_list("case__line__industry")
        .annotate(Count("case__enterprise", distinct=True), Min("due"))
    }
    found = []
    for key in INDUSTRIES:
        if not firms.get(key):
            continue
        pressed, first = due.get(key, (0, None))
        urgent = min(firms[key], max(failing.get(key, 0), pressed))
        suggested = urgent + math.ceil((firms[key] - urgent) / SHARE_OF_OTHERS)
        found.append(
            Pressure(
                key, firms[key], failing.get(key, 0), pressed, first, min(suggested, firms[key])
            )
        )
    return found


def next_deadlines(usccs: Collection[str], today: date) -> Mapping[str, date]:
    """USCC → the next last day of a deadline that goes on in one of its cases."""
    return dict(
        CaseDeadline.objects.filter(going=True, due__gte=today, case__enterprise__in=usccs)
        .order_by()
        .values_list("case__enterprise")
        .annotate(Min("due"))
    )
