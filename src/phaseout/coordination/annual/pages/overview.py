"""The reports of all years."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phaseout.accounts.requests import officials, scope_of_request, today_of
from phaseout.coordination.annual.shown import sees
from phaseout.coordination.annual.standing import standing
from phaseout.coordination.returns.standing import years

View = Callable[..., HttpResponse]


def of_the_region(view: View) -> View:
    """A view for those who read over the whole region: the report is over everything."""

    @officials
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not sees(scope_of_request(request)):
            raise PermissionDenied("region")
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@of_the_region
def annual(request: HttpRequest) -> HttpResponse:
    today = today_of(request)
    context = {"today": today, "years": [standing(year, today) for year in years(today)]}
    return render(request, "annual/years.html", context)
