"""Measures: the list, and a new one with its preview."""

from __future__ import annotations

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
from phaseout.coordination.supervision.reading import leading, supervises, targets
from phaseout.coordination.supervision.slow import of_target
from phaseout.coordination.supervision.standing import (
    STATES,
    DemandState,
    State,
    demands,
    measures,
    seen,
)
from phaseout.documents import render as typeset
from phaseout.law.refusals import Refusal
from phaseout.law.supervision import figure, measure_kind
from phaseout.pages import keyset

NEWEST_FIRST = ("-id",)


@require_safe
@officials
def listed(request: HttpRequest) -> HttpResponse:
    """The measures one may see, newest first, each with how its demands stand."""
    scope, today = scope_of_request(request), today_of(request)
    page = keyset.page(
        Measure.objects.filter(seen(scope)), NEWEST_FIRST, request.GET.get("cursor", ""),
        shown=measures(today).select_related("signed", "act"),
    )  # fmt: skip
    context = {
        "page": page,
        "rows": [
            {
                "one": one,
                "name": name_of(one.target, today),
                "office": name_of(one.office, today),
                "kind": measure_kind(one.kind).name,
                "number": _number(one),
                "state": STATES[State(one.state)],
                "late": one.state == State.LATE,
                "demands": counted.get(one.pk),
            }
            for counted in [_counted(page.rows, today)]
            for one in page.rows
        ],
        "supervises": supervises(scope),
    }
    return render(request, "supervision/measures.html", context)


def _number(measure: Any) -> str:
    return number_of(measure.signed) if hasattr(measure, "signed") else ""


def _counted(rows: list[Any], today: date) -> dict[int, Any]:
    told = demands(today).filter(measure__in=[one.pk for one in rows]).order_by()
    return {
        row["measure"]: row
        for row in told.values("measure").annotate(
            n=Count("pk"),
            met=Count("pk", filter=Q(state=DemandState.MET)),
            late=Count("pk", filter=Q(state=DemandState.LATE)),
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
    if target not in targets() or kind not in Measure.Kind.values:
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
        "name": name_of(target, today),
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
