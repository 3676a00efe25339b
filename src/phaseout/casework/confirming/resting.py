"""How many findings rest on a row: what the library's page of the row asks of the casework."""

from __future__ import annotations

from django.db.models import Count, Q

from phaseout.accounts.scope import Scope
from phaseout.casework.models import Finding
from phaseout.law.judgement.dimensions import Verdict
from phaseout.library import resting


def findings_on(row_id: str, scope: Scope) -> resting.Resting:
    """Standing findings on the row that the reader may see; one query over the index of rows."""
    counts = (
        Finding.objects.standing()
        .filter(scope.findings(), norm_row=row_id)
        .aggregate(
            findings=Count("pk"),
            provisional=Count("pk", filter=Q(provisional=True)),
            noncompliant=Count("pk", filter=Q(verdict=Verdict.NONCOMPLIANT)),
        )
    )
    return resting.Resting(**counts)


def tell_the_library() -> None:
    """Called when the site starts."""
    resting.answered_by(findings_on)
