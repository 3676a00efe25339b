"""Forms of drafts, corrections, objections and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from phaseout.disclosure.lists.acts.drafting import Right
from phaseout.disclosure.lists.models import Entry
from phaseout.disclosure.lists.templatetags.list_words import entry_title
from phaseout.evidence.attaching import ACCEPT
from phaseout.law.lists.columns import columns_of
from phaseout.pages.forms import ActForm
from phaseout.pages.templatetags.phaseout import said

VALUES = 3
"""So many values are corrected at once."""


def _text(label: Any, **given: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **given
    )


class DraftForm(ActForm):
    """`annual`: a year has to be named."""

    year = forms.IntegerField(label=_("年度"), min_value=2017, max_value=2100)
    reason = _text(_("说明"), required=False)

    def __init__(self, *args: Any, annual: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not annual:
            del self.fields["year"]


class ReasonForm(ActForm):
    reason = _text(_("理由"))


class AnswerForm(ActForm):
    decision = forms.ChoiceField(label=_("决定"), widget=forms.RadioSelect)
    reason = _text(_("答复"))

    def __init__(self, *args: Any, listed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        upheld = _("异议成立，撤销列入") if listed else _("异议成立，不予列入")
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            ("no", _("异议不成立")),
            ("yes", upheld),
        ]


class ObjectForm(ActForm):
    statement = _text(_("异议内容"))
    file = forms.FileField(
        label=_("附件"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPT})
    )


class CorrectForm(ActForm):
    """Up to `VALUES` values of an edition, each as entry, column, right value."""

    def __init__(self, *args: Any, kind: str, entries: Sequence[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [("", "—"), *((str(e.ground), entry_title(e)) for e in entries)]
        columns = [("", "—")]
        columns += [(c.key, said(c.words)) for c in columns_of(kind) if c.correctable]
        for n in range(1, VALUES + 1):
            first = n == 1
            self.fields[f"entry_{n}"] = forms.ChoiceField(
                label=format_lazy("{} {}", _("条目"), n), choices=rows, required=first
            )
            self.fields[f"column_{n}"] = forms.ChoiceField(
                label=format_lazy("{} {}", _("栏目"), n), choices=columns, required=first
            )
            self.fields[f"value_{n}"] = forms.CharField(
                label=format_lazy("{} {}", _("更正为"), n), max_length=300, required=False
            )
        self.fields["reason"] = _text(_("更正理由"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for n in range(2, VALUES + 1):
            if given.get(f"entry_{n}") and not given.get(f"column_{n}"):
                self.add_error(f"column_{n}", _("请选择栏目。"))
        return given

    def rights(self) -> list[Right]:
        given = self.cleaned_data
        return [
            Right(UUID(given[f"entry_{n}"]), given[f"column_{n}"], given[f"value_{n}"])
            for n in range(1, VALUES + 1)
            if given.get(f"entry_{n}")
        ]
