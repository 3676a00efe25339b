"""Forms of what can be done with a task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.casework.tasks.refusing import LONGEST_REASON
from phaseout.evidence.attaching import ACCEPT
from phaseout.law.refusals import Bilingual
from phaseout.pages.templatetags.phaseout import said

REASONS = {
    "return": _("退回理由"),
    "report": _("办理情况"),
    "urge": _("催办内容"),
    "transfer": _("转办理由"),
}


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files, each checked as one is."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(Files, self).clean(one, initial) for one in data or []]


class TaskForm(forms.Form):
    """One form for each kind: only its own fields. `key` makes it happen once."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(
        self, data: Any = None, files: Any = None, *, kind: str, offices: Mapping[str, Bilingual]
    ) -> None:
        super().__init__(data, files, label_suffix="", auto_id=f"id_{kind}_%s")
        if kind == "transfer":
            self.fields["to_office"] = forms.ChoiceField(
                label=_("转至"),
                choices=[("", "—"), *((office, said(name)) for office, name in offices.items())],
            )
        if kind in REASONS:
            self.fields["reason"] = forms.CharField(
                label=REASONS[kind],
                max_length=LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        if kind == "report":
            self.fields["files"] = Files(
                label=_("附件"),
                required=False,
                widget=ManyFiles(attrs={"accept": ACCEPT}),
                help_text=_("PDF、PNG、JPEG、OFD、DOCX、XLSX，每件不超过20 MB；可选多件。"),
            )
