"""What of the mechanism waits for a person."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.coordination.mechanism.models import Meeting, Minutes
from phaseout.coordination.mechanism.standing import State, points
from phaseout.coordination.offices import seats
from phaseout.pages.waiting import Waiting, register


def _offices(scope: Scope, *roles: Role) -> list[str]:
    return sorted({seat.office for seat in seats(scope, *roles)})


def points_to_carry_out(scope: Scope, today: date) -> int:
    """Points of minutes that are one's own office's, going on or late."""
    offices = _offices(scope, Role.OFFICER, Role.LEADER)
    if not offices:
        return 0
    return points(today).filter(office__in=offices, state__in=[State.OPEN, State.LATE]).count()


def reports_to_check(scope: Scope, today: date) -> int:
    """Points reported as done to the office that called the meeting."""
    offices = _offices(scope, Role.OFFICER, Role.LEADER)
    if not offices:
        return 0
    waiting = points(today).filter(state=State.REPORTED, minutes__meeting__office__in=offices)
    return waiting.count()


def minutes_to_issue(scope: Scope, today: date) -> int:
    """Meetings whose minutes are written and not issued."""
    offices = _offices(scope, Role.LEADER)
    if not offices:
        return 0
    written = Minutes.objects.filter(meeting__office__in=offices, meeting__issue=None)
    return written.values("meeting").distinct().count()


def minutes_to_write(scope: Scope, today: date) -> int:
    """Meetings of one's own office whose day is over, not called off, that have no minutes."""
    offices = _offices(scope, Role.OFFICER, Role.LEADER)
    if not offices:
        return 0
    held = Meeting.objects.filter(Q(day__lt=today, is_off=False))
    return held.filter(office__in=offices, minutes=None).count()


def say_what_waits() -> None:
    """Called when the site starts."""
    kinds = (
        ("points", _("待落实的会议议定事项"), points_to_carry_out, 46),
        ("reports", _("待核实的会议落实情况"), reports_to_check, 52),
        ("minutes", _("待印发的会议纪要"), minutes_to_issue, 53),
        ("held", _("待拟写纪要的会议"), minutes_to_write, 54),
    )
    for key, label, count, order in kinds:
        register(
            Waiting(
                key=f"mechanism.{key}",
                label=label,
                count=count,
                url_name="meetings",
                power=Power.ACT,
                order=order,
            )
        )
