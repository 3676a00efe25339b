"""The room's first page: years assessed, months billed, and what may be done next."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.requests import officials, scope_of_request, today_of, ways
from phaseout.law.refusals import Refusal
from phaseout.measures.prices import acts, words
from phaseout.measures.prices.forms import MonthForm, YearForm
from phaseout.measures.prices.models import (
    Assessment,
    Bill,
    ConsumptionFile,
    Determination,
    Edition,
    Run,
)
from phaseout.measures.prices.pages.entering import seated
from phaseout.measures.prices.standing import unsigned

MOST = 100
"""Rows to sign that are shown at once."""


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def overview(request: HttpRequest) -> HttpResponse:
    """Assess a year or issue a month here; both lead to the page of what they made."""
    if request.method != "POST":
        return _page(request)
    is_year = request.POST.get("do") == "assess"
    form = (YearForm if is_year else MonthForm)(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    given = form.cleaned_data
    try:
        if is_year:
            run = acts.assess(given["year"], **ways(request, given["key"]))
            messages.success(request, _("已测算。"))
            return redirect("price-year", year=run.year)
        edition = acts.issue(given["month"], **ways(request, given["key"]))
    except Refusal as refusal:
        return _page(request, form=form, refusal=refusal, status=409)
    messages.success(request, _("已编发，待签收。"))
    return redirect("price-edition", pk=edition.pk)


def _page(
    request: HttpRequest, *, form: Any = None, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    today = today_of(request)
    may = seated(request)
    last_month = date(today.year - (today.month == 1), (today.month - 2) % 12 + 1, 1)
    context = {
        "years": _years(request),
        "months": _months(request),
        "may": may,
        "to_sign": _to_sign(request) if may["signs"] else [],
        "year_form": form if isinstance(form, YearForm) else YearForm(initial={"year": today.year}),
        "month_form": form
        if isinstance(form, MonthForm)
        else MonthForm(initial={"month": f"{last_month:%Y-%m}"}, auto_id="issue_%s"),
        "refusal": refusal,
    }
    return render(request, "prices/overview.html", context, status=status)


def _to_sign(request: HttpRequest) -> list[dict[str, Any]]:
    """What a leader has to sign, the oldest first."""
    mine = unsigned().filter(scope_of_request(request).lines())
    rows = mine.select_related("line", "enterprise", "act").order_by("pk")[:MOST]
    return [{"one": one, "measure": words.MEASURES[one.measure]} for one in rows]


def _years(request: HttpRequest) -> list[dict[str, Any]]:
    """The latest run of each year, counted within the reach of the person."""
    scope = scope_of_request(request)
    found = []
    for year in Run.objects.order_by("-year").values_list("year", flat=True).distinct():
        run = Run.objects.filter(year=year).select_related("act").order_by("-pk")[0]
        mine = Assessment.objects.filter(scope.lines(), run=run)
        counts = mine.aggregate(
            charged=Count("pk", filter=Q(chosen=True)),
            surcharge=Sum("surcharge", filter=Q(chosen=True)),
            conflicts=Count("pk", filter=Q(chosen=True, conflicts__len__gt=0)),
            unsettled=Count(
                "line", distinct=True, filter=Q(outcome__in=("undetermined", "edge_unknown"))
            ),
            provisional=Count("pk", filter=Q(chosen=True, provisional=True)),
        )
        determined = Determination.objects.filter(
            scope.lines(), year=year, ending=None, applies_to__gte=F("applies_from")
        )
        found.append({"run": run, **counts, "determined": determined.count()})
    return found


def _months(request: HttpRequest) -> list[dict[str, Any]]:
    """Months with a file or an edition, the newest first; bills within the reach of the person."""
    months: dict[date, dict[str, Any]] = {}
    for file in ConsumptionFile.objects.filter(taken=True).order_by("pk"):
        months.setdefault(file.month, {})["file"] = file
    mine = Bill.objects.filter(scope_of_request(request).lines(), edition=OuterRef("pk"))
    bills = mine.order_by().values("edition").annotate(n=Count("pk"), sum=Sum("amount"))
    for edition in Edition.objects.order_by("number").annotate(
        count=Subquery(bills.values("n")),
        mine=Subquery(bills.values("sum")),
        received=Count("receipts"),
    ):
        months.setdefault(edition.month, {})["edition"] = edition
    return [{"month": month, **months[month]} for month in sorted(months, reverse=True)]
