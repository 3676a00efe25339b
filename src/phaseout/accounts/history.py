"""What is on record of signing in: when, from where, by which means, whether it succeeded."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.signals import authentication_failed
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.http import HttpRequest

from phaseout.accounts.models import SignIn, User

Outcome = SignIn.Outcome
DEMO = "demo"


def note(
    outcome: SignIn.Outcome,
    request: HttpRequest | None,
    person: User | None,
    *,
    means: str = "",
    detail: str = "",
) -> None:
    """Append one row."""
    SignIn.objects.create(
        person=person,
        outcome=outcome,
        means=means,
        detail=detail[:200],
        address=address_of(request),
        agent=agent_of(request),
    )


def address_of(request: HttpRequest | None) -> str | None:
    """Where a request comes from, as far as the proxies in front can be trusted."""
    if request is None or "REMOTE_ADDR" not in request.META:
        return None
    try:
        address: str = get_adapter().get_client_ip(request)
    except PermissionDenied:
        return None
    return address or None


def agent_of(request: HttpRequest | None) -> str:
    if request is None:
        return ""
    return str(request.META.get("HTTP_USER_AGENT", "")).replace("\x00", "")[:200]


def means_of(request: HttpRequest, person: User) -> str:
    """By which means the person got in, in order: `password totp`."""
    records = get_authentication_records(request, person)
    steps = [
        str(record.get("type") if record["method"] == "mfa" else record["method"])
        for record in records
        if not record.get("reauthenticated")
    ]
    return " ".join(dict.fromkeys(steps)) or (DEMO if person.demo else "")


@receiver(user_logged_in)
def _entered(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    note(Outcome.ENTERED, request, user, means=means_of(request, user))


@receiver(authentication_failed)
def _wrong_code(
    sender: Any, request: HttpRequest, user: User, authenticator: Any, **kwargs: Any
) -> None:
    note(Outcome.WRONG_CODE, request, user, means=str(authenticator.type))


def named(credentials: dict[str, Any]) -> User | None:
    """The person whose user name was given, if there is one."""
    name = str(credentials.get("username") or "").replace("\x00", "")
    return User.objects.filter(username__iexact=name).first() if name else None
