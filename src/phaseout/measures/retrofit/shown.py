"""Which projects a person sees, where the room stands among the measures, and what waits there."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.measures.retrofit.models import Project, RetrofitAct
from phaseout.pages.sections import Section
from phaseout.pages.sections import register as register_section
from phaseout.pages.waiting import Waiting
from phaseout.pages.waiting import register as register_waiting

ENDED = (RetrofitAct.Kind.COMPLETE, RetrofitAct.Kind.DROP)


def within(scope: Scope, prefix: str = "") -> Q:
    """Condition on projects in a person's matters and places, and on those of the enterprise."""
    return scope.findings(prefix)


def late(scope: Scope, today: date) -> int:
    """Projects within the scope that should be completed and are not."""
    ended = RetrofitAct.objects.filter(kind__in=ENDED).values("project_id")
    return Project.objects.filter(within(scope), ends__lt=today).exclude(pk__in=ended).count()


def say_where() -> None:
    """Called when the site starts."""
    register_section(
        Section(
            place="measures",
            key="retrofit",
            label=_("技术改造"),
            says=_(
                "从不达标的结论拟定改造项目：预计达到哪一级限值、节约多少，竣工后以实测结论核对。"
            ),
            clause="11",
            url_name="retrofits",
            order=30,
        )
    )


def say_what_waits() -> None:
    """Called when the site starts."""
    register_waiting(
        Waiting(
            key="retrofit.late",
            label=_("逾期未竣工的技术改造项目"),
            count=late,
            url_name="retrofits",
            query="late=yes",
            power=Power.ACT,
            order=66,
        )
    )
