"""Pages of the offices are not there for who looks from inside an enterprise."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from phaseout.accounts.requests import scope_of_request
from phaseout.casework.papers.seeing import from_inside_an_enterprise

View = Callable[..., HttpResponse]


def for_offices(view: View) -> View:
    """A page of a case that shows internal papers, files or names: 404 for an enterprise, whose own
    site has what it may know."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if from_inside_an_enterprise(scope_of_request(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
