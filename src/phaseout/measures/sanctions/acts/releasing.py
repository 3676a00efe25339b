"""解除联合惩戒: by itself, the day the ground is gone, to every receiver."""

from __future__ import annotations

from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.rows import whole_reach
from phaseout.casework.models import Act
from phaseout.law.sanctions.grounds import GONE, cause_of
from phaseout.measures.sanctions.acts.appending import append
from phaseout.measures.sanctions.found import EXIT, EXITED, ground_stands
from phaseout.measures.sanctions.models import (
    BatchRow,
    CreditListing,
    Release,
    ReleaseNotice,
    Sanction,
    SanctionAct,
)
from phaseout.measures.sanctions.seats import CREDIT, SANCTIONS, leads

OBJECTION = "objection"
RESTARTED = "restart_after_exit"


IN_FORCE = """SELECT 1 FROM sanctions_sanction AS s WHERE s.line_id = %(line)s
AND NOT EXISTS (SELECT 1 FROM sanctions_release AS r WHERE r.sanction_id = s.id) LIMIT 1"""
"""A row where the line of an act has a sanction in force: only then has it something to end."""


def release_what_ended(act: Act) -> None:
    """After an act of a case: release the sanctions whose ground it ended."""
    in_force = list(Sanction.objects.filter(line_id=act.case.line_id, release=None))
    # Who does the act may see less than who must be told: all receivers, banks among them.
    with whole_reach():
        for sanction in in_force:
            if not ground_stands(sanction, act.done_on):
                release(sanction, cause_of(act.kind), act.done_on, ended_by=act)


@transaction.atomic
def release_where_nothing_must_leave(today: date) -> int:
    """Release the sanctions that went on for the rest of a line of which a part has exited, where
    that rest need not leave any more (it was found outdated no longer): no act of a case says so.
    Returns how many."""
    released = 0
    with whole_reach():
        kept = Sanction.objects.filter(release=None, case__closed_on__isnull=False)
        for sanction in kept.order_by("pk"):
            if not ground_stands(sanction, today):
                release(sanction, GONE, today)
                released += 1
    return released


def take_off_who_does_not_exit(act: Act) -> None:
    """After an act of a case: take off the lists who is supported for an exit that will not be. No
    query for other acts."""
    case = act.case
    if case.procedure != EXIT:
        return
    if act.kind == RESTARTED or (case.closed_on is not None and case.stage != EXITED):
        with whole_reach():
            for listing in _in_force(case=case):
                withdraw(listing, cause_of(act.kind), act.done_on)


def release(
    sanction: Sanction,
    cause: str,
    on: date,
    *,
    ended_by: Act | None = None,
    by: User | None = None,
) -> Release:
    """End a sanction inside the caller's transaction: every office that had a task is told, and the
    platform where a record went to it; credit lists that rest on it are withdrawn."""
    told: dict[str, list[str]] = {}
    for task in sanction.tasks.order_by("pk"):
        told.setdefault(task.office, []).append(task.area)
    if BatchRow.objects.filter(credit_record__sanction=sanction).exists():
        told[ReleaseNotice.PLATFORM] = []
    content = {
        "cause": cause,
        "ended_by": ended_by.digest if ended_by else "",
        "case": sanction.facts["case"],
        "receivers": sorted(told),
    }
    row = append(
        SanctionAct.Kind.RELEASE,
        leads(SANCTIONS)[0],
        by=by,
        today=on,
        key=_key(f"release:{sanction.pk}"),
        content=content,
        division_code=sanction.division_code,
        enterprise_id=sanction.enterprise_id,
        sanction=sanction,
    )
    made = Release.objects.create(
        act=row, sanction=sanction, cause=cause, ended_on=on, ended_by=ended_by
    )
    ReleaseNotice.objects.bulk_create(
        ReleaseNotice(release=made, receiver=receiver, areas=areas)
        for receiver, areas in told.items()
    )
    for listing in _in_force(sanction=sanction):
        withdraw(listing, cause, on)
    return made


def withdraw(listing: CreditListing, cause: str, on: date) -> SanctionAct:
    """Take an enterprise off a list, inside the caller's transaction."""
    return append(
        SanctionAct.Kind.WITHDRAW,
        leads(CREDIT)[0],
        by=None,
        today=on,
        key=_key(f"withdraw:{listing.pk}"),
        content={"cause": cause},
        division_code=listing.division_code,
        enterprise_id=listing.enterprise_id,
        listing=listing,
    )


def withdraw_support_of(sanction: Sanction, on: date) -> None:
    """Who is sanctioned is supported no more."""
    for listing in _in_force(enterprise_id=sanction.enterprise_id, sort=CreditListing.Sort.SUPPORT):
        withdraw(listing, "sanctioned", on)


def _in_force(**of: object) -> list[CreditListing]:
    withdrawn = SanctionAct.objects.filter(
        kind=SanctionAct.Kind.WITHDRAW, listing__isnull=False
    ).values("listing")
    return list(CreditListing.objects.filter(**of).exclude(pk__in=withdrawn).order_by("pk"))


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"phaseout:sanctions:{what}")
