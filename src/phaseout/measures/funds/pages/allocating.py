"""分配资金: a year's money among the accepted applications."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.powers import Role
from phaseout.accounts.requests import scope_of_request, today_of, ways
from phaseout.law import funds
from phaseout.law.refusals import Refusal
from phaseout.measures.funds import acts
from phaseout.measures.funds.forms import AllocateForm
from phaseout.measures.funds.ledger import available
from phaseout.measures.funds.models import Application, Programme
from phaseout.measures.funds.pages.entering import readers
from phaseout.measures.funds.seats import FINANCE, office_seat
from phaseout.measures.funds.standing import waiting_for_money

HOW = ("factors", "decided")


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def allocate(request: HttpRequest, pk: int, year: int, how: str) -> HttpResponse:
    """By factors (state firms and the award fund only), or by amounts that a document decides."""
    found = get_object_or_404(Programme, pk=pk)
    by_factors = how == "factors"
    if how not in HOW or (by_factors and found.fund != funds.AWARD):
        raise Http404
    scope, today = scope_of_request(request), today_of(request)
    if office_seat(scope, today, (FINANCE,), Role.LEADER) is None:
        raise PermissionDenied("leader")
    waiting = [one for one in waiting_for_money(found, year) if _meant(found, one, by_factors)]
    form = AllocateForm(
        request.POST or None, waiting=waiting, by_factors=by_factors, initial={"year": year}
    )
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _allocate(request, found, year, form)
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已分配并记账。"))
                return redirect("fund", pk=found.pk)
    context = {
        "fund": found,
        "year": year,
        "by_factors": by_factors,
        "form": form,
        "available": available(found.pk),
        "refusal": refusal,
    }
    return render(request, "funds/allocate.html", context, status=status)


def _meant(found: Programme, one: Application, by_factors: bool) -> bool:
    if found.fund != funds.AWARD:
        return True
    return (one.ownership == Application.Ownership.STATE) is by_factors


def _allocate(request: HttpRequest, found: Programme, year: int, form: AllocateForm) -> None:
    given = form.cleaned_data
    how = ways(request, given["key"])
    if form.by_factors:
        acts.allocate_by_factors(
            found.pk, year, given["total"], form.given(), document=given["document"], **how
        )
    else:
        acts.allocate_decided(found.pk, year, form.given(), document=given["document"], **how)
