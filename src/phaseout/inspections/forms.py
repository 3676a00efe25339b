"""Forms of plans, draws, assignments, tips."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.organisations import counties
from phaseout.desk.fields import Day
from phaseout.inspections.acts.planning import Wanted
from phaseout.inspections.models import Tip
from phaseout.inspections.pressure import Pressure
from phaseout.inspections.subjects import SUBJECTS, Seat, words_of
from phaseout.law.judgement.dimensions import Dimension
from phaseout.pages.forms import ActForm
from phaseout.pages.templatetags.phaseout import said

RESTART = "restart"


class PlanForm(ActForm):
    """A number and a day for each industry that the territory has, as the pressure suggests."""

    year = forms.IntegerField(label=_("年度"), min_value=2017, max_value=2100)
    reason = forms.CharField(
        label=_("说明"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, *args: Any, seat: Seat, pressing: Sequence[Pressure], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pressing = pressing
        self.fields["year"].initial = today.year
        for one in pressing:
            due = min(one.next_due or date(today.year, 12, 31), date(today.year, 12, 31))
            self.fields[f"firms_{one.industry}"] = forms.IntegerField(
                min_value=0, max_value=one.firms, required=False, initial=one.suggested
            )
            self.fields[f"due_{one.industry}"] = forms.DateField(
                required=False, initial=due, widget=Day()
            )

    def rows(self) -> list[tuple[Pressure, Any, Any]]:
        return [
            (one, self[f"firms_{one.industry}"], self[f"due_{one.industry}"])
            for one in self.pressing
        ]

    def wanted(self) -> list[Wanted]:
        given = self.cleaned_data
        return [
            Wanted(one.industry, firms, given[f"due_{one.industry}"])
            for one in self.pressing
            if (firms := given.get(f"firms_{one.industry}"))
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for one in self.pressing:
            if given.get(f"firms_{one.industry}") and not given.get(f"due_{one.industry}"):
                self.add_error(f"due_{one.industry}", _("请填写完成期限。"))
        return given


class DrawForm(ActForm):
    wanted = forms.IntegerField(label=_("抽取企业数"), min_value=1)


class AssignForm(ActForm):
    first_day = forms.DateField(label=_("首日"), widget=Day())
    a_day = forms.IntegerField(label=_("每个工作日几家"), min_value=1, max_value=20, initial=2)
    span = forms.IntegerField(label=_("每家几个工作日"), min_value=1, max_value=10, initial=1)


class ReassignForm(ActForm):
    """Another inspector in the place of one of the team."""

    leaves = forms.ChoiceField(label=_("由谁改派"))
    comes = forms.ChoiceField(label=_("改派给"))
    reason = forms.CharField(label=_("改派理由"), max_length=400)

    def __init__(
        self,
        *args: Any,
        team: Sequence[tuple[str, str]],
        people: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaves"].choices = team  # type: ignore[attr-defined]
        self.fields["comes"].choices = people  # type: ignore[attr-defined]


class RecuseForm(ActForm):
    uscc = forms.CharField(label=_("企业统一社会信用代码"), max_length=30, min_length=18)
    reason = forms.CharField(label=_("回避理由"), max_length=400)


class TipForm(ActForm):
    """A tip. The last two fields stay with the office that handles it."""

    dimension = forms.ChoiceField(label=_("事项"))
    division_code = forms.ChoiceField(label=_("地点"))
    firm = forms.CharField(label=_("企业名称"), max_length=200)
    text = forms.CharField(
        label=_("情况"),
        min_length=5,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("何时、何处、看到了什么。"),
    )
    name = forms.CharField(label=_("您的姓名"), max_length=60, required=False)
    contact = forms.CharField(
        label=_("您的联系方式"),
        max_length=120,
        required=False,
        help_text=_("只有承办部门能看到，不在本系统其他任何页面出现。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dimension"].choices = [  # type: ignore[attr-defined]
            *((one, said(words_of(one))) for one in SUBJECTS),
            (RESTART, _("已断电、封存或退出的生产线又在生产")),
        ]
        self.fields["division_code"].choices = [  # type: ignore[attr-defined]
            (code, said(name)) for code, name in counties().items()
        ]

    def clean(self) -> dict[str, Any]:
        """Of a restart the department that leads the exit of outdated capacity hears (clauses 8 and
        9): it is the one that supervises energy."""
        given = super().clean() or {}
        restarted = given.get("dimension") == RESTART
        given["matter"] = Tip.Matter.RESTART.value if restarted else Tip.Matter.PLAIN.value
        if restarted:
            given["dimension"] = Dimension.ENERGY.value
        return given


class SettleForm(ActForm):
    """Accept a tip into a visit, or decline it."""

    reason = forms.CharField(
        label=_("理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AcceptForm(SettleForm):
    uscc = forms.CharField(label=_("企业统一社会信用代码"), max_length=18, min_length=18)
    begins = forms.DateField(label=_("检查日"), widget=Day())
    inspectors = forms.MultipleChoiceField(label=_("检查人员"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inspectors"].choices = people  # type: ignore[attr-defined]
