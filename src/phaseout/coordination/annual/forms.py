"""Forms of the acts on the report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.coordination.returns.forms import RowForm
from phaseout.pages.forms import ActForm

REASON = forms.Textarea(attrs={"rows": 2})


class FreezeForm(ActForm):
    reason = forms.CharField(
        label=_("不待全部报送的理由"),
        max_length=1000,
        required=False,
        widget=REASON,
        help_text=_("各市报送全部核对接受的不填。"),
    )


class SeenForm(ActForm):
    """An act on the version that was seen."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class ApproveForm(SeenForm):
    document = forms.CharField(label=_("自治区人民政府同意文号"), max_length=120)


class DeclineForm(SeenForm):
    reason = forms.CharField(label=_("不同意的理由"), max_length=1000, widget=REASON)


class SendForm(ActForm):
    number = forms.CharField(label=_("发文字号"), max_length=60)


class CorrectForm(RowForm):
    """A row as it should be, with the reason and the document of the erratum."""

    key = ActForm.base_fields["key"]
    why = forms.CharField(label=_("勘误理由"), max_length=1000, widget=REASON)
    paper = forms.CharField(label=_("勘误文号"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["reason"]
