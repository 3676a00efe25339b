"""Forms of measures, records, answers, checks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from phaseout.casework.tasks.forms import Files, ManyFiles
from phaseout.coordination.supervision.acts import Demanded, Drawn, Held
from phaseout.desk.fields import Day
from phaseout.evidence.attaching import ACCEPT
from phaseout.law.supervision import MeasureKind, rule
from phaseout.pages.forms import ActForm, day_field

ROWS = 5
"""So many rows for demands; more are asked for by another measure, or in the minutes."""


def _text(label: Any, rows: int = 3, **given: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **given
    )


def _proofs() -> Files:
    return Files(
        label=_("附件"), required=False, widget=ManyFiles(attrs={"accept": ACCEPT}),
        help_text=_("PDF、PNG、JPEG、OFD、DOCX、XLSX，每件不超过20 MB；可选多件。"),
    )  # fmt: skip


class DemandsForm(ActForm):
    """Rows of demands: words and day; empty rows are none."""

    def _rows(self, proposed: date, *, least: int = 0) -> None:
        """`least`: so many must be filled in."""
        self.places = range(1, ROWS + 1)
        for place in self.places:
            must = place <= least
            self.fields[f"text_{place}"] = _text(_("要求"), 2, required=must)
            self.fields[f"due_{place}"] = forms.DateField(
                label=_("期限"), required=must, widget=Day(),
                initial=proposed if place == 1 else None,
            )  # fmt: skip

    def rows(self) -> list[tuple[int, Any, Any]]:
        if not hasattr(self, "places"):
            return []
        return [(n, self[f"text_{n}"], self[f"due_{n}"]) for n in self.places]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for place in getattr(self, "places", ()):
            text, due = given.get(f"text_{place}"), given.get(f"due_{place}")
            if text and not due and f"due_{place}" not in self.errors:
                self.add_error(f"due_{place}", ValidationError(_("请写明这项要求的期限。")))
            if due and not text and place > 1:  # the first day is filled in by the form
                self.add_error(f"text_{place}", ValidationError(_("请写明要求，或清空期限。")))
        return given

    def demands(self) -> list[Demanded]:
        given = self.cleaned_data
        return [
            Demanded(given[f"text_{n}"], given[f"due_{n}"])
            for n in getattr(self, "places", ())
            if given[f"text_{n}"]
        ]


class DrawForm(DemandsForm):
    """A measure of a kind: its reason; when, where, who of one that takes place; else demands."""

    text = _text(_("事由"), 4, help_text=_("写明主要问题。指标和超过的阈值由系统列入文件。"))
    on = day_field(_("日期"))
    place = forms.CharField(label=_("地点"), max_length=120)
    persons = forms.CharField(
        label=_("人员"), max_length=400,
        help_text=_("约谈对象和参加人员，或督查组成员。"),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: MeasureKind, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind.takes_place:
            return
        for name in ("on", "place", "persons"):
            del self.fields[name]
        self._rows(today + timedelta(days=int(rule("answer_within", today).value)), least=1)

    def drawn(self) -> Drawn:
        given = self.cleaned_data
        where = {name: given[name] for name in ("on", "place", "persons") if name in given}
        return Drawn(given["text"], self.demands(), **where)


class RecordForm(DemandsForm):
    """What took place, and what is demanded now."""

    held_on = day_field(_("进行日期"))
    present = forms.CharField(label=_("参加人员"), max_length=400)
    summary = _text(_("情况"), 4)
    proofs = _proofs()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows(today + timedelta(days=int(rule("answer_within", today).value)))

    def held(self, files: Sequence[str] = ()) -> Held:
        """`files`: digests of what `proofs` brought."""
        given = self.cleaned_data
        return Held(given["held_on"], given["present"], given["summary"], self.demands(), files)


class DismissForm(ActForm):
    target = forms.CharField(widget=forms.HiddenInput, max_length=32)
    reason = _text(_("不采纳的理由"), 2)


class SignForm(ActForm):
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


class DeclineForm(ActForm):
    reason = _text(_("不予签发的理由"), 2)


class LiftForm(ActForm):
    reason = _text(_("解除的说明"), 2)


class HandOverForm(ActForm):
    firms = forms.MultipleChoiceField(label=_("企业"), widget=forms.CheckboxSelectMultiple)
    text = forms.CharField(
        label=_("线索内容"), min_length=5, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, firms: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["firms"].choices = firms  # type: ignore[attr-defined]


class AnswerForm(ActForm):
    text = _text(_("答复"), 2)
    proofs = _proofs()


class CheckForm(ActForm):
    accepted = forms.ChoiceField(
        label=_("核实"), choices=[("yes", _("核实完成")), ("no", _("退回继续落实"))]
    )
    reason = _text(_("说明（退回时必填）"), 2, required=False)
