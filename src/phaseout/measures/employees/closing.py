"""An exit is not closed while claims are open, unless a named leader allowed it with a reason.

Asked by casework before the acts in `CLOSING` (`casework.proceeding.asking`). In the procedure of
the exit the leader's act is `settlement_override` of the case; elsewhere (technology dismantles in
its own procedure, which has none) it is this room's `override_claims`.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from phaseout.accounts.rows import whole_reach
from phaseout.casework.models import Act, Case
from phaseout.law.procedures import Done
from phaseout.measures.employees.claims import NOUGHT, numbers
from phaseout.measures.employees.models import EmployeeAct, Settlement
from phaseout.measures.employees.refusing import claims_open, claims_unknown

CLOSING = ("settlement_confirmed", "confirm_exit", "close_exited")
OVERRIDE = "settlement_override"


def no_open_claims(case: Case, acts: Sequence[Act], act: Done) -> None:
    """Raises:
    Refusal: `employees.claims-open`, with how many people and how much money;
        `employees.claims-unknown`: a settlement has no list yet.
    """
    if act.kind != "settlement_confirmed" and any(one.kind == OVERRIDE for one in acts):
        return
    if act.kind == "close_exited" and case.procedure != "technology":
        return  # the exit itself is a case of its own, and asked there
    with whole_reach():  # the office that closes the exit sees no employee
        settlements = settlements_of(case)
        # What a leader lets pass is still not settled: it cannot be confirmed as such.
        confirms = act.kind == "settlement_confirmed"
        waiting = [pk for pk in settlements if confirms or not _overridden(pk)]
    counted = numbers(waiting)
    if len(counted) < len(waiting):
        raise claims_unknown()
    found = counted.values()
    people = sum(one.open for one in found)
    if people:
        raise claims_open(
            people,
            sum((one.unpaid for one in found), start=NOUGHT),
            sum(one.undetermined for one in found),
        )


def settlements_of(case: Case) -> list[int]:
    """The settlements of an exit: those of the case, and those of the enterprise that name none."""
    mine = Q(case=case) | Q(enterprise=case.enterprise_id, case=None)
    return list(Settlement.objects.filter(mine).values_list("pk", flat=True))


def _overridden(settlement: int) -> bool:
    return EmployeeAct.objects.filter(
        kind=EmployeeAct.Kind.OVERRIDE, about=f"settlement:{settlement}"
    ).exists()
