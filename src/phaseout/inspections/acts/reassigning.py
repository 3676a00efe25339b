"""改派检查人员: another inspector goes in the place of one who cannot."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.inspections import refusing
from phaseout.inspections.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
)
from phaseout.inspections.inspectors import inspectors_for, is_of_department
from phaseout.inspections.models import (
    AssignedInspector,
    Assignment,
    Handover,
    InspectionAct,
    Record,
    Recusal,
)
from phaseout.inspections.standing import team_of
from phaseout.inspections.subjects import seat_in

Kind = InspectionAct.Kind


@again_after_a_deadlock
@transaction.atomic(durable=True)
def reassign(
    assignment_id: int,
    leaves: str,
    comes: str,
    *,
    reason: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Handover:
    """Send `comes` in the place of `leaves` (both user names). The draw stays as it was.

    Who comes is an inspector of the duty whose territory has the place, declared no conflict of
    interest with the firm, and is not in the team; one of the team stays of the department itself.

    Raises:
        Refusal: `inspection.not-yours`, `inspection.no-reason`, `reassign.recorded`,
            `reassign.wrong`.
    """
    about = f"visit:{assignment_id}"
    before = done_before(key, Kind.REASSIGN, by, about)
    if before is not None:
        return before.handover
    hold_all(about)
    visit = Assignment.objects.get(pk=assignment_id)
    if seat_in(scope, visit.office, visit.dimension, Role.OFFICER, Role.LEADER) is None:
        raise refusing.not_yours(Role.OFFICER)
    if not 0 < len(reason.strip()) <= 400:
        raise refusing.no_reason()
    if Record.objects.filter(assignment=visit).exists():
        raise refusing.reassigned_late()
    gone, come = _pair(visit, leaves, comes, today)
    act = append(
        Kind.REASSIGN,
        visit,
        by=by,
        today=today,
        key=key,
        about=about,
        content={"leaves": leaves, "comes": comes, "reason": reason.strip()},
    )
    there = AssignedInspector.objects.create(assignment=visit, inspector=come, place=gone.place)
    return Handover.objects.create(act=act, leaves=gone, comes=there)


def _pair(
    visit: Assignment, leaves: str, comes: str, today: date
) -> tuple[AssignedInspector, User]:
    team = list(team_of(visit))
    gone = next((one for one in team if one.inspector.username == leaves), None)
    if gone is None:
        raise refusing.reassign_wrong(("所选人员不在该次检查之中", "who leaves is not in the team"))
    come = next((one for one in inspectors_for(visit, today) if one.username == comes), None)
    if come is None:
        raise refusing.reassign_wrong(
            (
                "接替人员不是该事项和地点的检查人员",
                "who comes is no inspector of the duty and place",
            )
        )
    if AssignedInspector.objects.filter(assignment=visit, inspector=come).exists():
        raise refusing.reassign_wrong(
            ("接替人员已在或曾在该次检查之中", "who comes is or was in the team")
        )
    if Recusal.objects.filter(uscc=visit.enterprise_id, inspector=come).exists():
        raise refusing.reassign_wrong(
            ("接替人员已申报回避", "who comes declared a conflict of interest")
        )
    stay = [one.inspector for one in team if one.pk != gone.pk]
    if not any(is_of_department(one, visit, today) for one in [*stay, come]):
        raise refusing.reassign_wrong(
            ("至少须有一名本部门检查人员", "one of the team is of the department itself")
        )
    return gone, come
