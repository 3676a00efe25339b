"""Who may enter these pages, and what each of them needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, cast
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from phaseout.accounts.models import User
from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of
from phaseout.casework.cases.listing import cases_within
from phaseout.casework.models import Case
from phaseout.desk.day import BEIJING
from phaseout.exits.subjects import exits

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


def exit_case(request: HttpRequest, pk: int) -> Case:
    """The case, if the person may see it and a line exits in it; else 404."""
    found: Case = get_object_or_404(cases_within(scope_of_request(request)).filter(exits()), pk=pk)
    return found


def ways(request: HttpRequest, key: Any) -> dict[str, Any]:
    """Who acts, within what, on which day, under which key."""
    return {
        "by": person(request),
        "scope": scope_of_request(request),
        "today": today_of(request),
        "key": key,
    }


def key_of(request: HttpRequest) -> UUID:
    """The one-time key that came with the form; a new one where none that can be read did."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def person(request: HttpRequest) -> User:
    return cast(User, request.user)


def now_of(request: HttpRequest) -> datetime:
    """The moment of the request on its business day: the real one, but in a demonstration, whose
    day is another."""
    return datetime.combine(today_of(request), timezone.now().astimezone(BEIJING).timetz())
