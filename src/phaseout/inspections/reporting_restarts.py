"""Tips of a restart, for the page of the line in the watch."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from phaseout.accounts.scope import Scope
from phaseout.exits.restart.reported import Report
from phaseout.inspections.models import Tip
from phaseout.inspections.models.plan import enterprise_names
from phaseout.inspections.standing import plans_within

MOST = 20


def tips_of_restarts(uscc: str, scope: Scope) -> Iterator[Report]:
    """The tips that say so of this firm: by its code where one was given, or by its name."""
    name = enterprise_names([uscc]).get(uscc, "")
    rows = Tip.objects.filter(plans_within(scope), matter=Tip.Matter.RESTART).order_by("-id")
    for tip in rows[:500]:
        if tip.uscc == uscc or (not tip.uscc and tip.firm and tip.firm in name):
            yield Report(tip.text[:120], tip.received_on, reverse("inspection-tip", args=[tip.pk]))
