"""Which documents a person may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.casework.models import IssuedPaper
from phaseout.casework.papers.concerning import concerned
from phaseout.casework.papers.kinds import Audience


def from_inside_an_enterprise(scope: Scope) -> bool:
    """Whether the person sees from an enterprise only: no post in any office."""
    return bool(scope.grants) and all(g.role is Role.ENTERPRISE for g in scope.grants)


def told_to_the_enterprise() -> Q:
    """What it handed in itself; of the office's what was served on it, and what needs no service.
    Never what is internal."""
    reached = Q(needs_service=False) | Q(served_by__isnull=False)
    return Q(audience=Audience.OWN) | (Q(audience=Audience.ENTERPRISE) & reached)


def papers_within(scope: Scope) -> QuerySet[IssuedPaper]:
    """The documents a person may see, with case and acts, in the order of issue: of the cases that
    lie within the scope, and what concerns the tasks of the person's office in others."""
    reach = scope.findings("case__") | concerned(scope, "act", "served_by")
    papers = IssuedPaper.objects.filter(reach).select_related(
        "case__enterprise", "case__line", "act__by", "act__signed_by", "served_by", "withdrawn_by"
    )
    if from_inside_an_enterprise(scope):
        papers = papers.filter(told_to_the_enterprise())
    return papers.order_by("issued_on", "pk")
