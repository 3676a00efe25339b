"""What waits for a person's signature."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.casework.cases.listing import cases_within, offices_with_tasks
from phaseout.casework.cases.offices import office_of
from phaseout.casework.models import Proposal
from phaseout.casework.proceeding.holders import holder, signer
from phaseout.casework.proceeding.standing import current
from phaseout.law.procedures import ActRule
from phaseout.pages.waiting import Waiting, register


def to_sign(scope: Scope, by: Any) -> QuerySet[Proposal]:
    """Proposals that wait in the offices this person signs for, but not one's own.

    An act is signed in the office in which it was prepared (`holders.signer` asks the same).
    """
    offices = [
        Q(office=office_of(grant), case__division_code__startswith=grant.prefix)
        for grant in scope.grants
        if Power.SIGN in grant.powers
    ]
    reach = reduce(or_, offices, Q(pk__in=[]))
    return Proposal.objects.filter(reach, state=Proposal.State.WAITING).exclude(prepared_by=by)


def signable(proposal: Proposal, scope: Scope, by: Any, on: date) -> bool:
    """Whether this person may sign this proposal, whatever has happened since."""
    rule = rule_of(proposal)
    if rule is None or proposal.prepared_by_id == by.pk:
        return False
    return signer(rule, proposal.case, scope, on) is not None


def readable(proposal: Proposal, scope: Scope, by: Any, on: date) -> bool:
    """Whether this person may see the document it would issue: who may sign or prepare it."""
    rule = rule_of(proposal)
    if rule is None or not rule.document:
        return False
    return signable(proposal, scope, by, on) or holder(rule, proposal.case, scope, on) is not None


def proposals_within(scope: Scope) -> QuerySet[Proposal]:
    """The proposals a person may read, with what their page needs: of the cases within the scope,
    and of the person's own office in a case that it sees for a task."""
    read = scope.findings("case__")
    for office, prefix in offices_with_tasks(scope):
        read |= Q(office=office, case__division_code__startswith=prefix)
    rows = Proposal.objects.filter(read, case__in=cases_within(scope))
    return rows.select_related("case__enterprise", "case__line", "prepared_by", "settled_by", "act")


def rule_of(proposal: Proposal, acts: Iterable[Any] = ()) -> ActRule | None:
    """The rule of the act that was prepared, in the version that the case is under."""
    return current(proposal.case, acts).acts.get(proposal.kind)


def register_waiting() -> None:
    """Tell the home page how many wait."""
    register(
        Waiting(
            key="casework.to_sign",
            label=_("待我签发"),
            count=lambda scope, today, user: to_sign(scope, user).count(),
            url_name="to-sign",
            power=Power.SIGN,
            order=10,
            personal=True,
        )
    )
