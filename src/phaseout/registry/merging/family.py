"""The entries that are one enterprise: merged into one another, however many times."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from phaseout.accounts.rows import whole_reach
from phaseout.registry.models import Enterprise


def same_enterprise(uscc: str) -> frozenset[str]:
    """The codes of all entries that persons said are the enterprise of this code, itself among
    them. Undoing a merging parts them again."""
    return same_enterprises([uscc])


def same_enterprises(codes: Iterable[str]) -> frozenset[str]:
    """The same for several enterprises at once: two queries, and one more for each further merging
    of what was merged. A code that nobody bears stays, alone."""
    known = set(codes)
    asked = set(known)
    # What a person may see depends on the answer, and so cannot narrow it.
    with whole_reach():
        while asked:
            pairs = Enterprise.objects.filter(
                Q(pk__in=asked) | Q(merged_into__in=asked), merged_into__isnull=False
            ).values_list("pk", "merged_into")
            asked = {code for pair in pairs for code in pair if code} - known
            known |= asked
    return frozenset(known)
