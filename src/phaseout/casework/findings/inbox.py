"""The inbox: findings within one's scope, narrowed, sorted, fifty a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of
from phaseout.casework.findings.counting import BOUND, Counts, count
from phaseout.casework.findings.filters import Asked, InboxFilter, ask, kept, sorted_apart
from phaseout.casework.models import Finding, SavedFilter
from phaseout.law.judgement.dimensions import Verdict
from phaseout.pages import keyset
from phaseout.pages.templatetags.phaseout import english

# What a row shows and pages are turned by; the rest of a finding is read on its own page.
_COLUMNS = (
    "id",
    "finding_id",
    "dimension",
    "enterprise_id",
    "enterprise__name",
    "line__name",
    "ratio",
    "period_end",
    "verdict",
    "provisional",
    "found_on",
)


@require_safe
@vary_on_headers("HX-Request")
@requires(Power.READ)
def findings(request: HttpRequest) -> HttpResponse:
    """The whole page, or the list alone where htmx asks for it."""
    saved = list(SavedFilter.objects.filter(user=request.user.pk))
    opened = next((one for one in saved if one.is_default), None)
    if not request.GET and opened is not None:
        return redirect(f"{reverse('findings')}?{opened.query}")
    scope, today = scope_of_request(request), today_of(request)
    form = InboxFilter(request.GET, scope=scope)
    asked = ask(form, today)
    query = kept(request.GET)
    counts = count(asked, scope)
    context: dict[str, Any] = {
        "form": form,
        "asked": asked,
        "page": _page(asked, counts, request),
        "query": query,
        "saved": saved,
        "saved_here": next((one for one in saved if _same(one.query, query)), None),
        **_counts(asked, counts),
    }
    part = "casework/_findings_list.html" if _is_swap(request) else "casework/findings.html"
    return render(request, part, context, status=422 if form.errors else 200)


def _page(asked: Asked, counts: Counts, request: HttpRequest) -> keyset.Page:
    rows: Any = asked.findings(scope_of_request(request))
    cursor = request.GET.get("cursor", "")
    order, every = asked.order, Finding.objects.all()
    if counts.few is not None:
        return keyset.page(_shown(Finding.objects.filter(pk__in=counts.few), order), order, cursor)
    if counts.sparse:
        rows, order = sorted_apart(rows, order)
        return keyset.page(_shown(rows, order), order, cursor)
    return keyset.page(rows, order, cursor, shown=_shown(every, order))


def _shown(rows: Any, order: tuple[str, ...]) -> Any:
    """Named tuples of what a row of the list shows: to make a finding, an enterprise and a line of
    each would take longer than to find them."""
    said = "summary_en" if english() else "summary_zh"
    turned = (name.lstrip("-") for name in order)
    return rows.values_list(*dict.fromkeys((*_COLUMNS, said, *turned)), named=True)


def _counts(asked: Asked, counts: Counts) -> dict[str, Any]:
    verdicts = [(v.value, counts.verdicts.get(v, 0), counts.provisional.get(v, 0)) for v in Verdict]
    return {
        "counts": verdicts,
        "total": counts.of(asked.values["verdict"]),
        "more": counts.more,
        "bound": BOUND,
    }


def _is_swap(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _same(one: str, other: str) -> bool:
    return sorted(QueryDict(one).items()) == sorted(QueryDict(other).items())
