"""What a person may see of the room: by place, officials only."""

from __future__ import annotations

from django.db.models import Q

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope


def within(scope: Scope, prefix: str = "") -> Q:
    """Condition on rows that carry the line's place."""
    reach = Q(pk__in=[])
    for grant in scope.grants:
        if Power.READ in grant.powers and not grant.uscc:
            reach |= Q(**{f"{prefix}division_code__startswith": grant.prefix})
    return reach


def batches_within(scope: Scope) -> Q:
    """Condition on batches: brought for a territory that lies within the reach."""
    return within(scope)
