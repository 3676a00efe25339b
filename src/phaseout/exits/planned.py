"""The main equipment that the plan in force of an exit makes go: for the ledger, which names it."""

from __future__ import annotations

from phaseout.casework.models import Case
from phaseout.exits.models import ExitAct


def equipment_planned(case: Case) -> list[str]:
    """The pieces by name, with their number in the register where they have one, in the plan's
    order; empty where there is no plan."""
    plan = ExitAct.objects.filter(case=case, kind=ExitAct.Kind.PLAN).order_by("-pk").first()
    if plan is None:
        return []
    return [
        f"{one['name']}（{one['id']}）" if str(one["id"]).startswith(case.line_id) else one["name"]
        for one in plan.content["equipment"]
    ]
