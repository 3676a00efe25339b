"""The forms of the page of settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from phaseout.notices.kinds import kinds
from phaseout.notices.models import Address, Choice
from phaseout.notices.ways import is_key
from phaseout.pages.templatetags.phaseout import said

Way = Address.Way
KEY = re.compile(r"[A-Za-z0-9_-]{8,100}")
WAYS = {
    Way.MAIL: _("电子邮件"),
    Way.DINGTALK: _("钉钉机器人"),
    Way.WECOM: _("企业微信机器人"),
    Way.FEISHU: _("飞书机器人"),
}
HOWS = {
    Choice.How.AT_ONCE: _("即时发送"),
    Choice.How.DIGEST: _("每日摘要"),
    Choice.How.SITE: _("只在本系统"),
}


class AddressForm(forms.Form):
    """A mailbox, or the key of a robot: never a whole address."""

    way = forms.ChoiceField(label=_("方式"))
    address = forms.CharField(
        label=_("邮箱，或机器人的密钥"),
        max_length=200,
        help_text=_("机器人只填密钥（Webhook地址中的key或token），不填整个地址。"),
    )
    language = forms.ChoiceField(label=_("语言"), choices=settings.LANGUAGES)

    def __init__(
        self, data: Any = None, *, known: Address | None, ways: list[str], language: str
    ) -> None:
        initial = {"language": known.language if known else language}
        if known is not None:
            initial["way"] = known.way
        super().__init__(data, initial=initial, label_suffix="")
        self.fields["way"].choices = [(way, WAYS[Way(way)]) for way in ways]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        address, way = given.get("address", "").strip(), given.get("way")
        if way == Way.MAIL:
            self._check_mailbox(address)
        elif way and not KEY.fullmatch(address):
            self.add_error("address", _("密钥只能有字母、数字、“-”和“_”，8至100位。"))
        elif way and not is_key(way, address):
            self.add_error("address", _("这不是该方式的密钥；钉钉的密钥只有字母和数字。"))
        return {**given, "address": address}

    def _check_mailbox(self, address: str) -> None:
        try:
            validate_email(address)
        except forms.ValidationError:
            self.add_error("address", _("这不是一个邮箱地址。"))


class CodeForm(forms.Form):
    """The code that was sent to the address."""

    code = forms.RegexField(
        r"\s*[0-9]{6}\s*",
        label=_("六位验证码"),
        error_messages={"invalid": _("验证码是六位数字。")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "8"}
        ),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")


class ChoicesForm(forms.Form):
    """How one is told of each kind."""

    def __init__(self, data: Any = None, *, chosen: Mapping[str, str]) -> None:
        super().__init__(data, label_suffix="")
        for key, kind in kinds().items():
            self.fields[key] = forms.ChoiceField(
                label=said(kind.name),
                choices=list(HOWS.items()),
                initial=chosen[key],
            )

    def rows(self) -> list[tuple[Any, Any]]:
        """(kind, its field) in order, for the table of the page."""
        return [(kind, self[key]) for key, kind in kinds().items()]
