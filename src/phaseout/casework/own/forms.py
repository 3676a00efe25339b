"""The forms of the enterprise's site that are no act."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from phaseout.desk.fields import Day
from phaseout.evidence.attaching import ACCEPT, LARGEST


class EvidenceForm(forms.Form):
    """A file with what it shows, its own date and its last valid day."""

    file = forms.FileField(
        label=_("文件"),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
    )
    note = forms.CharField(label=_("证明什么"), max_length=500)
    dated_on = forms.DateField(
        label=_("文件日期"),
        required=False,
        widget=Day(),
    )
    expires_on = forms.DateField(
        label=_("有效期至"),
        required=False,
        widget=Day(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Here and not above: a lazy text with a number in it is said when the site starts.
        self.fields["file"].help_text = gettext(
            "PDF、图片、OFD、DOCX、XLSX，不超过 %(most)s MB。"
        ) % {"most": LARGEST // 1024 // 1024}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("dated_on"), given.get("expires_on")
        if first and last and last < first:
            self.add_error("expires_on", _("有效期截止日早于文件日期。"))
        return given
