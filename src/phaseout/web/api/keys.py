"""Who asks: a bearer token of a person, or the session of the site; and what the person may do.

A request with an `Authorization` header is judged by it alone: a bad token is never made good by a
session that the same browser happens to have.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from phaseout.accounts.models import User
from phaseout.accounts.powers import Power
from phaseout.accounts.reach import show_only
from phaseout.accounts.requests import scope_of_request, today_of
from phaseout.accounts.scope import Scope, scope_of
from phaseout.accounts.tokens import digest_of, user_of_token
from phaseout.web.api.answers import no_power, not_signed_in
from phaseout.web.api.limits import take_one


def held(power: Power | None = Power.READ) -> list[Any]:
    """For `auth=`: those who hold the power somewhere; None: anybody who has signed in.

    The operation itself still narrows what it reads and does to the scope.
    """
    return [Token(power), Session(power)]


def of_an_office(request: HttpRequest) -> Scope:
    """The scope of who asks, where one of the posts is in an office; 403 for enterprises."""
    scope = scope_of_request(request)
    if not scope.has_office:
        raise PermissionDenied("officials")
    return scope


class Token(HttpBearer):
    """A key for machines; made, shown once and withdrawn on the page of one's tokens."""

    openapi_description = "An API token of yours, from the page of tokens."

    def __init__(self, power: Power | None) -> None:
        self.power = power
        super().__init__()

    def __call__(self, request: HttpRequest) -> Any:
        given = request.headers.get("Authorization")
        if given is not None and not given.lower().startswith("bearer "):
            raise not_signed_in()
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, token: str) -> User:
        user = user_of_token(token.strip(), on=today_of(request))
        if user is None:
            raise not_signed_in()
        take_one(f"token:{digest_of(token.strip())}")
        return _admitted(request, user, self.power)


class Session(APIKeyCookie):
    """The session of the site. What changes something also needs the form token in X-CSRFToken."""

    param_name = "sessionid"
    openapi_description = "The session of the site, with X-CSRFToken for what changes something."

    def __init__(self, power: Power | None) -> None:
        self.power = power
        super().__init__()

    def __call__(self, request: HttpRequest) -> Any:
        if "Authorization" in request.headers or not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise HttpError(403, "form token")
        take_one(f"person:{request.user.pk}")
        return _admitted(request, request.user, self.power)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        raise AssertionError("__call__ does it")


def _admitted(request: HttpRequest, user: User, power: Power | None) -> User:
    scope = scope_of(user, on=today_of(request))
    request.user = user
    request.scope = scope  # type: ignore[attr-defined]
    show_only(scope, user)
    if power is not None and not scope.may(power):
        raise no_power(power.value)
    return user
