"""Form fields by the types of the procedure's items."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.casework.cases.timeline import WAYS
from phaseout.desk.fields import Day
from phaseout.evidence.attaching import ACCEPT, LARGEST
from phaseout.law.procedures.records import Bring
from phaseout.pages.forms import MoneyField
from phaseout.pages.templatetags.phaseout import english, said

LONGEST_TEXT = 2000


class SeveralFiles(forms.FileInput):
    """A control that takes several files at once."""

    allow_multiple_selected = True

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: files that are attached already do."""
        return False


class Files(forms.Field):
    """The files that come with this sending; they are kept before the form looks at them, and
    `ActForm.clean` asks whether any are attached."""

    widget = SeveralFiles

    def clean(self, value: Any) -> None:
        return None


class Lines(forms.CharField):
    """One entry a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _text(bring: Bring, **given: Any) -> forms.Field:
    rows = 3 if bring.item in _LONG else 1
    widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
    return forms.CharField(max_length=LONGEST_TEXT, widget=widget, **given)


def _file(bring: Bring, **given: Any) -> forms.Field:
    return Files(
        widget=SeveralFiles(attrs={"accept": ACCEPT}),
        help_text=_("可一次选择几份：PDF、图片、OFD、DOCX、XLSX，每份不超过 %(most)s MB。")
        % {"most": LARGEST // 1024 // 1024},
        **given,
    )


def _day(bring: Bring, **given: Any) -> forms.Field:
    return forms.DateField(widget=Day(), **given)


def _moment(bring: Bring, **given: Any) -> forms.Field:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text=_("北京时间。"), **given,
    )  # fmt: skip


def _number(bring: Bring, **given: Any) -> forms.Field:
    return forms.IntegerField(min_value=1, max_value=36500, **given)


def _amount(bring: Bring, **given: Any) -> forms.Field:
    return MoneyField(**given)


def _lines(bring: Bring, **given: Any) -> forms.Field:
    return Lines(max_length=LONGEST_TEXT * 5, help_text=_("每行一条。"), **given)


_LONG = frozenset(
    {
        "facts_found", "basis_told", "rights_told", "reason", "seriousness", "grounds_of_date",
        "commitment_text", "correction_content", "validity_statement", "performance_due",
    }
)  # fmt: skip

_OF_TYPE: Mapping[str, Callable[..., forms.Field]] = {
    "text": _text,
    "file": _file,
    "date": _day,
    "moment": _moment,
    "number": _number,
    "amount": _amount,
    "list": _lines,
}


def field_of(bring: Bring) -> forms.Field:
    """The field of an item; maps and licences have several, which the form makes itself."""
    return _OF_TYPE[bring.type](bring, label=label_of(bring), required=not bring.optional)


def label_of(bring: Bring) -> str:
    """The name of the item; English names begin with a capital as labels do."""
    words = said(bring.name)
    return words[:1].upper() + words[1:] if english() else words


def way_field(label: str) -> forms.ChoiceField:
    """How it was served."""
    choices = [("", _("请选择")), *((way, said(words)) for way, words in WAYS.items())]
    return forms.ChoiceField(label=label, choices=choices)


def choice(label: str, options: list[tuple[str, str]]) -> forms.ChoiceField:
    """One of a few that the case allows."""
    return forms.ChoiceField(label=label, choices=[("", _("请选择")), *options])
