"""What a dashboard is asked by, and the same as parts of the addresses behind its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.scope import Scope
from phaseout.casework.cases.narrowing import city_choices, industry_choices
from phaseout.desk.fields import Day

FIRST_YEAR = 2017
"""The year of the Opinions: before it there is nothing to show a leader."""


@dataclass(frozen=True, slots=True)
class Asked:
    """As of when, where, of which industry, within whose reach.

    `year`: its end, and the money of that year; `on`: the end of that day; neither: now. `city` is
    the first four digits of division codes; empty is everywhere.
    """

    scope: Scope
    today: date
    year: int | None = None
    on: date | None = None
    city: str = ""
    industry: str = ""

    @property
    def cutoff(self) -> date:
        """The day at whose end it is asked; never after today."""
        end = date(self.year, 12, 31) if self.year is not None else self.on
        return self.today if end is None else min(end, self.today)

    @property
    def is_now(self) -> bool:
        """Whether it is about the present, of which more is known than of a day past."""
        return self.cutoff == self.today

    @property
    def prefix(self) -> dict[str, str]:
        """City and industry as parts of an address, where they are asked."""
        given = {"city": self.city, "industry": self.industry}
        return {name: value for name, value in given.items() if value}


class DashboardFilter(forms.Form):
    """At the end of which year or day, in which city, of which industry."""

    year = forms.ChoiceField(label=_("年末"), required=False)
    on = forms.DateField(label=_("或截至日期"), required=False, widget=Day())
    city = forms.ChoiceField(label=_("所在市"), required=False)
    industry = forms.ChoiceField(label=_("行业"), required=False)

    def __init__(self, *args: Any, scope: Scope, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope, self.today = scope, today
        years = [(str(year), str(year)) for year in range(today.year, FIRST_YEAR - 1, -1)]
        reached = [one for one in city_choices() if scope.reaches_into(one[0])]
        self._choose("year", [("", _("现在")), *years])
        self._choose("city", [("", _("全部")), *reached])
        self._choose("industry", [("", _("全部")), *industry_choices()])

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_on(self) -> date | None:
        on: date | None = self.cleaned_data["on"]
        if on is not None and on > self.today:
            raise forms.ValidationError(_("截至日期不能晚于今天。"))
        return on

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("year") and given.get("on"):
            self.add_error("on", _("年末和截至日期只能选一项。"))
        return given

    def asked(self) -> Asked:
        """What is asked; call after `is_valid()`."""
        given = self.cleaned_data
        return Asked(
            self.scope,
            self.today,
            int(given["year"]) if given["year"] else None,
            given["on"],
            given["city"],
            given["industry"],
        )
