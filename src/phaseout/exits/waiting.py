"""What of exits waits for a person: visits to sealed lines, applications to review, the rest of
lines of which a part has exited."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.casework.cases.offices import office_of
from phaseout.casework.left import CARRY_OUT, decided_rests, unopened
from phaseout.casework.models import Act, Case, CaseTask
from phaseout.exits.acts.applying import LEVELS
from phaseout.exits.models import ExitAct
from phaseout.exits.subjects import AT_ITS_SITE, level_of
from phaseout.law.dismantling.rows import VisitRow, rows
from phaseout.law.opinions import CITIES
from phaseout.law.periods.arithmetic import last_start_for_months
from phaseout.pages.waiting import Waiting, register

REVIEWING = (Role.OFFICER, Role.LEADER)


def visits_due(scope: Scope, today: date) -> int:
    """Sealed lines of one's offices that nobody has visited within the time proposed."""
    held = _ones_offices(scope, AT_ITS_SITE)
    if not held:
        return 0
    return due(Case.objects.filter(held), today).order_by().count()


def _ones_offices(scope: Scope, roles: Collection[Role]) -> Q:
    """Condition on what the offices hold in which the person acts in one of these roles; empty
    where there is none."""
    held = Q()
    for grant in scope.grants:
        if grant.role in roles and not grant.uscc and Power.ACT in grant.powers:
            held |= Q(office=office_of(grant), division_code__startswith=grant.prefix)
    return held


def due(cases: QuerySet[Case], today: date) -> QuerySet[Case]:
    """Of these cases the sealed ones, sealed and last visited longer ago than the time proposed."""
    months = next(row.months for row in rows(VisitRow, "visits") if row.about == "sealed")
    since = last_start_for_months(today, months)
    lately = Act.objects.filter(case=OuterRef("pk"), kind="record_sealed", done_on__gt=since)
    visited = ExitAct.objects.filter(
        case=OuterRef("pk"), kind=ExitAct.Kind.RECORD, record="visit", done_on__gt=since
    )
    return cases.filter(~Exists(lately), ~Exists(visited), stage="sealed", closed_on=None)


def reviews_due(scope: Scope, today: date) -> int:
    """Applications for voluntary exit that wait for the review of one's county or city."""
    held = Q()
    for grant in scope.grants:
        level = level_of(grant.prefix)
        if grant.uscc or grant.role not in REVIEWING or level not in LEVELS:
            continue
        if Power.ACT in grant.powers and grant.function == CITIES:
            given = ExitAct.objects.filter(
                case=OuterRef("pk"), kind=ExitAct.Kind.REVIEW, item=level
            )
            held |= Q(division_code__startswith=grant.prefix) & ~Q(Exists(given))
    if not held:
        return 0
    return Case.objects.filter(held, stage="applied", procedure="exit").order_by().count()


def rests_to_open(scope: Scope, today: date) -> int:
    """Lines of one's offices of which a part has exited under a decision to close, and for whose
    rest nobody has opened an exit yet."""
    held = _ones_offices(scope, REVIEWING)
    if not held:
        return 0
    # By the office's open tasks, of which there is an index: its cases may be many more.
    tasks = CaseTask.objects.filter(held, task=CARRY_OUT, done_on=None)
    cases = Case.objects.filter(pk__in=tasks.order_by().values("case"))
    return unopened(decided_rests(cases)).order_by().count()


def say_what_waits() -> None:
    """Called when the site starts."""
    for key, label, count, url_name, query, order in (
        ("visits", _("封存后待回访的生产线"), visits_due, "exits", "which=visits", 45),
        (
            "rests",
            _("部分退出、余下尚未立退出案的生产线"),
            rests_to_open,
            "exits",
            "which=rest",
            20,
        ),
        ("reviews", _("待审核的自愿退出申请"), reviews_due, "exits", "which=applied", 40),
    ):
        register(
            Waiting(
                key=f"exits.{key}",
                label=label,
                count=count,
                url_name=url_name,
                query=query,
                power=Power.ACT,
                order=order,
            )
        )
