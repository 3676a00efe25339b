"""What of this room waits for a person: applications to examine, money to apply for."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.casework.models import Case
from phaseout.measures.funds.eligible import EXITED, EXITS
from phaseout.measures.funds.models import Application, Programme
from phaseout.measures.funds.seats import LEADING, office_seat
from phaseout.measures.funds.standing import unsettled
from phaseout.pages.waiting import Waiting, register


def applications_to_examine(scope: Scope, today: date) -> int:
    """For an office that leads, how many of `unsettled`."""
    seated = office_seat(scope, today, LEADING, Role.OFFICER, Role.LEADER) is not None
    return unsettled().count() if seated else 0


def programmes_to_apply_for(scope: Scope, today: date) -> int:
    """Programmes that run, for an enterprise whose exit was accepted and that has not applied."""
    codes = [grant.uscc for grant in scope.grants if grant.role is Role.ENTERPRISE]
    exits = Case.objects.filter(procedure__in=EXITS, stage__in=EXITED, enterprise__in=codes)
    if not codes or not exits.exists():
        return 0
    applied = Application.objects.filter(programme=OuterRef("pk"), enterprise__in=codes)
    runs = Q(runs_to=None) | Q(runs_to__gte=today)
    return Programme.objects.filter(runs, ~Exists(applied), runs_from__lte=today).count()


def say_what_waits() -> None:
    """Called when the site starts."""
    register(
        Waiting(
            key="funds.open",
            label=_("可以申请的资金项目"),
            count=programmes_to_apply_for,
            url_name="funds",
            power=Power.ACT,
            order=56,
        )
    )
    register(
        Waiting(
            key="funds.applications",
            label=_("待审核的资金申请"),
            count=applications_to_examine,
            url_name="funds",
            power=Power.ACT,
            order=54,
        )
    )
