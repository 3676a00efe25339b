"""How many findings a filter meets, cheaply: from the tally, or counted up to a bound."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum

from phaseout.accounts.scope import Scope
from phaseout.casework.findings.filters import Asked
from phaseout.casework.models import FindingTally

BOUND = 1_000


@dataclass(frozen=True, slots=True)
class Counts:
    """Findings by verdict, and how many of them are provisional. `more`: there are more than
    `BOUND`, and no more was counted."""

    verdicts: dict[str, int]
    provisional: dict[str, int]
    more: bool = False

    @property
    def total(self) -> int:
        return sum(self.verdicts.values())


def count(asked: Asked, scope: Scope) -> Counts:
    """Counts of what is asked whatever the verdict, so that each verdict can be chosen by them."""
    wider = asked.without("verdict")
    if wider.is_tallied and not any(grant.uscc for grant in scope.grants):
        return _tallied(wider, scope)
    return _counted(wider, scope)


def _tallied(asked: Asked, scope: Scope) -> Counts:
    kinds = FindingTally.objects.filter(scope.findings(), asked.tallied_condition)
    found = kinds.values_list("verdict", "provisional").annotate(n=Sum("count")).order_by()
    return _sorted_out(list(found))


def _counted(asked: Asked, scope: Scope) -> Counts:
    some = asked.findings(scope).order_by().values_list("verdict", "provisional")[: BOUND + 1]
    found = Counter(some)
    counts = _sorted_out([(*kind, number) for kind, number in found.items()])
    return Counts(counts.verdicts, counts.provisional, more=counts.total > BOUND)


def _sorted_out(found: list[tuple[str, bool, int]]) -> Counts:
    verdicts: Counter[str] = Counter()
    provisional: Counter[str] = Counter()
    for verdict, tentative, number in found:
        verdicts[verdict] += number
        if tentative:
            provisional[verdict] += number
    return Counts(dict(verdicts), dict(provisional))
