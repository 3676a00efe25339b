"""The list of cases: what it can be narrowed by, and one page of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaseout.accounts.organisations import office_name
from phaseout.accounts.powers import Power
from phaseout.accounts.scope import ALL_DIMENSIONS, Scope
from phaseout.casework.cases.narrowing import city_choices
from phaseout.casework.cases.offices import office_of
from phaseout.casework.findings.filters import MOST_NAMED
from phaseout.casework.models import Case, CaseTask, TaskStanding
from phaseout.pages.templatetags.phaseout import said
from phaseout.registry.merging import same_enterprises
from phaseout.registry.models import Enterprise, ProductionLine
from phaseout.reporting.words import DIMENSIONS

NEWEST_FIRST = ("-opened_on", "-id")


class CaseFilter(forms.Form):
    """What the list can be narrowed by; every field may be left empty."""

    q = forms.CharField(
        label=_("案号、企业或生产线"), max_length=60, required=False,
    )  # fmt: skip
    dimension = forms.ChoiceField(label=_("标准"), required=False)
    city = forms.ChoiceField(label=_("市"), required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", pgettext_lazy("案件状态", "全部")),
            ("open", _("未结")),
            ("closed", _("已结")),
        ],
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dimension"].choices = [  # type: ignore[attr-defined]
            ("", pgettext_lazy("标准", "全部")),
            *((d.value, said(DIMENSIONS[d])) for d in scope.dimensions()),
        ]
        self.fields["city"].choices = [  # type: ignore[attr-defined]
            ("", pgettext_lazy("市", "全部")),
            *city_choices(),
        ]

    def condition(self) -> Q:
        """The condition on cases; call after `is_valid()`."""
        asked, condition = self.cleaned_data, Q()
        if asked["q"]:
            condition &= _called(asked["q"].strip())
        if asked["dimension"]:
            condition &= Q(dimension=asked["dimension"])
        if asked["city"]:
            condition &= Q(division_code__startswith=asked["city"])
        if asked["state"]:
            condition &= Q(closed_on__isnull=asked["state"] == "open")
        return condition


def _called(text: str) -> Q:
    """The number of a case, or the name or id of an enterprise or a line. Names are looked up
    first, so that cases are then found by index. A case keeps the entry it was opened against:
    whichever code or name of an enterprise is asked for, the cases of all its entries are found."""
    named = {"name__icontains": text}
    usccs = Enterprise.objects.filter(**named).values_list("pk", flat=True)[:MOST_NAMED]
    lines = ProductionLine.objects.filter(**named).values_list("pk", flat=True)[:MOST_NAMED]
    part = "contains" if "〔" in text else "startswith"
    return (
        Q(**{f"number__{part}": text})
        | Q(enterprise_id__in=same_enterprises([text, *usccs]))
        | Q(line_id__in=[text, *lines])
    )


def cases_within(scope: Scope) -> QuerySet[Case]:
    """The cases a person may see, with what a row of the list needs: those within the dimensions
    and the place of a post, and those in which an office of the person has or had a task, be it
    raised for it or handed on to it."""
    reach = scope.findings()
    held = tasks_held_in(scope)
    if held:
        reach |= Q(Exists(CaseTask.objects.filter(held, case=OuterRef("pk"))))
        reach |= Q(Exists(TaskStanding.objects.filter(held, case=OuterRef("pk"))))
    return Case.objects.filter(reach).select_related("enterprise", "line")


def tasks_held_in(scope: Scope) -> Q:
    """Condition on tasks: of the offices of a scope; empty where there are none."""
    held = Q()
    for office, prefix in offices_with_tasks(scope):
        held |= Q(office=office, division_code__startswith=prefix)
    return held


def offices_with_tasks(scope: Scope) -> list[tuple[str, str]]:
    """The offices of a scope with the leading digits of their place. A post that reaches all
    dimensions is left out: it needs no task to see a case."""
    return [
        (office_of(grant), grant.prefix)
        for grant in scope.grants
        if Power.READ in grant.powers and not grant.uscc and grant.dimensions != ALL_DIMENSIONS
    ]


def reads_whole(case: Case, scope: Scope) -> bool:
    """Whether the person reads the whole file of a case: by its dimension and place, or as its
    enterprise. Whoever sees it for a task only reads what concerns the task."""
    if scope.may(Power.READ, division=case.division_code, dimension=case.dimension):
        return True
    return scope.may(Power.READ, uscc=case.enterprise_id)


def office_words(case: Case, on: date) -> tuple[str, str]:
    """The name of the office that handles the case, on a day."""
    return office_name(case.office, case.division_code, on)
