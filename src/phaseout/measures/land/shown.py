"""Which parcels a person sees, where the room stands among the measures, and what waits there."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.measures.land.models import ContinuedUse, LandAct
from phaseout.pages.sections import Section
from phaseout.pages.sections import register as register_section
from phaseout.pages.waiting import Waiting
from phaseout.pages.waiting import register as register_waiting

SOON = timedelta(days=90)
"""So long before its last day a continued use is shown as one that ends."""


def within(scope: Scope, prefix: str = "") -> Q:
    """Condition on parcels in a person's places, and on those of the person's enterprise."""
    return scope.lines(prefix)


def ending(scope: Scope, today: date) -> int:
    """Continued uses within the scope that end soon or have ended, and that nobody has closed."""
    closed = LandAct.objects.filter(kind=LandAct.Kind.END_USE).values("parcel_id")
    uses = ContinuedUse.objects.filter(within(scope, "parcel__"), last_day__lte=today + SOON)
    return uses.exclude(parcel_id__in=closed).count()


def say_where() -> None:
    """Called when the site starts."""
    register_section(
        Section(
            place="measures",
            key="land",
            label=_("土地处置"),
            says=_("退出企业的地块：转让、收回、转产，出让收入用于职工安置，五年过渡期。"),
            clause="15",
            url_name="parcels",
            order=60,
        )
    )


def say_what_waits() -> None:
    """Called when the site starts."""
    register_waiting(
        Waiting(
            key="land.ending",
            label=_("按原用途继续使用即将届满的地块"),
            count=ending,
            url_name="parcels",
            query="ending=yes",
            power=Power.ACT,
            order=65,
        )
    )
