"""What of inspections waits for a person: visits, plans to approve, tips to settle."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.inspections.models import Assignment, InspectionAct, Plan, Tip
from phaseout.inspections.subjects import seats
from phaseout.pages.waiting import Waiting, register

Kind = InspectionAct.Kind


def visits_to_make(scope: Scope, today: date, user: Any) -> int:
    """Visits of one's own whose day has come and that have no record."""
    if not _in_offices(scope, Role.INSPECTOR):
        return 0
    return (
        Assignment.objects.filter(
            team__inspector=user, team__left=None, begins__lte=today, record=None
        )
        .order_by()
        .count()
    )


def plans_to_approve(scope: Scope, today: date) -> int:
    """Latest versions of one's department that nobody has approved."""
    offices = _in_offices(scope, Role.LEADER)
    if not offices:
        return 0
    later = Plan.objects.filter(
        office=OuterRef("office"),
        dimension=OuterRef("dimension"),
        year=OuterRef("year"),
        version__gt=OuterRef("version"),
    )
    approved = InspectionAct.objects.filter(
        kind=Kind.APPROVE_PLAN, about=Concat(Value("plan:"), OuterRef("pk"))
    )
    return Plan.objects.filter(offices, ~Exists(later), ~Exists(approved)).order_by().count()


def tips_to_settle(scope: Scope, today: date) -> int:
    """Tips of one's department that were neither accepted nor declined."""
    offices = _in_offices(scope, Role.OFFICER, Role.LEADER)
    if not offices:
        return 0
    settled = InspectionAct.objects.filter(
        kind__in=(Kind.ACCEPT_TIP, Kind.DECLINE_TIP), about=Concat(Value("tip:"), OuterRef("pk"))
    )
    return Tip.objects.filter(offices, ~Exists(settled)).order_by().count()


def _in_offices(scope: Scope, *roles: Role) -> Q:
    """Condition on plans and tips of the offices where one holds such a role; empty: none."""
    held = Q()
    for seat in seats(scope, *roles):
        held |= Q(office=seat.office, dimension=seat.dimension)
    return held


def say_what_waits() -> None:
    """Called when the site starts."""
    kinds = (
        ("visits", _("待我检查的企业"), visits_to_make, "inspection-mine", 30, True),
        ("plans", _("待批准的检查计划"), plans_to_approve, "inspections", 55, False),
        ("tips", _("待处理的举报投诉"), tips_to_settle, "inspection-tips", 50, False),
    )
    for key, label, count, url_name, order, personal in kinds:
        register(
            Waiting(
                key=f"inspections.{key}",
                label=label,
                count=count,
                url_name=url_name,
                power=Power.ACT,
                order=order,
                personal=personal,
            )
        )
