"""Who pays what in a year: the list, one line's computation, and the determination."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import place_words
from phaseout.accounts.requests import officials, scope_of_request, ways
from phaseout.casework.models import Finding
from phaseout.law.industries import INDUSTRIES
from phaseout.law.prices.choosing import ORDER
from phaseout.law.refusals import Refusal
from phaseout.measures.prices import acts, explained, words
from phaseout.measures.prices.acts.assessing import latest_run
from phaseout.measures.prices.acts.determining import Days
from phaseout.measures.prices.acts.knowing import share_of
from phaseout.measures.prices.assessing import law_of
from phaseout.measures.prices.forms import DetermineForm, FilterForm
from phaseout.measures.prices.models import Assessment, Determination, Run
from phaseout.measures.prices.pages.entering import seated
from phaseout.pages import keyset

INDUSTRY_WORDS = {key: (one.zh, one.en) for key, one in INDUSTRIES.items()}
CONDITIONS = {
    "charged": Q(chosen=True),
    "conflict": Q(chosen=True, conflicts__len__gt=0),
    "unsettled": Q(outcome__in=("undetermined", "edge_unknown", "divided", "no_rate")),
    "provisional": Q(chosen=True, provisional=True),
    "none": Q(outcome="none"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The latest run of a year; the price authority determines here."""
    run = latest_run(year)
    if run is None:
        raise Http404
    if request.method != "POST":
        return _page(request, run)
    form = DetermineForm(request.POST)
    if not form.is_valid():
        return _page(request, run, form=form, status=422)
    given = form.cleaned_data
    chosen = [int(pk) for pk in request.POST.getlist("chosen") if pk.isascii() and pk.isdigit()]
    try:
        made = acts.determine(
            run.pk,
            chosen,
            days=Days(given["first"], given["last"]),
            reason=given["reason"],
            **ways(request, given["key"]),
        )
    except Refusal as refusal:
        return _page(request, run, form=form, refusal=refusal, status=409)
    messages.success(request, _("已确定 %(n)s 条生产线的加价。") % {"n": len(made)})
    return redirect("price-determination", pk=made[0].pk)


def _page(
    request: HttpRequest,
    run: Run,
    *,
    form: Any = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    mine = Assessment.objects.filter(scope_of_request(request).lines(), run=run)
    sources = sorted(
        mine.exclude(source_id="").order_by().values_list("source_id", flat=True).distinct()
    )
    filters = FilterForm(request.GET or {"state": "charged"}, sources=sources)
    rows = _narrowed(mine, filters)
    page = keyset.page(
        rows.select_related("line", "enterprise"),
        ("division_code", "id"),
        request.GET.get("cursor", ""),
    )
    lines = [one.line_id for one in page.rows]
    carried = set(
        Determination.objects.filter(line__in=lines, year=run.year, ending=None).values_list(
            "line", flat=True
        )
    )
    context = {
        "run": run,
        "filters": filters,
        "page": page,
        "rows": [_row(one, carried) for one in page.rows],
        "may": seated(request),
        "form": form or DetermineForm(),
        "refusal": refusal,
    }
    return render(request, "prices/year.html", context, status=status)


def _narrowed(rows: QuerySet[Assessment], filters: FilterForm) -> QuerySet[Assessment]:
    given = filters.cleaned_data if filters.is_valid() else {}
    if given.get("state"):
        rows = rows.filter(CONDITIONS[given["state"]])
    if given.get("city"):
        rows = rows.filter(division_code__startswith=given["city"][:4])
    for name, column in (("industry", "industry"), ("measure", "measure"), ("source", "source_id")):
        if given.get(name):
            rows = rows.filter(**{column: given[name]})
    return rows


def _row(one: Assessment, carried: set[str]) -> dict[str, Any]:
    return {
        "one": one,
        "place": place_words(one.division_code),
        "industry": INDUSTRY_WORDS.get(one.industry, (one.industry, one.industry)),
        "measure": words.MEASURES[one.measure],
        "class": words.CLASSES.get(one.price_class),
        "outcome": words.OUTCOMES[one.outcome],
        "reason": words.REASONS.get(one.reason),
        "conflicts": [words.MEASURES[name] for name in one.conflicts],
        "carried": one.line_id in carried,
        "may_be_chosen": one.chosen and not one.provisional and one.line_id not in carried,
    }


@require_safe
@officials
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """One line of a run: every measure that meets it, step by step."""
    mine = Assessment.objects.filter(scope_of_request(request).lines())
    asked = get_object_or_404(mine.select_related("run__act", "line", "enterprise"), pk=pk)
    law = law_of(asked.run.year, asked.run.on_day)
    share = share_of(asked.enterprise_id, asked.run.year)
    found = [
        one
        for one in mine.filter(run=asked.run, line=asked.line).select_related("line")
        if ORDER.get(one.measure) is not None  # type: ignore[call-overload]
    ]
    found.sort(key=lambda one: ORDER[one.measure])  # type: ignore[index]
    context = {
        "asked": asked,
        "place": place_words(asked.division_code),
        "industry": INDUSTRY_WORDS.get(asked.industry, (asked.industry, asked.industry)),
        "answers": [
            {
                **_row(one, set()),
                "steps": explained.steps_of(explained.answered(one, law, share), one.kwh),
                "finding": _finding(one),
            }
            for one in found
        ],
        "determinations": Determination.objects.filter(
            line=asked.line, year=asked.run.year
        ).select_related("ending"),
    }
    return render(request, "prices/assessment.html", context)


def _finding(one: Assessment) -> Finding | None:
    """The finding behind it, where the person may see it."""
    return Finding.objects.filter(pk=one.finding).first() if one.finding else None
