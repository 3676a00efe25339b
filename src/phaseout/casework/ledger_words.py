"""The acts that entries of the capacity ledger rest on, in words, for who may open their cases."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse

from phaseout.accounts.scope import Scope
from phaseout.casework.models import Act
from phaseout.casework.proceeding.standing import pinned
from phaseout.law.refusals import Bilingual


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
