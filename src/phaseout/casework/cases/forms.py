"""The form that opens a case: the reason, and the line where the findings name none."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.casework.acts import LONGEST_REASON
from phaseout.registry.models import ProductionLine


class LineForm(forms.Form):
    """Which line, where the findings concern the whole enterprise."""

    line = forms.ModelChoiceField(
        ProductionLine.objects.none(),
        label=_("本案所办的生产线"),
        to_field_name="pk",
        empty_label=_("请选择"),
    )

    def __init__(self, *args: Any, enterprise: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["line"]
        field.queryset = ProductionLine.objects.filter(enterprise=enterprise).order_by("pk")
        # Names alone may be alike.
        field.label_from_instance = lambda line: f"{line.name} · {line.pk}"


class OpeningForm(forms.Form):
    """The act as it is sent: everything that was shown travels with it."""

    reason = forms.CharField(
        label=_("立案理由"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写入案卷，不能更改。"),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
