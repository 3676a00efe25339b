"""What lists of cases and of their deadlines are narrowed by besides: for people of offices, on the
page and behind a figure of the dashboards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaseout.accounts.organisations import cities, office_name
from phaseout.desk.fields import Day
from phaseout.law.industries import INDUSTRIES
from phaseout.law.opinions import CITIES, Opinions
from phaseout.law.procedures import PROCEDURES, procedure, versions
from phaseout.law.refusals import Bilingual
from phaseout.pages.templatetags.phaseout import said
from phaseout.reporting.words import DIMENSIONS

PROCEDURE_WORDS: dict[str, Bilingual] = {
    **{name: DIMENSIONS[name] for name in PROCEDURES if name in DIMENSIONS},
    "exit": ("产能退出", "exit of capacity"),
}
Choices = list[tuple[str, str]]


def procedure_choices() -> Choices:
    return [(name, said(PROCEDURE_WORDS[name])) for name in PROCEDURES]


def industry_choices() -> Choices:
    return [(key, said((one.zh, one.en))) for key, one in INDUSTRIES.items()]


def office_choices(on: date) -> Choices:
    """The offices that a case can be with, under the names of the day."""
    known = dict.fromkeys(one.function for one in Opinions.of().holders if one.function != CITIES)
    return [(office, said(office_name(office, "", on))) for office in known]


def city_choices() -> Choices:
    """The cities by the first four digits of their codes."""
    return [(code[:4], said(words)) for code, words in cities().items()]


def stages_of(name: str) -> dict[str, Bilingual]:
    """The stages of a procedure in words, of all its versions, the newest words."""
    if name not in PROCEDURES:
        return {}
    found: dict[str, Bilingual] = {}
    for first, _last in versions(name):
        stages = procedure(name, version=first.isoformat()).stages
        found |= {key: stage.name for key, stage in stages.items()}
    return found


class CloserFilter(forms.Form):
    """The fields; all may be left empty. `stage` is one of the procedure that is asked for."""

    procedure = forms.ChoiceField(label=_("程序"), required=False)
    stage = forms.ChoiceField(label=_("阶段"), required=False)
    office = forms.ChoiceField(label=_("承办机关"), required=False)
    industry = forms.ChoiceField(label=_("行业"), required=False)
    opened_from = forms.DateField(label=_("立案日起"), required=False, widget=Day())
    opened_to = forms.DateField(label=_("立案日止"), required=False, widget=Day())
    closed_from = forms.DateField(label=_("结案日起"), required=False, widget=Day())
    closed_to = forms.DateField(label=_("结案日止"), required=False, widget=Day())
    open_on = forms.DateField(label=_("当日终了时未结"), required=False, widget=Day())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.data.get("procedure", "")
        stages = [(key, said(words)) for key, words in stages_of(asked).items()]
        for name, choices in {
            "procedure": procedure_choices(),
            "stage": stages,
            "office": office_choices(today),
            "industry": industry_choices(),
        }.items():
            every = ("", pgettext_lazy("案件状态", "全部"))
            self.fields[name].choices = [every, *choices]  # type: ignore[attr-defined]

    def shown(self) -> Iterator[forms.BoundField]:
        """The fields that can be chosen from."""
        return (self[name] for name in self.fields if name != "stage" or self["procedure"].value())

    @property
    def used(self) -> bool:
        """Whether something is asked for by one of these."""
        return any(self.data.get(name) for name in self.fields)

    def condition(self) -> Q:
        """The condition on cases; call after `is_valid()`."""
        given = self.cleaned_data
        wanted = {
            "procedure": given["procedure"],
            "stage": given["stage"],
            "office": given["office"],
            "line__industry": given["industry"],
            "opened_on__gte": given["opened_from"],
            "opened_on__lte": given["opened_to"],
            "closed_on__gte": given["closed_from"],
            "closed_on__lte": given["closed_to"],
        }
        found = Q(**{name: value for name, value in wanted.items() if value})
        return found & open_at_end_of(given["open_on"]) if given["open_on"] else found


def open_at_end_of(day: date) -> Q:
    """Condition on cases that were open at the end of a day, as their closing days stand now."""
    return Q(opened_on__lte=day) & (Q(closed_on=None) | Q(closed_on__gt=day))


class DueFilter(forms.Form):
    """What is due, deadlines or tasks: by office, place, industry; both days are inside."""

    office = forms.ChoiceField(label=_("承办机关"), required=False)
    city = forms.ChoiceField(label=_("市"), required=False)
    industry = forms.ChoiceField(label=_("行业"), required=False)
    due_from = forms.DateField(label=_("最后一日自"), required=False, widget=Day())
    due_to = forms.DateField(label=_("最后一日至"), required=False, widget=Day())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in {
            "office": office_choices(today),
            "city": city_choices(),
            "industry": industry_choices(),
        }.items():
            every = ("", pgettext_lazy("市", "全部"))
            self.fields[name].choices = [every, *choices]  # type: ignore[attr-defined]

    def condition(self) -> Q:
        """The condition on deadlines, or on tasks; call after `is_valid()`."""
        given = self.cleaned_data
        wanted = {
            "office": given["office"],
            "division_code__startswith": given["city"],
            "case__line__industry": given["industry"],
            "due__gte": given["due_from"],
            "due__lte": given["due_to"],
        }
        return Q(**{name: value for name, value in wanted.items() if value})
