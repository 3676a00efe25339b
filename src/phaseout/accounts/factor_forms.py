"""allauth's forms of the second factor in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ReauthenticateForm as PasswordForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy


def _say(form: forms.Form, name: str, label: Any) -> None:
    field = form.fields[name]
    field.label = label
    field.widget.attrs.pop("placeholder", None)


class _OneCode:
    """A form whose one field is a code: digits, not kept by the browser."""

    label: Any = gettext_lazy("验证码")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", self.label)  # type: ignore[arg-type]
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}
        self.fields["code"].widget.attrs.update(attrs)  # type: ignore[attr-defined]


class Code(_OneCode, AuthenticateForm):  # type: ignore[misc]
    label = gettext_lazy("动态口令或恢复码")


class CodeAgain(_OneCode, ReauthenticateForm):  # type: ignore[misc]
    label = gettext_lazy("动态口令或恢复码")


class FirstCode(_OneCode, ActivateTOTPForm):  # type: ignore[misc]
    label = gettext_lazy("手机上显示的6位验证码")


class NewKey(AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", gettext_lazy("名称"))


class KeyName(EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", gettext_lazy("名称"))


class KeyAtSignIn(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """allauth offers a key to everybody: `has_key` tells who has one."""

    @property
    def has_key(self) -> bool:
        keys = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN)
        return bool(keys.exists())


class PasswordAgain(PasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", gettext_lazy("您的密码"))
