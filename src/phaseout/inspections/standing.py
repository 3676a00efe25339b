"""What stands: read from the acts, kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.inspections.models import (
    AssignedInspector,
    Assignment,
    Draw,
    InspectionAct,
    Plan,
    PlanLine,
    Record,
)

Kind = InspectionAct.Kind


def plans_within(scope: Scope) -> Q:
    """Condition on plans, draws: the plan's whole territory lies within the reach."""
    reach = Q(pk__in=[])
    for grant in scope.grants:
        if Power.READ in grant.powers and not grant.uscc:
            reach |= Q(division_code__startswith=grant.prefix, dimension__in=grant.dimensions)
    return reach


def approval_of(plan: Plan) -> InspectionAct | None:
    return (
        InspectionAct.objects.filter(kind=Kind.APPROVE_PLAN, about=f"plan:{plan.pk}")
        .select_related("by")
        .first()
    )


def is_latest(plan: Plan) -> bool:
    return not _of_same(plan).filter(version__gt=plan.version).exists()


def in_force(plan: Plan) -> bool:
    """Approved, and no later version is."""
    if approval_of(plan) is None:
        return False
    later = _of_same(plan).filter(version__gt=plan.version).values_list("pk", flat=True)
    return not InspectionAct.objects.filter(
        kind=Kind.APPROVE_PLAN, about__in=[f"plan:{pk}" for pk in later]
    ).exists()


def drawn_before(line: PlanLine) -> list[Draw]:
    """All draws for the same office, duty, year and industry, from whatever version."""
    plan = line.plan
    return list(
        Draw.objects.filter(
            plan_line__plan__in=_of_same(plan), plan_line__industry=line.industry
        ).order_by("pk")
    )


def team_of(visit: Assignment) -> QuerySet[AssignedInspector]:
    """The inspectors of a visit as it stands: those assigned whom nobody has replaced."""
    return visit.team.filter(left=None).select_related("inspector").order_by("place", "pk")


def signers_of(record: Record) -> set[int]:
    """Who has signed the record: its writer, and those whose act covers its digest."""
    others = InspectionAct.objects.filter(
        kind=Kind.SIGN_RECORD, about=f"record:{record.pk}", content__digest=record.digest
    ).values_list("by_id", flat=True)
    return {who for who in (record.act.by_id, *others) if who is not None}


def is_complete(record: Record, team: Iterable[int]) -> bool:
    """Whether every inspector of the assignment has signed."""
    return set(team) <= signers_of(record)


def _of_same(plan: Plan) -> QuerySet[Plan]:
    return Plan.objects.filter(office=plan.office, dimension=plan.dimension, year=plan.year)
