"""What the inbox can be narrowed by, how it is ordered, and as of which day it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Greatest
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaseout.accounts import organisations
from phaseout.accounts.scope import Scope
from phaseout.casework.models import Finding
from phaseout.law.industries import INDUSTRIES
from phaseout.law.judgement.dimensions import Effect, Verdict
from phaseout.pages.templatetags.phaseout import said
from phaseout.pages.widgets import PlainDay, PlainInput, PlainSelect
from phaseout.registry.models import Enterprise, ProductionLine
from phaseout.reporting.words import DIMENSIONS, VERDICTS

ORDERS: Mapping[str, tuple[str, ...]] = {
    "gravity": ("-gravity", "-id"),
    "newest": ("-found_on", "-id"),
    "period": ("-until", "-id"),
    "enterprise": ("enterprise_id", "id"),
}


def sorted_apart(rows: QuerySet[Finding], order: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
    """The rows in the same order, by an expression that no index knows: the database then finds
    them by what they are narrowed by, and sorts what it found."""
    name = order[0].lstrip("-")
    kind: Any = Finding._meta.get_field(name)
    kind = getattr(kind, "output_field", getattr(kind, "target_field", kind))
    weight = Greatest(F(name), Value(_LEAST[name], output_field=kind), output_field=kind)
    return rows.annotate(weight=weight), (order[0].replace(name, "weight"), *order[1:])


_LEAST: Mapping[str, Any] = {
    "gravity": Decimal(0),
    "found_on": date.min,
    "until": date.min,
    "enterprise_id": "",
}

ORDER_WORDS = (
    ("gravity", _("超出限值的程度")),
    ("newest", _("最新认定")),
    ("period", _("期间止")),
    ("enterprise", _("企业")),
)
EFFECT_WORDS = (
    (Effect.OPENS, _("可据以立案")),
    (Effect.WARNS, _("警示")),
    (Effect.RECORDS, _("存档")),
)
TALLIED = ("dimension", "city", "industry", "verdict", "provisional", "effect")
"""Fields whose every combination the database counts as findings are written."""

MOST_NAMED = 500
"""So many enterprises and lines a text may mean; beyond it says too little to search by."""


class InboxFilter(forms.Form):
    """Every field may be left empty. What is not understood is named beside its field."""

    dimension = forms.ChoiceField(widget=PlainSelect, label=_("标准"), required=False)
    verdict = forms.ChoiceField(widget=PlainSelect, label=_("结论"), required=False)
    city = forms.ChoiceField(widget=PlainSelect, label=_("市"), required=False)
    industry = forms.ChoiceField(widget=PlainSelect, label=_("行业"), required=False)
    provisional = forms.ChoiceField(
        widget=PlainSelect,
        label=_("是否暂定"),
        required=False,
        choices=[
            ("", pgettext_lazy("是否暂定", "全部")),
            ("yes", _("暂定")),
            ("no", _("非暂定")),
        ],
    )
    q = forms.CharField(
        widget=PlainInput, label=_("企业或生产线名称"), max_length=60, required=False
    )
    sort = forms.ChoiceField(
        widget=PlainSelect, label=_("排序"), required=False, choices=ORDER_WORDS
    )
    effect = forms.ChoiceField(
        widget=PlainSelect,
        label=_("效力"),
        required=False,
        choices=[("", pgettext_lazy("效力", "全部")), *EFFECT_WORDS],
    )
    row = forms.CharField(
        widget=PlainInput, label=_("标准记录编号"), max_length=200, required=False
    )
    enterprise = forms.CharField(
        widget=PlainInput, label=_("统一社会信用代码"), max_length=18, required=False
    )
    line = forms.CharField(widget=PlainInput, label=_("生产线编号"), max_length=64, required=False)
    as_of = forms.DateField(label=_("截至日期"), required=False, widget=PlainDay)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("dimension", [(d.value, said(DIMENSIONS[d])) for d in scope.dimensions()])
        self._choose("verdict", [(v.value, said(VERDICTS[v])) for v in Verdict])
        self._choose("city", [(code[:4], name) for code, name in cities().items()])
        self._choose("industry", [(i.key, said((i.zh, i.en))) for i in INDUSTRIES.values()])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        whole = pgettext_lazy("筛选", "全部")
        self.fields[name].choices = [("", whole), *choices]  # type: ignore[attr-defined]

    @property
    def common(self) -> list[forms.BoundField]:
        """The fields that most people use; the others stand behind «more»."""
        names = ("verdict", "dimension", "industry", "city", "provisional", "q", "sort")
        return [self[name] for name in names]

    @property
    def rare(self) -> list[forms.BoundField]:
        names = ("effect", "row", "enterprise", "line", "as_of")
        return [self[name] for name in names]

    @property
    def rare_used(self) -> bool:
        return any(field.value() for field in self.rare)


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter as understood: the condition, the order, the day."""

    values: Mapping[str, Any]
    named: Q
    """Whose name holds the text asked for."""
    order: tuple[str, ...]
    as_of: date | None
    too_many_named: bool

    def findings(self, scope: Scope) -> QuerySet[Finding]:
        """The findings asked for, as far as the scope reaches."""
        seen = Finding.objects.filter(scope.findings(), self.condition)
        return seen.standing() if self.as_of is None else seen.standing_on(self.as_of)

    def without(self, name: str) -> Asked:
        """The same but for one of the tallied fields."""
        return replace(self, values={**self.values, name: ""})

    @property
    def condition(self) -> Q:
        return _tallied(self.values) & _pointed(self.values) & self.named

    @property
    def is_tallied(self) -> bool:
        """Whether the database has the number already."""
        return self.as_of is None and not any(
            value for name, value in self.values.items() if name not in (*TALLIED, "sort")
        )

    @property
    def tallied_condition(self) -> Q:
        return _tallied(self.values)


def ask(form: InboxFilter, today: date) -> Asked:
    """The filter behind a form; fields that were not understood narrow nothing. As of today is as
    things stand now."""
    if form.is_valid() and (form.cleaned_data["as_of"] or today) > today:
        form.add_error("as_of", _("截至日期不能晚于今天。"))
    values: dict[str, Any] = {name: form.cleaned_data.get(name) or "" for name in form.fields}
    if values["as_of"] == today:
        values["as_of"] = ""
    named, too_many = _named(values)
    order = ORDERS[values["sort"] or "gravity"]
    return Asked(values, named, order, values["as_of"] or None, too_many)


def kept(query: QueryDict) -> str:
    """The part of an address that makes a filter: no page, nothing unknown."""
    wanted = QueryDict(mutable=True)
    for name in InboxFilter.base_fields:
        value = query.get(name, "").strip()
        if value:
            wanted[name] = value[:200]
    return wanted.urlencode()


def cities() -> dict[str, str]:
    """Code → name of the cities of the region, in the page's language."""
    return {code: said(words) for code, words in organisations.cities().items()}


def _tallied(values: Mapping[str, Any]) -> Q:
    condition = Q()
    for name in ("dimension", "industry", "verdict", "effect"):
        if values[name]:
            condition &= Q(**{name: values[name]})
    if values["city"]:
        condition &= Q(division_code__startswith=values["city"])
    if values["provisional"]:
        condition &= Q(provisional=values["provisional"] == "yes")
    return condition


def _pointed(values: Mapping[str, Any]) -> Q:
    condition = Q()
    for name, column in (("row", "norm_row"), ("enterprise", "enterprise_id"), ("line", "line_id")):
        if values[name]:
            condition &= Q(**{column: values[name].strip()})
    return condition


def _named(values: Mapping[str, Any]) -> tuple[Q, bool]:
    """Whose name holds the text: looked up first, so that findings are then found by index."""
    text = values["q"].strip()
    if not text:
        return Q(), False
    has_cases = text.upper() != text.lower()  # a Chinese text has none, and need not be folded
    by_name = {"name__icontains" if has_cases else "name__contains": text}
    usccs = list(
        Enterprise.objects.filter(**by_name).values_list("pk", flat=True)[: MOST_NAMED + 1]
    )
    lines = list(
        ProductionLine.objects.filter(**by_name).values_list("pk", flat=True)[: MOST_NAMED + 1]
    )
    condition = Q(enterprise_id__in=usccs[:MOST_NAMED]) | Q(line_id__in=lines[:MOST_NAMED])
    return condition, max(len(usccs), len(lines)) > MOST_NAMED
