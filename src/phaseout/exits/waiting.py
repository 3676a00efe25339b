"""What of exits waits for a person: sealed lines whose visit is due."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.casework.cases.offices import office_of
from phaseout.casework.models import Act, Case
from phaseout.exits.models import ExitAct
from phaseout.exits.subjects import AT_ITS_SITE
from phaseout.law.dismantling.rows import VisitRow, rows
from phaseout.law.periods.arithmetic import last_start_for_months
from phaseout.pages.waiting import Waiting, register


def visits_due(scope: Scope, today: date) -> int:
    """Sealed lines of one's offices that nobody has visited within the time proposed."""
    held = Q()
    for grant in scope.grants:
        if grant.role in AT_ITS_SITE and not grant.uscc and Power.ACT in grant.powers:
            held |= Q(office=office_of(grant), division_code__startswith=grant.prefix)
    if not held:
        return 0
    return due(Case.objects.filter(held), today).order_by().count()


def due(cases: QuerySet[Case], today: date) -> QuerySet[Case]:
    """Of these cases the sealed ones, sealed and last visited longer ago than the time proposed."""
    months = next(row.months for row in rows(VisitRow, "visits") if row.about == "sealed")
    since = last_start_for_months(today, months)
    lately = Act.objects.filter(case=OuterRef("pk"), kind="record_sealed", done_on__gt=since)
    visited = ExitAct.objects.filter(
        case=OuterRef("pk"), kind=ExitAct.Kind.RECORD, record="visit", done_on__gt=since
    )
    return cases.filter(~Exists(lately), ~Exists(visited), stage="sealed", closed_on=None)


def say_what_waits() -> None:
    """Called when the site starts."""
    register(
        Waiting(
            key="exits.visits",
            label=_("封存后待回访的生产线"),
            count=visits_due,
            url_name="exits",
            query="which=visits",
            power=Power.ACT,
            order=45,
        )
    )
