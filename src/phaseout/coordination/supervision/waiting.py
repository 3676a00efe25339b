"""What of supervision waits for a person. What the figures propose is not counted here: that would
reckon the whole picture for every look at the first page; it is on the page of proposals."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.coordination.offices import seats
from phaseout.coordination.supervision.standing import DemandState, State, demands, measures
from phaseout.pages.waiting import Waiting, register


def _offices(scope: Scope, *roles: Role) -> list[str]:
    return sorted({seat.office for seat in seats(scope, *roles)})


def measures_to_sign(scope: Scope, today: date) -> int:
    offices = _offices(scope, Role.LEADER)
    if not offices:
        return 0
    return measures(today).filter(office__in=offices, state=State.DRAWN).count()


def demands_to_answer(scope: Scope, today: date) -> int:
    """Demands on one's own office, going on or late."""
    offices = _offices(scope, Role.OFFICER, Role.LEADER)
    if not offices:
        return 0
    waiting = demands(today).filter(state__in=[DemandState.OPEN, DemandState.LATE])
    return waiting.filter(measure__target__in=offices).count()


def answers_to_check(scope: Scope, today: date) -> int:
    offices = _offices(scope, Role.OFFICER, Role.LEADER)
    if not offices:
        return 0
    waiting = demands(today).filter(state=DemandState.ANSWERED)
    return waiting.filter(measure__office__in=offices).count()


def records_to_write(scope: Scope, today: date) -> int:
    """A summons or an inspection whose day has come, without its record."""
    offices = _offices(scope, Role.OFFICER, Role.LEADER)
    if not offices:
        return 0
    due = measures(today).filter(office__in=offices, on__lte=today, record=None)
    return due.filter(state__in=[State.TO_HOLD, State.LATE]).count()


def measures_to_lift(scope: Scope, today: date) -> int:
    offices = _offices(scope, Role.LEADER)
    if not offices:
        return 0
    return measures(today).filter(office__in=offices, state=State.MET).count()


def say_what_waits() -> None:
    """Called when the site starts."""
    kinds = (
        ("answer", _("待答复的督办要求"), demands_to_answer, 44),
        ("sign", _("待签发的督办措施"), measures_to_sign, 48),
        ("record", _("待记录的约谈、督查"), records_to_write, 50),
        ("check", _("待核实的督办答复"), answers_to_check, 51),
        ("lift", _("待解除的督办措施"), measures_to_lift, 54),
    )
    for key, label, count, order in kinds:
        register(
            Waiting(
                key=f"supervision.{key}",
                label=label,
                count=count,
                url_name="supervision-measures",
                power=Power.ACT,
                order=order,
            )
        )
