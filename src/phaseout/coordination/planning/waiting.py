"""What of the plan waits for a person: to draft, to reply, to answer, to adopt; and late lines."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.coordination.offices import GOVERNMENT, offices_read, seat_in
from phaseout.coordination.planning.acts.alike import leading
from phaseout.coordination.planning.models import Asked, Consultation, Opinion
from phaseout.coordination.planning.progress import late_of_offices
from phaseout.coordination.planning.standing import Phase, carried_out, in_force, standing_of
from phaseout.law.planning import PLAN, annual_day
from phaseout.law.refusals import Refusal
from phaseout.pages.waiting import Waiting, register

REMINDED = timedelta(days=60)
"""So long before the day of the law a plan that is not adopted waits for who leads it."""


def plan_to_bring_on(scope: Scope, today: date) -> int:
    """1 where the plan of this year is not adopted and its day is near or over."""
    if seat_in(scope, leading(), Role.OFFICER, Role.LEADER) is None:
        return 0
    try:
        day = annual_day(PLAN, today.year)
    except Refusal:  # a year in which the Opinions are not in force
        return 0
    near = day.act_by - REMINDED <= today
    return int(near and in_force(today.year, today) is None)


def opinions_to_give(scope: Scope, today: date) -> int:
    """Consultations in which a department of the person was asked and has not replied."""
    later = Consultation.objects.filter(
        plan__year=OuterRef("consultation__plan__year"), pk__gt=OuterRef("consultation")
    )
    offices = offices_read(scope)
    waiting = Asked.objects.filter(
        ~Exists(later), office__in=offices, reply=None, consultation__last_day__gte=today
    )
    return waiting.count()


def opinions_to_answer(scope: Scope, today: date) -> int:
    """Points that who leads has not answered."""
    if seat_in(scope, leading(), Role.OFFICER, Role.LEADER) is None:
        return 0
    return Opinion.objects.filter(answer=None).count()


def plans_to_adopt(scope: Scope, today: date) -> int:
    """1 where a plan of this year or the next is before the government."""
    if seat_in(scope, [GOVERNMENT], Role.LEADER) is None:
        return 0
    found = 0
    for year in (today.year, today.year + 1):
        try:
            found += standing_of(year, today).phase == Phase.SUBMITTED
        except Refusal:
            continue
    return found


def lines_late(scope: Scope, today: date) -> int:
    """Planned lines of one's own offices that are not through by their day."""
    offices = offices_read(scope)
    edition = carried_out(today)
    if edition is None or not offices:
        return 0
    return late_of_offices(edition.plan, today, offices, scope.lines())


def say_what_waits() -> None:
    """Called when the site starts."""
    kinds = (
        ("adopt", _("待审定的年度工作方案"), plans_to_adopt, 20),
        ("reply", _("待反馈意见的年度工作方案"), opinions_to_give, 35),
        ("answer", _("待答复的方案意见"), opinions_to_answer, 37),
        ("plan", _("尚未印发的年度工作方案"), plan_to_bring_on, 38),
        ("late", _("方案中逾期未完成的生产线"), lines_late, 43),
    )
    for key, label, count, order in kinds:
        register(
            Waiting(
                key=f"planning.{key}",
                label=label,
                count=count,
                url_name="work-plans",
                power=Power.ACT,
                order=order,
            )
        )
