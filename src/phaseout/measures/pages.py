"""The page of all measures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request
from phaseout.pages.sections import sections


@require_safe
@requires(Power.READ)
def measures(request: HttpRequest) -> HttpResponse:
    shown = sections("measures", scope_of_request(request))
    return render(request, "measures/measures.html", {"sections": shown})
