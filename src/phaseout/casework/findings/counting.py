"""How many findings a filter meets, cheaply: from the tally, or counted up to a bound."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from django.db.models import Sum

from phaseout.accounts.scope import Scope
from phaseout.casework.findings.filters import Asked
from phaseout.casework.models import FindingTally

BOUND = 1_000
SPARSE = 3_000


@dataclass(frozen=True, slots=True)
class Counts:
    """Findings by verdict, and how many of them are provisional.

    more: there are more than `BOUND`, and no more was counted.
    few: the keys of the findings asked for, where they had to be counted and are at most `BOUND`.
    sparse: they are so few among all that sorting them is surely quick, while along the index of
        the order one might read a million rows before a page is full.
    """

    verdicts: dict[str, int]
    provisional: dict[str, int]
    more: bool = False
    few: list[int] | None = None
    sparse: bool = False

    def of(self, verdict: str) -> int:
        """How many bear a verdict; "" asks for all."""
        return self.verdicts.get(verdict, 0) if verdict else sum(self.verdicts.values())


def count(asked: Asked, scope: Scope) -> Counts:
    """Counts of what is asked whatever the verdict, so that each verdict can be chosen by them."""
    wider = asked.without("verdict")
    if wider.is_tallied and not any(grant.uscc for grant in scope.grants):
        return _tallied(asked, wider, scope)
    return _counted(asked, wider, scope)


def _tallied(asked: Asked, wider: Asked, scope: Scope) -> Counts:
    kinds = FindingTally.objects.filter(scope.findings(), wider.tallied_condition)
    found = kinds.values_list("verdict", "provisional").annotate(n=Sum("count")).order_by()
    counts = _sorted_out(list(found))
    return replace(counts, sparse=counts.of(asked.values["verdict"]) <= SPARSE)


def _counted(asked: Asked, wider: Asked, scope: Scope) -> Counts:
    some = wider.findings(scope).order_by().values_list("pk", "verdict", "provisional")
    found = list(some[: BOUND + 1])
    kinds = Counter((verdict, tentative) for _, verdict, tentative in found)
    counts = _sorted_out([(*kind, number) for kind, number in kinds.items()])
    if len(found) > BOUND:
        return replace(counts, more=True)
    chosen = asked.values["verdict"]
    return replace(counts, few=[pk for pk, verdict, _ in found if chosen in ("", verdict)])


def _sorted_out(found: list[tuple[str, bool, int]]) -> Counts:
    verdicts: Counter[str] = Counter()
    provisional: Counter[str] = Counter()
    for verdict, tentative, number in found:
        verdicts[verdict] += number
        if tentative:
            provisional[verdict] += number
    return Counts(dict(verdicts), dict(provisional))
