"""The form of the address to which notices are sent."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from phaseout.casework.models import NoticeAddress

Way = NoticeAddress.Way
KEY = re.compile(r"[A-Za-z0-9_-]{8,100}")
WAYS = {
    Way.MAIL: _("电子邮件"),
    Way.DINGTALK: _("钉钉机器人"),
    Way.WECOM: _("企业微信机器人"),
    Way.FEISHU: _("飞书机器人"),
}


class AddressForm(forms.Form):
    """A mailbox, or the key of a robot: never a whole address."""

    way = forms.ChoiceField(label=_("方式"))
    address = forms.CharField(
        label=_("邮箱，或机器人的密钥"),
        max_length=200,
        help_text=_("机器人只填密钥（Webhook地址中的key或token），不填整个地址。"),
    )

    def __init__(self, data: Any = None, *, known: NoticeAddress | None, ways: list[str]) -> None:
        initial = {"way": known.way} if known is not None else None
        super().__init__(data, initial=initial, label_suffix="")
        self.fields["way"].choices = [(way, WAYS[Way(way)]) for way in ways]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        address, way = given.get("address", "").strip(), given.get("way")
        if way == Way.MAIL:
            validate_email_at(self, address)
        elif way and not KEY.fullmatch(address):
            self.add_error("address", _("密钥只能有字母、数字、“-”和“_”，8至100位。"))
        return {**given, "address": address}


def validate_email_at(form: forms.Form, address: str) -> None:
    try:
        validate_email(address)
    except forms.ValidationError:
        form.add_error("address", _("这不是一个邮箱地址。"))
