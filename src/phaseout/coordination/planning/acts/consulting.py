"""征求意见: the departments are asked, each replies in points, each point is answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.coordination.appending import append
from phaseout.coordination.offices import name_of, names_of, seat_in
from phaseout.coordination.planning import refusing
from phaseout.coordination.planning.acts.alike import (
    CLAUSE,
    again_after_a_deadlock,
    done_before,
    hold_year,
    leading,
)
from phaseout.coordination.planning.models import (
    Answer,
    Asked,
    Consultation,
    Edition,
    Opinion,
    PlanAct,
    Reply,
    WorkPlan,
)
from phaseout.coordination.planning.standing import (
    consultation_of,
    is_closed,
    latest_draft,
    submission_of,
)
from phaseout.law.opinions import Opinions
from phaseout.law.planning import opinions_within

Kind = PlanAct.Kind
MOST_POINTS, LONGEST_POINT = 50, 2000


def named_offices(but: str) -> tuple[str, ...]:
    """The departments clause (19) names besides the one that drafts: all of them are asked."""
    opinions = Opinions.of()
    named = (*opinions.lead(CLAUSE), *opinions.cooperating(CLAUSE))
    return tuple(one for one in named if one != but)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def consult(
    plan_id: int,
    offices: Sequence[str],
    last_day: date,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Consultation:
    """Send the latest draft to departments for their opinion, up to `last_day`, inside.

    Args:
        offices: functions; all that clause (19) names must be among them.

    Raises:
        Refusal: `plan.not-yours`, `plan.not-latest`, `plan.adopted`, `plan.submitted-already`,
            `consultation.going-on`, `consultation.incomplete`, `consultation.day-wrong`.
    """
    before = done_before(key, Kind.CONSULT, by, plan_id)
    if before is not None:
        return before.consultation
    plan = WorkPlan.objects.get(pk=plan_id)
    seat = seat_in(scope, leading(), Role.OFFICER, Role.LEADER)
    if seat is None:
        raise refusing.not_yours(names_of(leading(), today))
    hold_year(plan.year)
    _may_consult(plan, last_day, today)
    asked = list(dict.fromkeys(one for one in offices if one != seat.office))
    named = named_offices(seat.office)
    if missing := [one for one in named if one not in asked]:
        names = [name_of(one, today) for one in missing]
        raise refusing.not_asked_everybody(
            ("、".join(zh for zh, _ in names), ", ".join(en for _, en in names))
        )
    content = {"plan": plan.digest, "offices": asked, "last_day": last_day.isoformat()}
    act = append(
        PlanAct, Kind.CONSULT, seat, by=by, today=today, key=key, content=content, plan=plan
    )
    made = Consultation.objects.create(act=act, plan=plan, last_day=last_day)
    Asked.objects.bulk_create(
        Asked(consultation=made, place=place, office=office, named=office in named)
        for place, office in enumerate(asked, 1)
    )
    return made


def _may_consult(plan: WorkPlan, last_day: date, today: date) -> None:
    if latest_draft(plan.year) != plan:
        raise refusing.not_the_latest()
    if Edition.objects.filter(plan=plan).exists():
        raise refusing.adopted_already()
    if submission_of(plan) is not None:
        raise refusing.submitted_already()
    going = consultation_of(plan)
    if going is not None and (going.plan_id == plan.pk or not is_closed(going, today)):
        raise refusing.already_consulting(going.last_day)
    most = opinions_within(today)
    if last_day <= today or (most is not None and last_day > most.last):
        raise refusing.day_wrong(most)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def give_opinion(
    consultation_id: int,
    points: Sequence[str],
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Reply:
    """A department that was asked replies, once: its points; none: it agrees.

    Raises:
        Refusal: `consultation.not-asked`, `consultation.replied`, `consultation.over`,
            `consultation.point-wrong`.
    """
    consultation = Consultation.objects.select_related("plan").get(pk=consultation_id)
    plan = consultation.plan
    before = done_before(key, Kind.OPINE, by, plan.pk)
    if before is not None:
        return before.reply
    hold_year(plan.year)
    asked = {one.office: one for one in consultation.asked.all()}
    seat = seat_in(scope, asked, Role.OFFICER, Role.LEADER)
    if seat is None:
        raise refusing.not_asked()
    if Reply.objects.filter(asked=asked[seat.office]).exists():
        raise refusing.replied_already()
    if today > consultation.last_day:
        raise refusing.consultation_over(consultation.last_day)
    said = [text.strip() for text in points if text.strip()]
    if len(said) > MOST_POINTS or any(len(text) > LONGEST_POINT for text in said):
        raise refusing.point_wrong()
    content = {"plan": plan.digest, "points": said}
    act = append(PlanAct, Kind.OPINE, seat, by=by, today=today, key=key, content=content, plan=plan)
    reply = Reply.objects.create(act=act, asked=asked[seat.office])
    Opinion.objects.bulk_create(
        Opinion(reply=reply, place=place, text=text) for place, text in enumerate(said, 1)
    )
    return reply


@again_after_a_deadlock
@transaction.atomic(durable=True)
def answer_opinion(
    opinion_id: int,
    outcome: str,
    reason: str = "",
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Answer:
    """Answer one point: followed, partly, or declined; with the reason unless it was followed. No
    office answers itself.

    Raises:
        Refusal: `plan.not-yours`, `opinion.answered`, `opinion.answer-wrong`.
    """
    opinion = Opinion.objects.select_related("reply__asked__consultation__plan").get(pk=opinion_id)
    plan = opinion.reply.asked.consultation.plan
    before = done_before(key, Kind.ANSWER, by, plan.pk)
    if before is not None:
        return before.answer
    answering = [one for one in leading() if one != opinion.reply.asked.office]
    seat = seat_in(scope, answering, Role.OFFICER, Role.LEADER)
    if seat is None:
        raise refusing.not_yours(names_of(answering, today))
    hold_year(plan.year)
    if Answer.objects.filter(opinion=opinion).exists():
        raise refusing.answered_already()
    told = reason.strip()
    if outcome not in Answer.Outcome.values or len(told) > LONGEST_POINT:
        raise refusing.answer_wrong()
    if outcome != Answer.Outcome.FOLLOWED and not told:
        raise refusing.answer_wrong()
    content = {"opinion": opinion.pk, "text": opinion.text, "outcome": outcome, "reason": told}
    act = append(
        PlanAct, Kind.ANSWER, seat, by=by, today=today, key=key, content=content, plan=plan
    )
    return Answer.objects.create(act=act, opinion=opinion, outcome=outcome, reason=told)
