"""The pages `to-sign` and `proposal`: read what was prepared, then sign, return or take it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import office_name
from phaseout.accounts.powers import Power
from phaseout.accounts.requests import person, requires, scope_of_request, today_of
from phaseout.casework import acts
from phaseout.casework.booking import EQUIPMENT
from phaseout.casework.cases.doing.before import foresee
from phaseout.casework.cases.parties import signer_words
from phaseout.casework.cases.signing.waiting import (
    proposals_within,
    readable,
    rule_of,
    signable,
    to_sign,
)
from phaseout.casework.cases.timeline import files_of, items_of, timeline
from phaseout.casework.gone import alike_before
from phaseout.casework.models import Act, Case, Proposal
from phaseout.casework.proceeding.citing import bases
from phaseout.casework.proceeding.facts import read
from phaseout.casework.proceeding.standing import acts_of, standing_of
from phaseout.law.procedures import State
from phaseout.law.refusals import Refusal
from phaseout.pages import keyset


@require_safe
@requires(Power.SIGN)
def signing_list(request: HttpRequest) -> HttpResponse:
    """What waits for my signature, the longest waiting first."""
    rows = to_sign(scope_of_request(request), request.user).select_related(
        "case__enterprise", "case__line", "prepared_by"
    )
    page = keyset.page(rows, ("prepared_on", "id"), request.GET.get("cursor", ""))
    for proposal in page.rows:
        rule = rule_of(proposal)
        proposal.words = rule.name if rule else (proposal.kind, proposal.kind)
        proposal.office_name = _prepared_in(proposal)
    return render(request, "casework/to_sign.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.READ)
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be done, whole. A POST signs it, returns it or takes it back, by its button."""
    found = get_object_or_404(proposals_within(scope_of_request(request)), pk=pk)
    if request.method != "POST":
        return _page(request, found)
    try:
        return _settled(request, found)
    except Refusal as refusal:
        found.refresh_from_db()
        return _page(request, found, refusal=refusal)


def _settled(request: HttpRequest, found: Proposal) -> HttpResponse:
    by, today, scope = person(request), today_of(request), scope_of_request(request)
    do = request.POST.get("do", "")
    if do == "sign":
        acts.sign(
            found.pk,
            by=by,
            scope=scope,
            today=today,
            digest=request.POST.get("digest", ""),
            key=_key(request),
        )
        messages.success(request, _("已签发。"))
    elif do == "decline":
        answer = request.POST.get("answer", "").replace("\x00", "")
        acts.decline(found.pk, by=by, scope=scope, today=today, answer=answer)
        messages.success(request, _("已退回。"))
    elif do == "withdraw":
        acts.withdraw(found.pk, by=by, today=today)
        messages.success(request, _("已撤回拟办。"))
    else:
        return _page(request, found, status=422)
    return redirect("case", pk=found.case_id)


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()  # no form of ours: it is done once all the same, a proposal settles once


def _page(
    request: HttpRequest, found: Proposal, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    today, case = today_of(request), found.case
    done = acts_of(case)
    now = standing_of(case, done, on=today)
    rule = rule_of(found, done)
    waits = found.state == Proposal.State.WAITING
    against = now.why_not(found.kind) if waits else None
    context: dict[str, Any] = {
        "proposal": found,
        "case": case,
        "name": rule.name if rule else (found.kind, found.kind),
        "basis": bases(rule) if rule else [],
        "items": items_of(found.facts, files_of([found.facts]), today, found.reason, done),
        "since": timeline(done[found.after_place :], now.procedure) if waits else [],
        "signer": signer_words(rule, case, today) if rule else None,
        "may_sign": waits and signable(found, scope_of_request(request), request.user, today),
        "may_preview": waits
        and not against
        and readable(found, scope_of_request(request), request.user, today),
        "may_withdraw": waits and found.prepared_by_id == request.user.pk,
        "refusal": refusal or against,
        "unlawful": against is not None,
        "foreseen": _foreseen(case, done, now, found) if waits and not against else None,
        "alike": alike_before(case, str(found.facts.get(EQUIPMENT, ""))) if waits else [],
        "answer": request.POST.get("answer", ""),
        "key": uuid4(),
        "office": _prepared_in(found),
    }
    if refusal is not None:
        status = 409
    return render(request, "casework/proposal.html", context, status=status)


def _prepared_in(proposal: Proposal) -> tuple[str, str]:
    """The office in which it was prepared, under the name it bore on that day."""
    return office_name(proposal.office, proposal.case.division_code, proposal.prepared_on)


def _foreseen(case: Case, done: Sequence[Act], now: State, found: Proposal) -> Any:
    rule = now.procedure.acts[found.kind]
    return foresee(case, done, now, rule, facts=read(found.facts), served_on=found.served_on)
