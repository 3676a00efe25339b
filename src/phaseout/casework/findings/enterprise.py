"""An enterprise: its lines and how each stands, what was found by dimension, its cases."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from phaseout.accounts.organisations import place_words
from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of
from phaseout.accounts.scope import Scope
from phaseout.casework.models import Case, Finding, LineStanding
from phaseout.law.industries import INDUSTRIES
from phaseout.law.judgement.dimensions import Dimension, Verdict
from phaseout.registry import showing
from phaseout.registry.merging import same_enterprise
from phaseout.registry.models import Enterprise

GRAVEST = 15


@require_safe
@requires(Power.READ)
def enterprise(request: HttpRequest, uscc: str) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    shown = get_object_or_404(Enterprise, pk=uscc)
    lines = _lines(shown, scope)
    if not lines and not Enterprise.objects.filter(scope.enterprises(), pk=uscc).exists():
        raise Http404
    if shown.merged_into_id:
        return redirect("enterprise", uscc=shown.merged_into_id)
    found: Any = Finding.objects.standing().filter(scope.findings(), enterprise=shown)
    context = {
        "enterprise": shown,
        "division": place_words(shown.division_code),
        "industry": _industry(shown.industry),
        "lines": lines,
        "dimensions": _by_dimension(found, scope),
        "gravest": list(
            found.filter(verdict=Verdict.NONCOMPLIANT).order_by("-gravity", "-pk")[:GRAVEST]
        ),
        "permits": showing.permits_of(shown, today),
        "cases": list(
            # A case keeps the entry it was opened against, also when that was merged into this.
            Case.objects.filter(scope.findings(), enterprise__in=same_enterprise(shown.pk))
            .select_related("line")
            .order_by("-opened_on", "-pk")[:50]
        ),
    }
    return render(request, "casework/enterprise.html", context)


def _industry(key: str) -> tuple[str, str]:
    known = INDUSTRIES.get(key)
    return (known.zh, known.en) if known else (key, key)


def _lines(shown: Enterprise, scope: Scope) -> list[dict[str, Any]]:
    """Each line within the scope with its standing and its equipment."""
    lines = showing.lines_of(shown, scope)
    keys = [line.pk for line in lines]
    standings = {
        standing.line_id: standing
        for standing in LineStanding.objects.standing().filter(line__in=keys)
    }
    equipment = showing.equipment_of(keys)
    return [
        {
            "line": line,
            "standing": standings.get(line.pk),
            "equipment": equipment.get(line.pk, []),
        }
        for line in lines
    ]


def _gravest(found: QuerySet[Finding]) -> list[Finding]:
    misses = found.filter(verdict=Verdict.NONCOMPLIANT)
    return list(misses.order_by("-gravity", "-pk")[:GRAVEST])


def _by_dimension(found: QuerySet[Finding], scope: Scope) -> list[dict[str, Any]]:
    """Findings by dimension and verdict, and how many of the misses are provisional."""
    counts = found.values_list("dimension", "verdict", "provisional").annotate(n=Count("pk"))
    kept: dict[tuple[str, str], int] = defaultdict(int)
    tentative: dict[str, int] = defaultdict(int)
    for dimension, verdict, provisional, number in counts.order_by():
        kept[dimension, verdict] += number
        if provisional and verdict == Verdict.NONCOMPLIANT:
            tentative[dimension] += number
    return [
        {
            "dimension": dimension.value,
            "counts": [(verdict.value, kept[dimension, verdict]) for verdict in Verdict],
            "tentative": tentative[dimension],
        }
        for dimension in scope.dimensions()
        if dimension in Dimension
    ]
