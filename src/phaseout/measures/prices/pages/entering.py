"""Who may enter these pages, and what each of them needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from phaseout.accounts.models import User
from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of
from phaseout.measures.prices.seats import ENERGY, GRID, PRICE, seat

View = Callable[..., HttpResponse]


def officials(view: View) -> View:
    """A view for people of offices who may read; others sign in, or are refused (403)."""

    @requires(Power.READ)
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if all(grant.uscc for grant in scope_of_request(request).grants):
            raise PermissionDenied("officials")
        return view(request, *args, **kwargs)

    return guarded


def ways(request: HttpRequest, key: Any) -> dict[str, Any]:
    """Who acts, within what, on which day, under which key."""
    return {
        "by": cast(User, request.user),
        "scope": scope_of_request(request),
        "today": today_of(request),
        "key": key,
    }


def seated(request: HttpRequest) -> dict[str, bool]:
    """For templates: in which of the offices of the clause the person acts."""
    scope = scope_of_request(request)
    held: Iterable[tuple[str, str]] = (("price", PRICE), ("energy", ENERGY), ("grid", GRID))
    return {name: seat(scope, office) is not None for name, office in held}


def looks_from_inside(request: HttpRequest) -> bool:
    """Whether the person is of an enterprise only."""
    return all(grant.uscc for grant in scope_of_request(request).grants)
