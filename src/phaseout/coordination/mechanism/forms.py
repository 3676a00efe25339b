"""Forms of meetings, minutes, reports, checks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from phaseout.coordination.mechanism.acts import Decided, Held
from phaseout.coordination.mechanism.models import Meeting, Minutes
from phaseout.coordination.offices import cities, name_of, offices_of_duty
from phaseout.desk.fields import Day
from phaseout.law.opinions import CITIES, Opinions
from phaseout.pages.forms import ActForm, day_field
from phaseout.pages.templatetags.phaseout import said

EMPTY_POINTS = 5
"""So many empty rows the form of minutes has beside those filled."""


def office_choices(on: date) -> list[tuple[str, str]]:
    """Everybody who has a duty in the Opinions, the mechanism's own offices first."""
    opinions = Opinions.of()
    order = dict.fromkeys(offices_of_duty(opinions.duty(18)))
    for duty in opinions.duties:
        order.update(dict.fromkeys(one for one in offices_of_duty(duty) if one != CITIES))
    order.update(dict.fromkeys(cities()))
    return [(one, said(name_of(one, on))) for one in order]


class MeetingForm(ActForm):
    """When, where, about what, with whom."""

    on = day_field(_("会议日期"))
    place = forms.CharField(label=_("地点"), max_length=120)
    topic = forms.CharField(
        label=_("议题"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    invited = forms.MultipleChoiceField(label=_("参加单位"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["invited"]
        field.choices = office_choices(today)  # type: ignore[attr-defined]
        field.initial = offices_of_duty(Opinions.of().duty(18))


class MoveForm(ActForm):
    """Another day or place, filled in as they are."""

    on = day_field(_("新的会议日期"))
    place = forms.CharField(label=_("新的地点"), max_length=120)
    reason = forms.CharField(
        label=_("改期原因"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class CallOffForm(ActForm):
    reason = forms.CharField(
        label=_("取消原因"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class MinutesForm(ActForm):
    """The minutes: decisions in rows of text, office and day; empty rows are no decisions."""

    held_on = day_field(_("召开日"))
    chair = forms.CharField(label=_("主持人"), max_length=60)
    present = forms.MultipleChoiceField(label=_("到会单位"), widget=forms.CheckboxSelectMultiple)
    summary = forms.CharField(
        label=_("会议情况"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(
        self, *args: Any, today: date, meeting: Meeting, last: Minutes | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = office_choices(today)
        self.fields["present"].choices = choices  # type: ignore[attr-defined]
        # who called it is there
        self.fields["present"].initial = (
            last.present if last else [meeting.office, *meeting.invited]
        )
        self.fields["held_on"].initial = min(meeting.day, today)
        if last is not None:
            for name in ("held_on", "chair", "summary"):
                self.fields[name].initial = getattr(last, name)
        known = list(last.points.all()) if last else []
        self.places = range(1, len(known) + EMPTY_POINTS + 1)
        for place in self.places:
            point = known[place - 1] if place <= len(known) else None
            self._row(place, point, choices)

    def _row(self, place: int, point: Any, choices: list[tuple[str, str]]) -> None:
        self.fields[f"text_{place}"] = forms.CharField(
            label=_("议定事项"),
            required=False,
            max_length=4000,
            initial=point.text if point else "",
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[f"office_{place}"] = forms.ChoiceField(
            label=_("责任单位"),
            required=False,
            choices=[("", "—"), *choices],
            initial=point.office if point else "",
        )
        self.fields[f"due_{place}"] = forms.DateField(
            label=_("完成时限"), required=False, initial=point.due if point else None, widget=Day()
        )

    def rows(self) -> list[tuple[int, Any, Any, Any]]:
        return [
            (place, self[f"text_{place}"], self[f"office_{place}"], self[f"due_{place}"])
            for place in self.places
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for place in self.places:
            row = [given.get(f"{name}_{place}") for name in ("text", "office", "due")]
            if any(row) and not all(row):
                told = ValidationError(_("议定事项须写明内容、责任单位和完成时限。"))
                self.add_error(f"text_{place}", told)
        return given

    def held(self) -> Held:
        given = self.cleaned_data
        points = [
            Decided(given[f"text_{n}"], given[f"office_{n}"], given[f"due_{n}"])
            for n in self.places
            if given[f"text_{n}"]
        ]
        return Held(given["held_on"], given["chair"], given["present"], given["summary"], points)


class ReportForm(ActForm):
    text = forms.CharField(
        label=_("落实情况"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    done = forms.BooleanField(label=_("已完成"), required=False)


class CheckForm(ActForm):
    accepted = forms.ChoiceField(
        label=_("核实"), choices=[("yes", _("核实完成")), ("no", _("退回继续落实"))]
    )
    reason = forms.CharField(
        label=_("说明（退回时必填）"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
