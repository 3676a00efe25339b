"""What of this room waits for a person: applications to examine."""

from __future__ import annotations

from datetime import date

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.measures.funds.models import Application, FundAct
from phaseout.measures.funds.seats import LEADING, office_seat
from phaseout.pages.waiting import Waiting, register


def applications_to_examine(scope: Scope, today: date) -> int:
    """Applications that nobody has accepted or declined."""
    if office_seat(scope, today, LEADING, Role.OFFICER, Role.LEADER) is None:
        return 0
    settled = FundAct.objects.filter(
        kind__in=(FundAct.Kind.ACCEPT, FundAct.Kind.DECLINE),
        about=Concat(Value("application:"), Cast(OuterRef("pk"), CharField())),
    )
    return Application.objects.filter(~Exists(settled)).count()


def say_what_waits() -> None:
    """Called when the site starts."""
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
