"""Measures: the list, and a new one with its preview."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.powers import Role
from phaseout.accounts.requests import officials, scope_of_request, today_of, ways
from phaseout.coordination.offices import name_of, seat_in
from phaseout.coordination.supervision import acts
from phaseout.coordination.supervision.forms import DrawForm
from phaseout.coordination.supervision.models import Measure
from phaseout.coordination.supervision.papers import drafted, number_of
from phaseout.coordination.supervision.reading import leading, supervises
from phaseout.coordination.supervision.slow import of_target
from phaseout.coordination.supervision.standing import (
    STATES,
    DemandState,
    State,
    all_demands,
    measures,
    seen,
)
from phaseout.coordination.supervision.targets import may_be_supervised, target_name
from phaseout.coordination.supervision.waiting import KINDS
from phaseout.documents import render as typeset
from phaseout.law.refusals import Refusal
from phaseout.law.supervision import figure, measure_kind
from phaseout.pages import keyset

NEWEST_FIRST = ("-id",)
NOT_YET: Mapping[str, Any] = {"n": None, "met": None, "late": None}
"""Of a measure that demands nothing (yet), which is not nought met."""


@require_safe
@officials
def listed(request: HttpRequest) -> HttpResponse:
    """The measures one may see, newest first, each with how its demands stand; `waits`: those that
    wait for something, as the home page counts them."""
    scope, today = scope_of_request(request), today_of(request)
    waits = request.GET.get("waits", "")
    if waits and waits not in KINDS:
        raise Http404(waits)
    narrowed = {"pk__in": KINDS[waits].found(scope, today).values("pk")} if waits else {}
    found = Measure.objects.filter(seen(scope), **narrowed)
    page = keyset.page(
        found, NEWEST_FIRST, request.GET.get("cursor", ""),
        shown=measures(today).select_related("signed", "act"),
    )  # fmt: skip
    context = {
        "page": page,
        "rows": [
            {
                "one": one,
                "name": target_name(one.target, today),
                "office": name_of(one.office, today),
                "kind": measure_kind(one.kind).name,
                "number": _number(one),
                "state": STATES[State(one.state)],
                "late": one.state == State.LATE,
                "demands": counted.get(one.pk, NOT_YET),
            }
            for counted in [_counted(page.rows, today)]
            for one in page.rows
        ],
        "supervises": supervises(scope),
        "waits": KINDS[waits].label if waits else "",
    }
    return render(request, "supervision/measures.html", context)


def _number(measure: Any) -> str:
    return number_of(measure.signed) if hasattr(measure, "signed") else ""


def _counted(rows: list[Any], today: date) -> dict[int, Any]:
    told = all_demands([one.pk for one in rows], today).order_by()
    return {
        row["measure"]: row
        for row in told.values("measure").annotate(
            n=Count("pk"),
            met=Count("pk", filter=Q(state=DemandState.MET)),
            late=Count("pk", filter=Q(state=DemandState.LATE, measure__signed__isnull=False)),
        )
    }


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def new(request: HttpRequest) -> HttpResponse:
    """Draw a measure up; `do=preview` shows the document and keeps nothing."""
    scope, today = scope_of_request(request), today_of(request)
    if seat_in(scope, leading(), Role.OFFICER, Role.LEADER) is None:
        raise PermissionDenied("supervision")
    target, kind = request.GET.get("of", ""), request.GET.get("kind", "")
    if not may_be_supervised(target) or kind not in Measure.Kind.values:
        raise Http404
    form = DrawForm(request.POST or None, kind=measure_kind(kind), today=today)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _drawn(request, target, kind, form)
            except Refusal as refused:
                refusal, status = refused, 409
    suggested = of_target(target, today)
    context = {
        "form": form,
        "kind": measure_kind(kind),
        "name": target_name(target, today),
        "because": [
            (figure(one.threshold.figure), one, measure_kind(one.threshold.measure))
            for one in (*suggested.proposed.because, *suggested.proposed.also)
        ]
        if suggested
        else [],
        "refusal": refusal,
    }
    return render(request, "supervision/new.html", context, status=status)


def _drawn(request: HttpRequest, target: str, kind: str, form: DrawForm) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    if request.POST.get("do") == "preview":
        seat, content = acts.would_say(target, kind, form.drawn(), scope=scope, today=today)
        return pdf(typeset(drafted(content, office=seat.office, day=today)), "preview")
    made = acts.adopt(target, kind, form.drawn(), **ways(request, form.cleaned_data["key"]))
    messages.success(request, _("已拟定，待本机关负责人签发。"))
    return redirect("supervision-measure", pk=made.pk)


def pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
