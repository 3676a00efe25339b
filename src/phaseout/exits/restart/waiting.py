"""What of the watch waits for a person: open alarms; confirmed ones not yet brought to the case."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.exits.restart.acts.appending import ANSWERING, office_held
from phaseout.exits.restart.models import Alarm
from phaseout.pages.waiting import Waiting, register


def of_my_office(scope: Scope) -> Q:
    """Condition on alarms of lines whose case is one's office's."""
    held = Q(pk__in=[])
    for grant in scope.grants:
        if Power.ACT in grant.powers and not grant.uscc and grant.role in ANSWERING:
            held |= Q(
                line__watched__case__office=office_held(grant),
                division_code__startswith=grant.prefix,
            )
    return held


def alarms_to_answer(scope: Scope, today: date) -> int:
    open_ones = Alarm.objects.filter(of_my_office(scope), answer=None, gone_on=None)
    return open_ones.order_by().count()


def say_what_waits() -> None:
    """Called when the site starts."""
    register(
        Waiting(
            key="restart.alarms",
            label=_("待处理的复产预警"),
            count=alarms_to_answer,
            url_name="restart-alarms",
            power=Power.ACT,
            order=35,
        )
    )
