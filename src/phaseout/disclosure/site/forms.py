"""What the public fills in, and the answer of the office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.organisations import counties
from phaseout.disclosure.site.acts import LONGEST, LONGEST_ANSWER, SHORTEST
from phaseout.disclosure.site.models import Message
from phaseout.pages.forms import ActForm
from phaseout.pages.templatetags.phaseout import said

__all__ = ["NON_FIELD_ERRORS", "AnswerForm", "ErrorForm", "RestartForm"]


class PublicForm(ActForm):
    """A form of the public: who writes may be left out; `website` is for programs, which fill in
    every field they see. People do not see it."""

    name = forms.CharField(label=_("您的姓名"), max_length=60, required=False)
    contact = forms.CharField(
        label=_("您的联系方式"), max_length=120, required=False,
        help_text=_("只有承办部门能看到，不在本系统其他任何页面出现。"),
    )  # fmt: skip
    website = forms.CharField(
        label=_("请留空"), required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )  # fmt: skip
    website.widget.attrs["class"] = "left-empty"

    field_order: Any = None


def _text(**given: Any) -> forms.CharField:
    return forms.CharField(
        label=_("情况"),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        **given,
    )


class RestartForm(PublicForm):
    """That a line runs which was cut, sealed, or has exited."""

    division_code = forms.ChoiceField(label=_("地点"))
    firm = forms.CharField(label=_("企业名称"), max_length=200)
    uscc = forms.CharField(
        label=_("企业统一社会信用代码"), max_length=18, required=False,
        help_text=_("知道的话请填写，可以在“查企业”中找到。"),
    )  # fmt: skip
    text = _text(help_text=_("何时、何处、看到了什么。"))

    field_order = ("division_code", "firm", "uscc", "text", "name", "contact", "website", "key")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division_code"].choices = [  # type: ignore[attr-defined]
            ("", _("请选择")),
            *((code, said(name)) for code, name in counties().items()),
        ]


class ErrorForm(PublicForm):
    """That something published is wrong."""

    subject = forms.ChoiceField(label=_("事由"), choices=Message.Subject)
    place = forms.CharField(
        label=_("何处"), max_length=200, required=False,
        help_text=_("哪一份名单哪一版、哪家企业，或者网页的地址。"),
    )  # fmt: skip
    text = _text(help_text=_("哪里不对，应当是什么。"))

    field_order = ("subject", "place", "text", "name", "contact", "website", "key")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [  # type: ignore[attr-defined]
            (value, said((zh, SUBJECTS_EN[value]))) for value, zh in Message.Subject.choices
        ]


SUBJECTS_EN = {
    "list": "a published list is wrong",
    "norm": "a norm or clause is wrong",
    "data": "the open data are wrong",
    "page": "a page does not open or is shown wrongly",
}


class CodeForm(forms.Form):
    """The code of a report."""

    code = forms.RegexField(
        r"^\s*[0-9a-fA-F]{16}\s*$", label=_("查询码"),
        error_messages={"invalid": _("查询码是16位数字和字母，提交后显示在页面上。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class AnswerForm(ActForm):
    text = forms.CharField(
        label=_("答复"), max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("持查询码的人都能看到；不要写个人信息。"),
    )  # fmt: skip
