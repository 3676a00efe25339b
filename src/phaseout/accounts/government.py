"""Signing in by the government's provider of identities (OpenID Connect).

Nobody makes an account by it: it opens the account to which an administrator has bound the
provider's subject, and no other.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.openid_connect.views import login
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from requests import RequestException

from phaseout.accounts.history import note
from phaseout.accounts.models import SignIn


def enter(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider; kindly told where it cannot be reached."""
    try:
        answer: HttpResponse = login(request, provider_id)
    except RequestException:
        return _failed(request)
    return answer


def came_just_now(request: HttpRequest | None) -> bool:
    """Whether who is signed in came from the provider within the time that a password entered
    again counts (`ACCOUNT_REAUTHENTICATION_TIMEOUT`), and has no other means."""
    if request is None or not request.user.is_authenticated:
        return False
    if get_reauthentication_flows(request.user):
        return False
    met = [one["at"] for one in get_authentication_records(request, request.user)
           if one.get("method") == "socialaccount"]  # fmt: skip
    return bool(met) and time.time() - met[-1] < app_settings.REAUTHENTICATION_TIMEOUT


def way_back(user: Any) -> list[dict[str, Any]]:
    """To the provider once more, as allauth names a way to confirm oneself."""
    bound = settings.IDENTITY_PROVIDER and SocialAccount.objects.filter(user=user.pk).exists()
    if not bound:
        return []
    url = reverse("openid_connect_login", args=["government"])
    return [{"id": "provider", "description": "", "url": url}]


class GovernmentAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """allauth's sign-in by a provider, without sign-up."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """An identity that is bound to nobody is told what to give to an administrator. What the
        provider says of the person is not kept: the account has what it needs."""
        subject = str(sociallogin.account.uid)
        if not sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            note(SignIn.Outcome.UNBOUND, request, None, means="socialaccount", detail=subject)
            page = render(
                request, "accounts/identity_unbound.html", {"subject": subject}, status=403
            )
            raise ImmediateHttpResponse(page)
        SocialAccount.objects.filter(pk=sociallogin.account.pk).update(extra_data={})

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """The provider said no, could not be reached, or somebody turned back there."""
        raise ImmediateHttpResponse(_failed(request, error))


def _failed(request: HttpRequest, error: Any = None) -> HttpResponse:
    return render(request, "accounts/identity_failed.html", {"error": error}, status=401)
