"""What the figures propose today, with every reason; adopted or dismissed by a person."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.powers import Role
from phaseout.accounts.requests import officials, scope_of_request, today_of, ways
from phaseout.coordination.offices import seat_in
from phaseout.coordination.supervision import acts
from phaseout.coordination.supervision.forms import DismissForm
from phaseout.coordination.supervision.frozen import as_of
from phaseout.coordination.supervision.picture import picture
from phaseout.coordination.supervision.reading import WHOLE, leading, supervises
from phaseout.coordination.supervision.showing import list_url
from phaseout.coordination.supervision.slow import Suggestion, suggestions
from phaseout.coordination.supervision.targets import counties, target_name, targets
from phaseout.law.refusals import Refusal
from phaseout.law.supervision import (
    Crossed,
    figure,
    measure_kind,
    measure_kinds,
    rule,
    thresholds,
)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def proposals(request: HttpRequest) -> HttpResponse:
    """Of offices that lead or direct supervision; the leads adopt and dismiss."""
    if not supervises(scope_of_request(request)):
        raise PermissionDenied("supervision")
    if request.method != "POST":
        return _page(request)
    form = DismissForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    try:
        acts.dismiss(given["target"], given["reason"], **ways(request, given["key"]))
    except Refusal as refusal:
        return _page(request, form, refusal, 409)
    messages.success(request, _("已记录不采纳及其理由。"))
    return redirect("supervision-proposals")


def _page(
    request: HttpRequest,
    wrong: DismissForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    seat = seat_in(scope, leading(), Role.OFFICER, Role.LEADER)
    told = picture(WHOLE, as_of(today), with_counties=True)
    context = {
        "rows": [
            _row(one, today, wrong, mine=seat is not None and seat.office != one.target)
            for one in suggestions(today, told)
            if not one.of_city
        ],
        "looked_at": len(targets()) + len(counties()),
        "may": seat is not None,
        "own_motion": [
            (one, target_name(one, today)) for one in targets() if seat and one != seat.office
        ],
        "counties": [(one, target_name(one, today)) for one in counties()],
        "kinds": measure_kinds(),
        "thresholds": [(one, figure(one.figure), measure_kind(one.measure))
                       for one in thresholds(today)],
        "dismissed_for": rule("dismissed_for", today),
        "refusal": refusal,
    }  # fmt: skip
    return render(request, "supervision/proposals.html", context, status=status)


def _row(one: Suggestion, today: date, wrong: DismissForm | None, *, mine: bool) -> dict[str, Any]:
    kind = measure_kind(one.proposed.kind)
    form = None
    if mine and one.waits:
        bound = wrong is not None and wrong.data.get("target") == one.target
        form = wrong if bound else DismissForm(
            initial={"target": one.target}, auto_id=f"id_{one.target}_%s"
        )  # fmt: skip
    return {
        "one": one,
        "name": target_name(one.target, today),
        "kind": kind,
        "because": [_reason(each, one.target, today) for each in one.proposed.because],
        "also": [_reason(each, one.target, today) for each in one.proposed.also],
        "form": form,
        "under_way": measure_kind(one.under_way.kind).name if one.under_way else None,
        "adopt_url": new_url(one.target, kind.kind) if mine else "",
    }


def new_url(target: str, kind: str) -> str:
    return f"{reverse('supervision-new')}?{urlencode({'of': target, 'kind': kind})}"


def _reason(one: Crossed, target: str, today: date) -> dict[str, Any]:
    told = figure(one.threshold.figure)
    return {
        "crossed": one,
        "figure": told,
        "percent": one.share.percent_of_at_least(told.least),
        "kind": measure_kind(one.threshold.measure),
        "url": list_url(told.key, target, as_of(today)),
    }
