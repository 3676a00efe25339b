"""Signing in by the government's provider of identities (OpenID Connect).

Nobody makes an account by it: it opens the account to which an administrator has bound the
provider's subject, and no other.
"""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.openid_connect.views import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
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
