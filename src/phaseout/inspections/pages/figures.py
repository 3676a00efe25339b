"""What was inspected, found and followed up, by department: a table, and the same as CSV."""

from __future__ import annotations

import csv
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from phaseout.accounts.organisations import office_name
from phaseout.accounts.requests import officials, scope_of_request, today_of
from phaseout.inspections import counting
from phaseout.inspections.counting import COUNTS, LINKS
from phaseout.inspections.subjects import words_of
from phaseout.pages.templatetags.phaseout import said

WORDS = {
    "planned": gettext_lazy("计划"),
    "drawn": gettext_lazy("抽中并派出"),
    "visited": gettext_lazy("已检查"),
    "left": gettext_lazy("待检查"),
    "late": gettext_lazy("已过检查日"),
    "problems": gettext_lazy("现场发现问题"),
    "failing": gettext_lazy("结论不达标"),
    "cases": gettext_lazy("已立案"),
    "tips": gettext_lazy("举报投诉"),
    "tips_accepted": gettext_lazy("其中受理"),
}


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return (
        int(asked)
        if asked.isascii() and asked.isdigit() and len(asked) == 4
        else today_of(request).year
    )


@require_safe
@officials
def figures(request: HttpRequest) -> HttpResponse:
    year, today = _year(request), today_of(request)
    found = counting.figures(scope_of_request(request), year, today)
    rows = [
        {
            "office": office_name(one.office, one.division_code, today),
            "words": words_of(one.dimension),
            "cells": [(one.counts[name], _link(one, name, year)) for name in COUNTS],
        }
        for one in found
    ]
    totals = [sum(one.counts[name] for one in found) for name in COUNTS]
    context = {
        "rows": rows,
        "heads": [WORDS[name] for name in COUNTS],
        "totals": totals,
        "year": year,
        "years": range(today.year, today.year - 3, -1),
    }
    return render(request, "inspections/figures.html", context)


def _link(one: counting.Figures, name: str, year: int) -> str:
    if name == "planned":
        return reverse("inspections")
    if name in ("tips", "tips_accepted"):
        return reverse("inspection-tips")
    given = {"which": LINKS[name], "office": one.office, "dimension": one.dimension, "year": year}
    return f"{reverse('inspection-visits')}?{urlencode(given)}"


@require_safe
@officials
def figures_csv(request: HttpRequest) -> HttpResponse:
    year, today = _year(request), today_of(request)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="inspections-{year}.csv"'
    writer = csv.writer(answer)
    writer.writerow([_("部门"), _("事项"), _("年度"), *(str(WORDS[name]) for name in COUNTS)])
    for one in counting.figures(scope_of_request(request), year, today):
        office = said(office_name(one.office, one.division_code, today))
        writer.writerow(
            [office, said(words_of(one.dimension)), year, *(one.counts[n] for n in COUNTS)]
        )
    return answer
