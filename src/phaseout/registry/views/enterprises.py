"""The list of enterprises, the page of a line, the history of an enterprise."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from phaseout.accounts.organisations import place_words
from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request
from phaseout.law.industries import INDUSTRIES
from phaseout.pages import keyset
from phaseout.registry import showing
from phaseout.registry.capacity import Asked, balances
from phaseout.registry.capacity.showing import stocks_shown
from phaseout.registry.forms import EnterpriseFilter
from phaseout.registry.labels import cell_words
from phaseout.registry.models import Enterprise, ProductionLine

ORDER = ("division_code", "name", "uscc")


@require_safe
@requires(Power.READ)
def enterprises(request: HttpRequest) -> HttpResponse:
    scope = scope_of_request(request)
    form = EnterpriseFilter(request.GET, scope=scope, label_suffix="")
    asked = form.condition() if form.is_valid() else Q(pk__in=[])
    page = keyset.page(Enterprise.objects.filter(asked), ORDER, request.GET.get("cursor", ""))
    lines = dict(
        ProductionLine.objects.filter(scope.lines(), enterprise__in=page.rows)
        .values_list("enterprise")
        .annotate(n=Count("pk"))
        .order_by()
    )
    context = {
        "form": form,
        "page": page,
        "narrowed": any(request.GET.get(name) for name in form.fields),
        "rows": [
            {
                "enterprise": enterprise,
                "division": place_words(enterprise.division_code),
                "industry": cell_words("enterprises", "industry", enterprise.industry),
                "lines": lines.get(enterprise.pk, 0),
            }
            for enterprise in page.rows
        ],
    }
    template = "registry/_enterprise_list.html" if _piece(request) else "registry/enterprises.html"
    return render(request, template, context, status=200 if form.is_valid() else 422)


@require_safe
@requires(Power.READ)
def line(request: HttpRequest, line_id: str) -> HttpResponse:
    scope = scope_of_request(request)
    shown = get_object_or_404(
        ProductionLine.objects.filter(scope.lines()).select_related("enterprise"), pk=line_id
    )
    outlets = showing.outlets_of(shown)
    industry = INDUSTRIES.get(shown.industry)
    context = {
        "line": shown,
        "enterprise": shown.enterprise,
        "division": place_words(shown.division_code),
        "industry": (industry.zh, industry.en) if industry else (shown.industry, shown.industry),
        "status": cell_words("lines", "status", shown.status),
        "stands": stocks_shown(balances(Asked(line_id=shown.pk))),
        "equipment": showing.equipment_of([shown.pk]).get(shown.pk, []),
        "outlets": outlets,
        "series": showing.series_of([outlet.outlet_id for outlet, _ in outlets]),
        "tables": showing.facts_of_line(shown),
        "history": showing.history_of_line(shown, scope, request.user),
    }
    return render(request, "registry/line.html", context)


@require_safe
@requires(Power.READ)
def enterprise_history(request: HttpRequest, uscc: str) -> HttpResponse:
    scope = scope_of_request(request)
    lines = ProductionLine.objects.filter(scope.lines(), enterprise=uscc).values("enterprise")
    shown = get_object_or_404(Enterprise, scope.enterprises() | Q(pk__in=lines), pk=uscc)
    if shown.merged_into_id:
        return redirect("enterprise-history", uscc=shown.merged_into_id)
    context = {
        "enterprise": shown,
        "history": showing.history_of_enterprise(shown, scope, request.user),
    }
    return render(request, "registry/history.html", context)


def _piece(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False)) and not request.headers.get("HX-Boosted")
