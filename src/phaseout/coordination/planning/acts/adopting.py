"""报请审定、退回、印发: the leader of a leading department submits, the government adopts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.coordination.appending import append
from phaseout.coordination.offices import GOVERNMENT, Seat, name_of, names_of, seat_in
from phaseout.coordination.planning import refusing
from phaseout.coordination.planning.acts.alike import (
    again_after_a_deadlock,
    done_before,
    hold_year,
    leading,
)
from phaseout.coordination.planning.models import Edition, PlanAct, WorkPlan
from phaseout.coordination.planning.standing import (
    consultation_of,
    is_closed,
    latest_draft,
    submission_of,
    unanswered,
)

Kind = PlanAct.Kind


@again_after_a_deadlock
@transaction.atomic(durable=True)
def submit(plan_id: int, *, digest: str, by: User, scope: Scope, today: date, key: UUID) -> PlanAct:
    """A leader of a leading department submits the latest draft, as read, to the government. The
    departments have been consulted in this turn and every point has its answer.

    Raises:
        Refusal: `plan.not-yours`, `plan.not-latest`, `plan.changed`, `plan.adopted`,
            `plan.submitted-already`, `plan.sent-back`, `plan.not-consulted`,
            `plan.opinions-unanswered`.
    """
    before = done_before(key, Kind.SUBMIT, by, plan_id)
    if before is not None:
        return before
    plan = WorkPlan.objects.get(pk=plan_id)
    seat = seat_in(scope, leading(), Role.LEADER)
    if seat is None:
        raise refusing.not_yours(names_of(leading(), today), Role.LEADER)
    hold_year(plan.year)
    _may_submit(plan, digest, today)
    content = {"plan": plan.digest}
    return append(
        PlanAct, Kind.SUBMIT, seat, by=by, today=today, key=key, content=content, plan=plan
    )


def _may_submit(plan: WorkPlan, digest: str, today: date) -> None:
    if latest_draft(plan.year) != plan:
        raise refusing.not_the_latest()
    if plan.digest != digest:
        raise refusing.changed()
    if Edition.objects.filter(plan=plan).exists():
        raise refusing.adopted_already()
    if submission_of(plan) is not None:
        raise refusing.submitted_already()
    if plan.acts.filter(kind=Kind.SEND_BACK).exists():
        raise refusing.sent_back()
    consultation = consultation_of(plan)
    if consultation is None or not is_closed(consultation, today):
        raise refusing.not_consulted()
    if left := unanswered(plan):
        raise refusing.unanswered(left)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def send_back(
    plan_id: int, reason: str, *, by: User, scope: Scope, today: date, key: UUID
) -> PlanAct:
    """The government sends a submitted draft back, with the reason: what follows is a new draft.

    Raises:
        Refusal: `plan.not-yours`, `plan.not-submitted`, `plan.no-reason`.
    """
    before = done_before(key, Kind.SEND_BACK, by, plan_id)
    if before is not None:
        return before
    plan, seat = _before_the_government(plan_id, scope, today)
    told = reason.strip()
    if not 0 < len(told) <= 2000:
        raise refusing.no_reason()
    content = {"plan": plan.digest, "reason": told}
    return append(
        PlanAct, Kind.SEND_BACK, seat, by=by, today=today, key=key, content=content, plan=plan
    )


@again_after_a_deadlock
@transaction.atomic(durable=True)
def adopt(
    plan_id: int,
    document: str,
    *,
    digest: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Edition:
    """The government adopts a submitted draft, as read: it is in force from this day on.

    Args:
        document: the number under which it is issued.

    Raises:
        Refusal: `plan.not-yours`, `plan.not-submitted`, `plan.changed`, `plan.no-document`.
    """
    before = done_before(key, Kind.ADOPT, by, plan_id)
    if before is not None:
        return before.edition
    plan, seat = _before_the_government(plan_id, scope, today)
    if plan.digest != digest:
        raise refusing.changed()
    number = document.strip()
    if not 0 < len(number) <= 80:
        raise refusing.no_document()
    edition = Edition(
        plan=plan, year=plan.year, number=plan.turn, document=number, adopted_on=today
    )
    content = {"plan": plan.digest, "document": number, "edition": edition.number}
    edition.act = append(
        PlanAct, Kind.ADOPT, seat, by=by, today=today, key=key, content=content, plan=plan
    )
    edition.save(force_insert=True)
    return edition


def _before_the_government(plan_id: int, scope: Scope, today: date) -> tuple[WorkPlan, Seat]:
    plan = WorkPlan.objects.get(pk=plan_id)
    seat = seat_in(scope, [GOVERNMENT], Role.LEADER)
    if seat is None:
        raise refusing.not_yours(name_of(GOVERNMENT, today), Role.LEADER)
    hold_year(plan.year)
    if Edition.objects.filter(plan=plan).exists():
        raise refusing.adopted_already()
    if submission_of(plan) is None:
        raise refusing.not_submitted()
    return plan, seat
