"""What of the findings waits for an official."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.casework.models import Case, Finding
from phaseout.law.judgement.dimensions import Effect, Verdict
from phaseout.pages.waiting import Waiting, register

MOST = 1_000
"""Nobody reads the difference between a thousand and a million things that wait."""


def without_a_case(scope: Scope, today: date) -> int:
    """Findings that may open a case on a line that has none open in their dimension; `MOST` stands
    for that many or more."""
    open_case = Case.objects.filter(
        line=OuterRef("line"), dimension=OuterRef("dimension"), closed_on=None
    )
    waiting = (
        Finding.objects.standing()
        .filter(scope.findings(power=Power.OPEN_CASE))
        .filter(effect=Effect.OPENS, provisional=False, line__isnull=False)
        .exclude(Exists(open_case))
        .order_by()
    )
    return waiting[:MOST].count()


def say_what_waits() -> None:
    """Called when the site starts."""
    register(
        Waiting(
            key="casework.findings",
            label=_("不达标结论，尚未立案"),
            count=without_a_case,
            url_name="findings",
            query=f"verdict={Verdict.NONCOMPLIANT}&effect={Effect.OPENS}&provisional=no",
            power=Power.OPEN_CASE,
            order=30,
        )
    )
