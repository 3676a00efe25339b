"""What the registry's pages say of cases, for who may open them: the acts that entries of the
capacity ledger rest on, and the decision under which a line must exit."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse

from phaseout.accounts.scope import Scope
from phaseout.casework.cases.listing import cases_within
from phaseout.casework.left import decided_of, left_said
from phaseout.casework.models import Act, Case
from phaseout.casework.proceeding.standing import pinned
from phaseout.law.refusals import Bilingual
from phaseout.registry.capacity.holding import Held, Named


def acts_said(keys: Collection[UUID], scope: Scope) -> dict[UUID, tuple[Bilingual, str]]:
    """Key of an act → its name and the address of its case, of those within the scope."""
    acts = Act.objects.filter(scope.findings("case__"), key__in=keys).select_related("case")
    own = any(grant.uscc for grant in scope.grants)
    found = {}
    for act in acts.defer("record", "basis", "reason"):
        rule = pinned(act.case).acts.get(act.kind)
        words = rule.name if rule is not None else (act.kind, act.kind)
        url = reverse("own-case" if own else "case", args=[act.case_id])
        found[act.key] = (words, f"{url}#act-{act.place}")
    return found


def held_said(line_id: str, scope: Scope) -> Held | None:
    """The decision under which the line must exit, its day, what is left, the exit that is open."""
    decided = decided_of([line_id]).get(line_id)
    left = left_said(line_id) if decided is not None else None
    if decided is None or left is None:
        return None
    there = [case for case in (decided.case, decided.exit) if case is not None]
    within = cases_within(scope).filter(pk__in=[case.pk for case in there])
    mine = set(within.order_by().values_list("pk", flat=True))
    own = any(grant.uscc for grant in scope.grants)

    def named(case: Case) -> Named:
        to = reverse("own-case" if own else "case", args=[case.pk]) if case.pk in mine else ""
        return Named(case.number, to)

    return Held(
        named(decided.case), decided.due, left, named(decided.exit) if decided.exit else None
    )
