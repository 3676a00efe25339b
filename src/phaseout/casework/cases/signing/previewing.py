"""The page `proposal-preview`: what a signature would issue, as a PDF marked as a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from phaseout.accounts.organisations import office_name
from phaseout.accounts.powers import Power
from phaseout.accounts.requests import person, requires, scope_of_request, today_of
from phaseout.casework.cases.signing.waiting import (
    proposals_within,
    readable,
    rule_of,
    signable,
)
from phaseout.casework.models import Proposal
from phaseout.casework.papers.previewing import previewed, shown
from phaseout.casework.proceeding.facts import read
from phaseout.casework.proceeding.holders import Holder
from phaseout.casework.proceeding.standing import acts_of, standing_of
from phaseout.documents import OfficialDocument
from phaseout.law.procedures import Done
from phaseout.law.refusals import Refusal
from phaseout.pages.templatetags.phaseout import said


@require_safe
@requires(Power.READ)
def proposal_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as it would be issued today, for who may sign or prepare the act."""
    scope, today = scope_of_request(request), today_of(request)
    found = get_object_or_404(proposals_within(scope).filter(state=Proposal.State.WAITING), pk=pk)
    if not readable(found, scope, request.user, today):
        raise Http404
    try:
        document = _document(request, found)
        if document is None:  # the act is not lawful any more, and its page says why
            return redirect("proposal", pk=pk)
        return shown(document)
    except Refusal as refusal:
        messages.error(request, said(refusal.why))
        return redirect("proposal", pk=pk)


def _document(request: HttpRequest, found: Proposal) -> OfficialDocument | None:
    case, today = found.case, today_of(request)
    done = acts_of(case)
    rule = rule_of(found, done)
    if rule is None or standing_of(case, done, on=today).why_not(found.kind) is not None:
        return None
    signs = signable(found, scope_of_request(request), request.user, today)
    return previewed(
        case,
        done,
        rule,
        Done(found.kind, today, found.served_on, read(found.facts)),
        by=found.prepared_by,
        held=Holder(
            found.function, found.office, office_name(found.office, case.division_code, today)
        ),
        reason=found.reason,
        signed_by=person(request) if signs else None,
    )
