"""The second factor: an authenticator app or a security key, and codes for the day both are lost.

Which roles must have one is a setting; the others may.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from phaseout.accounts.models import AccountEvent, User
from phaseout.accounts.scope import Scope, scope_of
from phaseout.desk.day import today

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SEEN = "second_factor"
"""In a session: that its person has a second factor was looked up."""


class OfficeMfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's second factors in our words; secrets are kept encrypted, so that neither the
    database nor a backup (which holds no key) lets anybody sign in."""

    error_messages = {  # noqa: RUF012
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "您的职务须有第二因素。请先启用另一种，再停用这一种。"
        ),
        "cannot_generate_recovery_codes": gettext_lazy("请先启用动态口令或安全密钥。"),
        "incorrect_code": gettext_lazy(
            "验证码不正确。请确认手机时间准确，用最新显示的验证码再试。"
        ),
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:  # of another key: no code will fit, an administrator clears it
            return base64.b32encode(hashlib.sha256(encrypted_text.encode()).digest()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user = authenticator.user
        others = Authenticator.objects.filter(user=user, type__in=FACTORS).exclude(
            pk=authenticator.pk
        )
        return others.exists() or not is_required(user)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("安全密钥%(number)d") % {"number": number}

    def get_totp_issuer(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)


def is_required(user: User) -> bool:
    """Whether one of the posts held today asks for a second factor."""
    return is_required_by(scope_of(user, on=today()), user)


def is_required_by(scope: Scope, user: User) -> bool:
    """The same, of a scope that was read already. Demo people have not even a first factor."""
    roles = {str(grant.role) for grant in scope.grants}
    return not user.demo and bool(roles & set(settings.SECOND_FACTOR_ROLES))


def is_missing(request: HttpRequest, scope: Scope) -> bool:
    """Whether this person must set one up before anything else; looked up once a session."""
    user = request.user
    if not isinstance(user, User) or request.session.get(SEEN) or not is_required_by(scope, user):
        return False
    if Authenticator.objects.filter(user=user, type__in=FACTORS).exists():
        request.session[SEEN] = True
        return False
    return True


@receiver(authenticator_added)
def _added(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _record(AccountEvent.Kind.FACTOR_ADDED, user, authenticator)


@receiver(authenticator_removed)
def _removed(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    request.session.pop(SEEN, None)
    _record(AccountEvent.Kind.FACTOR_REMOVED, user, authenticator)


def _record(kind: AccountEvent.Kind, user: User, authenticator: Authenticator) -> None:
    if authenticator.type in FACTORS:
        AccountEvent.objects.create(
            kind=kind,
            person=user,
            by=user,
            detail={"reason": "", "factor": str(authenticator.type)},
            done_on=today(),
        )


def _box() -> Fernet:
    key = hashlib.sha256(b"phaseout.second_factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
