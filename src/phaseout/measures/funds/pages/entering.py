"""Who may enter these pages, and what each of them needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.requests import requires, scope_of_request
from phaseout.measures.funds.seats import reads_accounts

View = Callable[..., HttpResponse]


def readers(view: View) -> View:
    """A view for the offices of clause (10) and those who supervise; others are refused (403)."""

    @requires(Power.READ)
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not reads_accounts(scope_of_request(request)):
            raise PermissionDenied("funds")
        return view(request, *args, **kwargs)

    return guarded


def readers_or_applicants(view: View) -> View:
    """The same, and people of enterprises, who see what is their own."""

    @requires(Power.READ)
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not reads_accounts(scope_of_request(request)) and not own_codes(request):
            raise PermissionDenied("funds")
        return view(request, *args, **kwargs)

    return guarded


def own_codes(request: HttpRequest) -> list[str]:
    """The enterprises of whose people the person is one."""
    grants = scope_of_request(request).grants
    return [grant.uscc for grant in grants if grant.role is Role.ENTERPRISE]
