"""An industry side by side: how far each line is from its limit, by product and indicator.

Officials see the lines within their scope by name. An enterprise sees its own by name and those of
others without; where few others are left, not even that.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from statistics import median
from typing import Any

from django import forms
from django.db.models import Q
from django.db.models.functions import ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request
from phaseout.accounts.rows import whole_reach
from phaseout.accounts.scope import Scope
from phaseout.casework.findings.filters import cities
from phaseout.casework.models import Finding
from phaseout.law.industries import INDUSTRIES
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.judgement.explain.subjects import indicator_words, subject_words
from phaseout.pages.templatetags.phaseout import said
from phaseout.pages.widgets import PlainSelect
from phaseout.reporting.words import DIMENSIONS

MEASURED = (Dimension.ENERGY, Dimension.ENVIRONMENT, Dimension.QUALITY)
MOST_GROUPS = 40
MOST_LINES = 60
FEWEST_OTHERS = 3
"""With fewer other enterprises in a group, somebody could tell which is which."""


class ComparisonFilter(forms.Form):
    dimension = forms.ChoiceField(widget=PlainSelect, label=gettext_lazy("标准"), required=False)
    city = forms.ChoiceField(widget=PlainSelect, label=gettext_lazy("市"), required=False)
    year = forms.ChoiceField(widget=PlainSelect, label=gettext_lazy("年份"), required=False)

    def __init__(self, *args: Any, dimensions: Sequence[str], years: Sequence[int], **kw: Any):
        super().__init__(*args, **kw)
        whole = pgettext_lazy("筛选", "全部")
        self._choose("dimension", [(d, said(DIMENSIONS[d])) for d in dimensions])
        self._choose("city", [("", whole), *((c[:4], name) for c, name in cities().items())])
        self._choose("year", [("", _("最近一期")), *((str(y), str(y)) for y in years)])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Bar:
    """One line in a group: how far beyond (above 0) or within (below 0) its limit, in per cent."""

    name: str
    own: bool
    distance: Decimal
    finding: Finding | None
    """None where the reader may not know which line it is."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that make the same by the same indicator, the one farthest beyond its limit first."""

    title: str
    lines: int
    beyond: int
    median: Decimal
    bars: list[Bar]
    hidden: bool
    """Others are left out: too few to stay unknown."""


@require_safe
@requires(Power.READ)
def comparison(request: HttpRequest, industry: str) -> HttpResponse:
    if industry not in INDUSTRIES:
        raise Http404
    scope = scope_of_request(request)
    dimensions = [d.value for d in MEASURED if d in scope.dimensions()]
    chosen = _chosen(request, dimensions)
    compared = _compared(scope, industry, chosen)
    # An enterprise sees how far the others are, and not who they are.
    with whole_reach() if _is_enterprise(scope) else nullcontext():
        form = ComparisonFilter(request.GET, dimensions=dimensions, years=_years(compared))
        valid = form.is_valid()
        groups = _groups(_narrowed(compared, form, chosen), scope) if chosen and valid else []
    context = {
        "form": form,
        "industry": INDUSTRIES[industry],
        "industries": INDUSTRIES.values(),
        "groups": groups[:MOST_GROUPS],
        "left_out": max(0, len(groups) - MOST_GROUPS),
        "most": MOST_LINES,
        "anonymous": _is_enterprise(scope),
        "charts": [_chart(group) for group in groups[:MOST_GROUPS]],
        "words": {"beyond": _("超出限值"), "within": _("低于限值"), "own": _("本企业")},
    }
    return render(request, "casework/comparison.html", context, status=200 if valid else 422)


def _chosen(request: HttpRequest, dimensions: Sequence[str]) -> str:
    asked = request.GET.get("dimension", "")
    return asked if asked in dimensions else (dimensions[0] if dimensions else "")


def _is_enterprise(scope: Scope) -> bool:
    return bool(scope) and not scope.has_office


def _compared(scope: Scope, industry: str, dimension: str) -> Any:
    reach = Q() if _is_enterprise(scope) else scope.findings()
    return Finding.objects.standing().filter(
        reach,
        industry=industry,
        dimension=dimension,
        judged_by=dimension,
        ratio__isnull=False,
        line__isnull=False,
        verdict__in=["compliant", "noncompliant"],
    )


def _years(compared: Any) -> list[int]:
    years = compared.order_by().values_list(ExtractYear("until"), flat=True).distinct()
    return sorted(years, reverse=True)


def _narrowed(compared: Any, form: ComparisonFilter, dimension: str) -> list[Finding]:
    """The newest period of each line, product and indicator."""
    if form.cleaned_data["city"]:
        compared = compared.filter(division_code__startswith=form.cleaned_data["city"])
    if form.cleaned_data["year"]:
        compared = compared.filter(until__year=int(form.cleaned_data["year"]))
    one = ("line_id", "indicator") if dimension == Dimension.QUALITY else (
        "line_id", "indicator", "subject",
    )  # fmt: skip
    newest = compared.order_by(*one, "-until", "-pk").distinct(*one)
    return list(newest.select_related("enterprise", "line"))


def _groups(found: list[Finding], scope: Scope) -> list[Group]:
    found.sort(key=lambda one: (_kind(one), -one.gravity, one.pk))
    groups = [_group(title, list(rows), scope) for title, rows in groupby(found, key=_kind)]
    return sorted(groups, key=lambda group: (-group.lines, group.title))


def _kind(one: Finding) -> str:
    """Product and process of an energy finding, and the indicator."""
    product = said(subject_words(one.judged_by, one.subject))
    asked = said(indicator_words(one.judged_by, one.subject, one.indicator))
    parts = (product, asked) if one.judged_by == Dimension.ENERGY else (asked,)
    return " · ".join(part for part in parts if part)


def _group(title: str, rows: list[Finding], scope: Scope) -> Group:
    mine = {grant.uscc for grant in scope.grants if grant.uscc}
    anonymous = _is_enterprise(scope)
    others = {one.enterprise_id for one in rows} - mine
    hidden = anonymous and len(others) < FEWEST_OTHERS
    distances = [_distance(one) for one in rows]
    bars = [
        _bar(one, own=one.enterprise_id in mine, anonymous=anonymous)
        for one in rows
        if not hidden or one.enterprise_id in mine
    ]
    return Group(
        title,
        len(rows),
        sum(1 for distance in distances if distance > 0),
        Decimal(median(distances)),
        bars[:MOST_LINES] if not anonymous else _with_own(bars),
        hidden,
    )


def _with_own(bars: list[Bar]) -> list[Bar]:
    kept = bars[:MOST_LINES]
    return kept + [bar for bar in bars[MOST_LINES:] if bar.own]


def _bar(one: Finding, *, own: bool, anonymous: bool) -> Bar:
    if anonymous and not own:
        return Bar(_("其他企业"), own, _distance(one), None)
    assert one.line is not None
    return Bar(f"{one.enterprise.name} · {one.line.name}", own, _distance(one), one)


def _distance(one: Finding) -> Decimal:
    gravity: Decimal = one.gravity
    return ((gravity - 1) * 100).quantize(Decimal("0.1"))


def _chart(group: Group) -> dict[str, Any]:
    return {
        "title": group.title,
        "bars": [
            {"name": bar.name, "distance": float(bar.distance), "own": bar.own}
            for bar in group.bars
        ],
    }
