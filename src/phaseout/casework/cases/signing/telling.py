"""What is told of proposals: who may sign learns that one waits, who prepared it what became of
it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from phaseout.casework.cases.signing.waiting import rule_of
from phaseout.casework.models import Proposal
from phaseout.casework.tasks.holding import LEADERS, users_of
from phaseout.law.refusals import Bilingual
from phaseout.notices.models import Notice
from phaseout.notices.saying import number_of, settle
from phaseout.notices.telling import Told, tell, tell_when_appended


def of_proposal(proposal: Proposal) -> None:
    """Prepared: the leaders of the office who did not prepare it themselves."""
    case, on = proposal.case, proposal.prepared_on
    leaders = set(users_of(proposal.office, case.division_code, on, LEADERS))
    zh, en = _named(proposal)
    words = (f"{zh}待签发。", f"{en} waits to be signed.")
    told = Told("sign", f"proposal:{proposal.pk}", "waits", words, _page(proposal))
    tell(told, leaders - {proposal.prepared_by_id}, on)


def of_decline(proposal: Proposal) -> None:
    """Returned: who prepared it."""
    zh, en = _named(proposal)
    words = (f"{zh}被退回，未签发。", f"{en} was returned and not signed.")
    told = Told("sign", f"proposal:{proposal.pk}", "declined", words, _page(proposal))
    if proposal.settled_on is not None:
        tell(told, [proposal.prepared_by_id], proposal.settled_on)


def of_void(proposal: Proposal) -> None:
    """Void, since what it rests on has changed: who prepared it."""
    zh, en = _named(proposal)
    words = (f"{zh}已失效，未签发。", f"{en} is void and was not signed.")
    told = Told("sign", f"proposal:{proposal.pk}", "void", words, _page(proposal))
    if proposal.settled_on is not None:
        tell(told, [proposal.prepared_by_id], proposal.settled_on)


def _named(proposal: Proposal) -> Bilingual:
    rule, number = rule_of(proposal), proposal.case.number
    zh, en = rule.name if rule is not None else (proposal.kind, proposal.kind)
    return f"{number}“{zh}”", f"“{en}” in {number}"


def _page(proposal: Proposal) -> str:
    return reverse("proposal", args=[proposal.pk])


def settled(notices: Sequence[Notice], on: date) -> set[int]:
    """Those that say that a proposal waits, where it does no more."""
    asked = {one.pk: number_of(one) for one in notices if one.step == "waits"}
    rows = Proposal.objects.filter(pk__in=asked.values(), state=Proposal.State.WAITING)
    waiting = set(rows.values_list("pk", flat=True))
    return {pk for pk, proposal in asked.items() if proposal not in waiting}


def follow_proposals() -> None:
    """Called when the site starts."""
    settle("proposal:", settled)
    tell_when_appended({Proposal: of_proposal})
