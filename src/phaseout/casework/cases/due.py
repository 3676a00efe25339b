"""The list of deadlines: what is due of the cases within one's reach, by office and last day."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phaseout.accounts.organisations import office_name
from phaseout.accounts.requests import officials, scope_of_request, today_of
from phaseout.accounts.scope import Scope
from phaseout.casework.cases.narrowing import DueFilter
from phaseout.casework.models import CaseDeadline
from phaseout.casework.watching.pausing import paused
from phaseout.casework.watching.wording import period_words
from phaseout.pages import keyset

MUST = ("duty", "measure")
"""Kinds of periods within which somebody must do something; of these lists and figures are made."""
FIRST_DUE = ("due", "id")


def deadlines_within(scope: Scope) -> QuerySet[CaseDeadline]:
    """What is due, met by nothing yet, of the cases that an official reads by dimension and place.
    Whoever sees a case for a task only is shown the task's own time, not these."""
    return CaseDeadline.objects.filter(
        scope.of_offices.findings(), going=True, kind__in=MUST, due__isnull=False
    )


@require_safe
@officials
def deadlines(request: HttpRequest) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    form = DueFilter(request.GET, today=today, label_suffix="")
    asked = form.condition() if form.is_valid() else Q(pk__in=[])
    page = keyset.page(
        deadlines_within(scope).filter(asked),
        FIRST_DUE,
        request.GET.get("cursor", ""),
        shown=CaseDeadline.objects.select_related("case__enterprise"),
    )
    still = paused(page.rows)
    rows = [
        {
            "deadline": one,
            "words": period_words(one.case, one.period),
            "office": office_name(one.office, one.division_code, today),
            "paused": one.pk in still,
        }
        for one in page.rows
    ]
    context = {"form": form, "page": page, "rows": rows, "narrowed": bool(asked)}
    status = 200 if form.is_valid() else 422
    return render(request, "casework/deadlines.html", context, status=status)
