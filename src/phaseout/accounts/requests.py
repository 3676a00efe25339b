"""What every request carries: the business day, and what the person may see and do on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, cast

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from phaseout.accounts import rows
from phaseout.accounts.models import User
from phaseout.accounts.powers import Power
from phaseout.accounts.reach import show_only
from phaseout.accounts.scope import Scope, scope_of
from phaseout.desk.day import today

View = Callable[..., HttpResponse]


class DeskMiddleware:
    """Sets `request.today` (a date) and `request.scope` (a `Scope`), each read when first used; and
    has the database show what lies within the scope, and nothing where nobody is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.today = SimpleLazyObject(today)  # type: ignore[attr-defined]
        request.scope = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: scope_of(request.user, on=today_of(request))
        )
        rows.begin()
        # Before any transaction of the view: what is set within one is undone with it.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            show_only(scope_of_request(request), request.user)
        return self.get_response(request)


def today_of(request: HttpRequest) -> date:
    """The business day of the request as a plain date."""
    day: date = request.today  # type: ignore[attr-defined]
    return date(day.year, day.month, day.day)


def scope_of_request(request: HttpRequest) -> Scope:
    """The scope of the person behind the request."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return scope


def person(request: HttpRequest) -> User:
    """The person behind a request; for views that only people who are signed in come to."""
    return cast(User, request.user)


def network_address(request: HttpRequest) -> str:
    """By what requests are counted: the address behind the proxies that the operator trusts, of
    IPv6 its network, since one host has as many addresses as it likes; `unknown` where that cannot
    be told. What is kept and shown of a sign-in is `history.address_of`."""
    try:
        return str(get_ip(request))
    except PermissionDenied:
        return "unknown"


def ways(request: HttpRequest, key: Any) -> dict[str, Any]:
    """How a view does an act: who, within what, on which day, under which key (a UUID, as the form
    of the act sent it). The arguments `by`, `scope`, `today` and `key` of every act:
    `acts.close(case.pk, **ways(request, form.cleaned_data["key"]))`."""
    return {
        "by": person(request),
        "scope": scope_of_request(request),
        "today": today_of(request),
        "key": key,
    }


def desk(request: HttpRequest) -> dict[str, Any]:
    """For templates: `demo`, `today`, `scope`, and `can` (the powers held somewhere, as flags)."""
    scope = getattr(request, "scope", None)
    return {
        "demo": settings.DEMO,
        "today": getattr(request, "today", None),
        "scope": scope,
        "can": {name: scope.may(power) if scope else False for name, power in _FLAGS.items()},
    }


_FLAGS = {
    "read": Power.READ,
    "import_facts": Power.IMPORT,
    "merge": Power.MERGE,
    "confirm": Power.CONFIRM,
    "decide": Power.DECIDE,
    "open_case": Power.OPEN_CASE,
    "act": Power.ACT,
    "sign": Power.SIGN,
    "manage": Power.MANAGE,
    "oversee": Power.OVERSEE,
    "credit": Power.CREDIT,
}


def requires(power: Power) -> Callable[[View], View]:
    """A view for those who hold `power` somewhere: others sign in first, or are refused (403).

    The view itself still narrows what it reads and does to the scope.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not scope_of_request(request).may(power):
                raise PermissionDenied(power.value)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def officials(view: View) -> View:
    """A view for people of offices who may read: others sign in first, or are refused (403), as
    those are who hold posts of an enterprise or a bank only.

    The view itself still narrows what it reads and does to the scope.
    """

    @requires(Power.READ)
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not scope_of_request(request).has_office:
            raise PermissionDenied("officials")
        return view(request, *args, **kwargs)

    return guarded
