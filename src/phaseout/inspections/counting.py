"""What was inspected, found and followed up, by department; each number leads to its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from phaseout.accounts.scope import Scope
from phaseout.casework.models import Finding
from phaseout.inspections.models import Assignment, InspectionAct, PlanLine, Tip
from phaseout.inspections.standing import plans_within

COUNTS = (
    "planned", "drawn", "visited", "left", "late", "problems", "failing", "cases", "tips",
    "tips_accepted",
)  # fmt: skip


@dataclass
class Figures:
    """The counts of one department for one duty in one year."""

    office: str
    dimension: str
    division_code: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))


def figures(scope: Scope, year: int, today: date) -> list[Figures]:
    """For each department and duty within the scope that planned, visited or was told anything."""
    found: dict[tuple[str, str], Figures] = {}

    def add(rows: Any, *names: str) -> None:
        for office, dimension, *numbers in rows:
            key = (office, dimension)
            one = found.setdefault(key, Figures(office, dimension, _place(office)))
            for name, number in zip(names, numbers, strict=True):
                one.counts[name] = number or 0

    add(_planned(scope, year), "planned")
    rows = Assignment.objects.filter(scope.findings(), begins__year=year).order_by()
    visits = led_to(rows, scope)
    add(
        visits.values_list("office", "dimension").annotate(
            drawn=Count("pk", filter=~Q(draw=None)),
            visited=Count("pk", filter=~Q(record=None)),
            left=Count("pk", filter=Q(record=None)),
            late=Count("pk", filter=Q(record=None, ends__lt=today)),
            problems=Sum("record__problems"),
            failed=Count("pk", filter=Q(failing=True)),
            followed=Count("pk", filter=Q(cased=True)),
        ),
        "drawn", "visited", "left", "late", "problems", "failing", "cases",
    )  # fmt: skip
    tips = Tip.objects.filter(plans_within(scope), received_on__year=year).order_by()
    add(tips.values_list("office", "dimension").annotate(Count("pk")), "tips")
    add(_accepted(scope, year), "tips_accepted")
    return [found[key] for key in sorted(found)]


def _planned(scope: Scope, year: int) -> list[tuple[str, str, int]]:
    """Of each plan the version that is in force: the latest that was approved."""
    approved = {
        int(about.removeprefix("plan:"))
        for about in InspectionAct.objects.filter(
            plans_within(scope), kind=InspectionAct.Kind.APPROVE_PLAN
        ).values_list("about", flat=True)
    }
    in_force: dict[tuple[str, str], tuple[int, int]] = {}
    for line in (
        PlanLine.objects.filter(plan__in=approved, plan__year=year)
        .order_by()
        .values("plan__office", "plan__dimension", "plan__version")
        .annotate(firms=Sum("firms"))
    ):
        key = (line["plan__office"], line["plan__dimension"])
        in_force[key] = max(in_force.get(key, (0, 0)), (line["plan__version"], line["firms"]))
    return [(*key, firms) for key, (_, firms) in in_force.items()]


def led_to(visits: QuerySet[Assignment], scope: Scope) -> QuerySet[Assignment]:
    """The visits with `failing`: a failing finding of the firm stands that was given since, in the
    dimension looked at; and `cased`: a case rests on such a finding."""
    since = Finding.objects.filter(
        scope.findings(),
        enterprise=OuterRef("enterprise"),
        verdict="noncompliant",
        ended_on=None,
        found_on__gte=OuterRef("record__visited_on"),
    )
    same = since.filter(dimension=OuterRef("dimension"))
    # Who supervises energy also looks at what the catalogue eliminates.
    beside, energy = since.filter(dimension="technology"), Q(dimension="energy")
    return visits.annotate(
        failing=Q(Exists(same)) | energy & Q(Exists(beside)),
        cased=Q(Exists(same.exclude(grounds=None)))
        | energy & Q(Exists(beside.exclude(grounds=None))),
    )


def _accepted(scope: Scope, year: int) -> Any:
    return (
        InspectionAct.objects.filter(
            plans_within(scope), kind=InspectionAct.Kind.ACCEPT_TIP, done_on__year=year
        )
        .order_by()
        .values_list("office", "dimension")
        .annotate(Count("pk"))
    )


def _place(office: str) -> str:
    return office.removeprefix("city_") if office.startswith("city_") else "640000"


LINKS: Mapping[str, str] = {
    "drawn": "all",
    "visited": "done",
    "left": "left",
    "late": "late",
    "problems": "problems",
    "failing": "failing",
    "cases": "cased",
}
"""Which list of visits a number leads to."""
