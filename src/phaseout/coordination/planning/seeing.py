"""Who sees what of the plan: drafts among the offices of the region and whoever is asked; an
adopted plan every office, since it is issued to all of them."""

from __future__ import annotations

from django.db.models import Q

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.coordination.offices import offices_read


def plans_seen(scope: Scope) -> Q:
    """Condition on drafts."""
    of_region = any(
        Power.READ in grant.powers and not grant.uscc and grant.over_region
        for grant in scope.grants
    )
    if of_region:
        return Q()
    asked = Q(consultation__asked__office__in=offices_read(scope))
    return Q(edition__isnull=False) | asked
