"""Which deadlines are a person's: those of the offices where he works, or of his enterprise."""

from __future__ import annotations

from django.db.models import Q

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.casework.tasks.holding import of_offices

OF_OFFICES = ("measure", "duty", "reply")
"""What an office watches: its duties, the measures of the enterprise, the time it has to wait."""
OF_ENTERPRISES = ("measure", "duty", "reply", "right", "advice")


def deadlines_of(scope: Scope) -> Q:
    """Condition on `CaseDeadline`: going, and the person's."""
    usccs = [grant.uscc for grant in scope.grants if grant.uscc and Power.READ in grant.powers]
    mine = of_offices(scope, "office") & Q(kind__in=OF_OFFICES)
    if usccs:
        mine |= Q(
            case__enterprise_id__in=usccs, whose="enterprise", kind__in=OF_ENTERPRISES
        )  # fmt: skip
    return mine & Q(going=True)
