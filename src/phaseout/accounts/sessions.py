"""How long somebody stays signed in, and what a temporary password allows."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.signals import password_changed
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext

from phaseout.accounts import unsent
from phaseout.accounts.models import AccountEvent, User
from phaseout.accounts.open_sessions import still_open
from phaseout.accounts.requests import scope_of_request
from phaseout.accounts.second_factor import is_missing
from phaseout.desk.day import today

SIGNED_IN_AT = "signed_in_at"
# Where somebody with a temporary password may still go.
_OPEN = {"account_change_password", "account_logout", "account_login", "set_language"}
# Where somebody without a second factor that the post asks for may still go.
_SETTING_UP = {
    *_OPEN,
    "account",
    "account_reauthenticate",
    "openid_connect_login",  # who has no password confirms himself there
    "openid_connect_callback",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
}


class SignedInMiddleware:
    """Ends a session eight hours after the sign-in, however busy it was, or when it was idle or
    ended elsewhere; sends whoever signed in with a temporary password to choose one of his own, and
    whose post asks for a second factor to set one up. Nobody signed in costs nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            since = time.time() - request.session.get(SIGNED_IN_AT, 0)
            if since > settings.SESSION_COOKIE_AGE:
                logout(request)
                messages.info(request, gettext("登录已满8小时，为安全起见请重新登录。"))
            elif not still_open(request.session):
                logout(request)
                messages.info(request, gettext("登录已在别处结束，或长时间没有操作。请重新登录。"))
        response = self.get_response(request)
        if _is_piece(request):
            return _whole_page(request, response)
        unsent.remember(request, response)
        return unsent.signing_in_instead(request, response)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        open_to_all = match is not None and match.url_name in _OPEN
        if open_to_all or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if getattr(request.user, "must_change_password", False):
            if _is_piece(request):
                return HttpResponse(status=204)
            messages.info(request, gettext("您用临时密码登录，请先设置自己的密码。"))
            return redirect("account_change_password")
        name = match.url_name if match is not None else ""
        if name not in _SETTING_UP and is_missing(request, scope_of_request(request)):
            if _is_piece(request):
                return HttpResponse(status=204)
            messages.info(request, gettext("您的职务须使用第二因素登录，请先启用一种。"))
            return redirect("mfa_index")
        return None


def _is_piece(request: HttpRequest) -> bool:
    """Whether htmx asks for a piece of a page that is open."""
    return request.headers.get("HX-Request") == "true"


def _whole_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Where a piece was asked for and one has to sign in, the whole page goes there: otherwise the
    sign-in page would be put where the piece belongs."""
    to = response.headers.get("Location", "")
    if response.status_code != 302 or not to.startswith(resolve_url(settings.LOGIN_URL)):
        return response
    back = urlsplit(request.headers.get("HX-Current-URL", ""))
    where = urlunsplit(("", "", back.path or "/", back.query, ""))
    told = HttpResponse(status=204)
    told["HX-Redirect"] = redirect_to_login(where).headers["Location"]
    return told


@receiver(user_logged_in)
def _note_when(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    request.session[SIGNED_IN_AT] = time.time()


@receiver(password_changed)
def _own_password(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    user.must_change_password = False
    user.save(update_fields=["must_change_password"])
    AccountEvent.objects.create(
        kind=AccountEvent.Kind.PASSWORD_CHANGED, person=user, by=user, done_on=today()
    )
