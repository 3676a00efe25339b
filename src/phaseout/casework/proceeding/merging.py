"""Into which cases a case may be merged: an open one of the same party, in the same office."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from phaseout.casework.models import Act, Case
from phaseout.casework.proceeding import refusing
from phaseout.casework.proceeding.standing import current
from phaseout.law.procedures import Done

MERGE, OTHER = "merge_into", "other_case"


def open_to_merge(case: Case) -> QuerySet[Case]:
    """Cases that could take this one in, the oldest first."""
    others = Case.objects.filter(
        enterprise=case.enterprise_id, office=case.office, closed_on=None
    ).exclude(pk=case.pk)
    return others.order_by("opened_on", "pk")


def goes_on_elsewhere(case: Case, acts: Sequence[Act], act: Done) -> None:
    """Refuses to merge a case into what is no case that goes on.

    Raises:
        Refusal: `act.no-case-to-merge-into`.
    """
    named = str(act.facts.get(OTHER, ""))
    numbers = list(open_to_merge(case).values_list("number", flat=True))
    if named not in numbers:
        raise refusing.merges_nowhere(current(case, acts).acts[MERGE], named, numbers)
