"""Forms of drafts, consultations, opinions, adoption."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.organisations import divisions
from phaseout.coordination.offices import cities, name_of
from phaseout.coordination.planning.acts import Edits, LineEdit, TextEdit
from phaseout.coordination.planning.models import Measure, PlannedLine
from phaseout.coordination.planning.progress import STATES
from phaseout.coordination.planning.showing import OUTCOMES
from phaseout.desk.fields import Day
from phaseout.law.industries import INDUSTRIES
from phaseout.law.opinions import Opinions
from phaseout.law.planning import opinions_within
from phaseout.pages.forms import ActForm, day_field
from phaseout.pages.templatetags.phaseout import said


class DraftForm(ActForm):
    """A year's plan is drawn up; from the second draft on with the reason."""

    reason = forms.CharField(
        label=_("拟定（修改）说明"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, first: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = not first


class LinesForm(DraftForm):
    """The lines on the page: in or out, by when, whose; each change with its reason."""

    def __init__(self, *args: Any, shown: Sequence[PlannedLine], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        offices = office_choices(on)
        for one in shown:
            self.fields[f"in_{one.pk}"] = forms.BooleanField(
                label=_("列入"), required=False, initial=one.included
            )
            self.fields[f"due_{one.pk}"] = forms.DateField(
                label=_("时间节点"), initial=one.due, widget=Day()
            )
            self.fields[f"office_{one.pk}"] = forms.ChoiceField(
                label=_("责任部门"), choices=offices, initial=one.office
            )
            self.fields[f"why_{one.pk}"] = forms.CharField(
                label=_("修改理由"), required=False, max_length=400
            )

    def rows(self) -> list[tuple[PlannedLine, Any, Any, Any, Any]]:
        found = []
        for one in self.shown:
            included, due = self[f"in_{one.pk}"], self[f"due_{one.pk}"]
            found.append((one, included, due, self[f"office_{one.pk}"], self[f"why_{one.pk}"]))
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for one in self.shown:
            if self._said(one, given) and not given.get(f"why_{one.pk}", "").strip():
                self.add_error(f"why_{one.pk}", _("请写明修改理由。"))
        return given

    def edits(self) -> Edits:
        """What is said otherwise than the draft says."""
        given = self.cleaned_data
        lines = {
            one.line_id: LineEdit(given[f"why_{one.pk}"], **changes)
            for one in self.shown
            if (changes := self._said(one, given))
        }
        return Edits(lines=lines, reason=given["reason"])

    def _said(self, one: PlannedLine, given: dict[str, Any]) -> dict[str, Any]:
        said_ = {"included": f"in_{one.pk}", "due": f"due_{one.pk}", "office": f"office_{one.pk}"}
        return {
            name: given[key]
            for name, key in said_.items()
            if key in given and given[key] != getattr(one, name)
        }


class TakeInForm(DraftForm):
    """A line nobody found is taken into the plan."""

    line_id = forms.CharField(label=_("生产线编号"), max_length=64)
    why = forms.CharField(label=_("列入理由"), max_length=400)

    def edits(self) -> Edits:
        given = self.cleaned_data
        edit = LineEdit(given["why"], included=True)
        return Edits(lines={given["line_id"].strip(): edit}, reason=given["reason"])


class MeasuresForm(DraftForm):
    """The texts of the measures; each other text with its reason."""

    def __init__(self, *args: Any, shown: Sequence[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        for one in shown:
            self.fields[f"text_{one.place}"] = forms.CharField(
                label=_("工作措施"),
                max_length=2000,
                initial=one.text,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"why_{one.place}"] = forms.CharField(
                label=_("修改理由"), required=False, max_length=400
            )

    def rows(self) -> list[tuple[Measure, Any, Any]]:
        return [(o, self[f"text_{o.place}"], self[f"why_{o.place}"]) for o in self.shown]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for one in self.shown:
            text = given.get(f"text_{one.place}")
            if text and text != one.text and not given.get(f"why_{one.place}", "").strip():
                self.add_error(f"why_{one.place}", _("请写明修改理由。"))
        return given

    def edits(self) -> Edits:
        given = self.cleaned_data
        texts = {
            one.place: TextEdit(given[f"text_{one.place}"], given[f"why_{one.place}"])
            for one in self.shown
            if given[f"text_{one.place}"] != one.text
        }
        return Edits(measures=texts, reason=given["reason"])


class ConsultForm(ActForm):
    """Who is asked besides those the clause names, and by when they reply."""

    offices = forms.MultipleChoiceField(
        label=_("征求意见的部门"), widget=forms.CheckboxSelectMultiple
    )
    last_day = day_field(_("反馈截止日"))

    def __init__(self, *args: Any, named: Sequence[str], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = dict.fromkeys([*named, *cities(), *Opinions.of().cooperating(18)])
        field = self.fields["offices"]
        field.choices = [(one, said(name_of(one, on))) for one in order]  # type: ignore[attr-defined]
        field.initial = [*named, *cities()]
        if (most := opinions_within(on)) is not None:
            self.fields["last_day"].help_text = _("不晚于 %(day)s。") % {"day": most.last}


class OpinionForm(ActForm):
    """A department's points, one a line of the form; none: it agrees."""

    points = forms.CharField(
        label=_("意见（每行一条；没有意见请留空）"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def listed(self) -> list[str]:
        return [text for text in self.cleaned_data["points"].splitlines() if text.strip()]


class AnswerForm(ActForm):
    """How one point is answered."""

    outcome = forms.ChoiceField(label=_("处理"))
    reason = forms.CharField(
        label=_("说明（未采纳或部分采纳时必填）"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(outcome, said(words)) for outcome, words in OUTCOMES.items()]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]


class AdoptForm(ActForm):
    document = forms.CharField(label=_("文号"), max_length=80)


class SendBackForm(ActForm):
    reason = forms.CharField(
        label=_("退回理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class LinesFilter(forms.Form):
    """What the list of planned lines can be narrowed by."""

    aim = forms.ChoiceField(label=_("目标"), required=False)
    industry = forms.ChoiceField(label=_("行业"), required=False)
    city = forms.ChoiceField(label=_("市"), required=False)
    office = forms.ChoiceField(label=_("责任部门"), required=False)
    state = forms.ChoiceField(label=_("进展"), required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = [(code, said(name_of(code, on))) for code in cities()]
        states = [(str(key), said(words)) for key, words in STATES.items()]
        choices: dict[str, list[Any]] = {
            "aim": [("exit", _("退出")), ("rectify", _("整改"))],
            "industry": [(one.key, said((one.zh, one.en))) for one in INDUSTRIES.values()],
            "city": [
                (code.removeprefix("city_")[:4], said(divisions()[code.removeprefix("city_")]))
                for code, _name in towns
            ],
            "office": office_choices(on),
            "state": [*states, ("left_out", _("未列入"))],
        }
        for name, listed in choices.items():
            self.fields[name].choices = [("", _("全部")), *listed]  # type: ignore[attr-defined]


def office_choices(on: date) -> list[tuple[str, str]]:
    """Who can be responsible: all that lead in clauses (4) to (9), and the cities."""
    opinions = Opinions.of()
    led = [f for duty in opinions.duties if 4 <= duty.clause <= 9 for f in duty.lead]
    return [(one, said(name_of(one, on))) for one in dict.fromkeys([*led, *cities()])]
