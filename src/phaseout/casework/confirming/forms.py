"""Forms of signatures and settlements: what a person writes, checked for shape only."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.casework.confirming.settling import Question
from phaseout.desk.fields import Day
from phaseout.pages.templatetags.phaseout import said


class PrintForm(forms.Form):
    """Where the official print was read, and its page."""

    document = forms.CharField(label=_("正式文本"), max_length=200)
    page = forms.CharField(label=_("页码或条款"), max_length=80)
    print = forms.FileField(
        label=_("附上该页"),
        required=False,
        help_text=_("扫描件或照片：PNG、JPEG 或 PDF，不超过 10 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,application/pdf"}),
    )


class ConfirmForm(PrintForm):
    """The first signature."""

    note = forms.CharField(label=_("备注"), max_length=500, required=False)


class DoubtForm(PrintForm):
    """The print says otherwise."""

    says = forms.CharField(
        label=_("正式文本所载内容"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("照录原文，写明数值和单位。"),
    )


class ClearForm(forms.Form):
    """Another person looked again."""

    reason = forms.CharField(
        label=_("复查理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class SettleForm(forms.Form):
    """What the authority decided on one question."""

    subject = forms.ChoiceField(label=_("适用于"), widget=forms.RadioSelect)
    value = forms.ChoiceField(
        label=_("决定"), choices=[("yes", _("是")), ("no", _("否"))], widget=forms.RadioSelect
    )
    document = forms.CharField(
        label=_("文号"), max_length=200, help_text=_("例如：宁经信函〔2018〕6号")
    )
    decided_on = forms.DateField(label=_("决定日"), widget=Day())
    note = forms.CharField(label=_("备注"), max_length=500, required=False)

    def __init__(self, *args: Any, question: Question, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subject = self.fields["subject"]
        assert isinstance(subject, forms.ChoiceField)
        subject.choices = [(key, said(words)) for key, words in question.subjects]
        subject.initial = question.subjects[0][0]
        self.fields["decided_on"].widget.attrs["max"] = today.isoformat()
