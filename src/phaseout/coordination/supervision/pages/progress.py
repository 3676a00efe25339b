"""The picture of progress, and the list behind each of its figures."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from phaseout.accounts.organisations import place_words
from phaseout.accounts.requests import officials, scope_of_request, today_of
from phaseout.accounts.rows import whole_reach
from phaseout.casework.models import Case
from phaseout.coordination.offices import cities as cities_known
from phaseout.coordination.offices import name_of
from phaseout.coordination.returns.standing import FIRST_YEAR
from phaseout.coordination.supervision.drawing import progress_chart
from phaseout.coordination.supervision.picture import (
    WHOLE_REGION,
    Picture,
    behind,
    demands_behind,
    of_counties,
    picture,
    returns_behind,
    round_due,
)
from phaseout.coordination.supervision.reading import Reader, Window
from phaseout.coordination.supervision.showing import (
    Line,
    cell,
    line_of,
    list_url,
    name_of_all,
)
from phaseout.coordination.supervision.sources import SOURCE_OF, SOURCES, plan_followed
from phaseout.coordination.supervision.standing import DEMAND_STATES, DemandState
from phaseout.coordination.supervision.targets import (
    CITY,
    counties_of,
    is_city,
    is_county,
    target_name,
    territory,
)
from phaseout.documents.charts import inline
from phaseout.law.supervision import Figure, figure, figures, measure_kind
from phaseout.pages import keyset
from phaseout.pages.templatetags.phaseout import said


def years(today: date) -> list[int]:
    """The newest first; the Opinions are of 2017."""
    return list(range(today.year, FIRST_YEAR - 1, -1))


def window_of(request: HttpRequest) -> Window:
    """The year asked for, or (`since`) from a day of the Opinions' years until today: what the
    effect of a measure looks at."""
    today = today_of(request)
    if since := request.GET.get("since", ""):
        try:
            first = date.fromisoformat(since)
        except ValueError:
            raise Http404(since) from None
        if first.year not in years(today) or first > today:
            raise Http404(since)
        return Window(first, today, today)
    asked = request.GET.get("year", str(today.year))
    if not (asked.isascii() and asked.isdigit()) or int(asked) not in years(today):
        raise Http404(asked)
    return Window.of_year(int(asked), today)


@require_safe
@officials
def progress(request: HttpRequest) -> HttpResponse:
    """Figures by city and by department, or (`city`) by the counties of a city; each opens its
    list."""
    window, tables = asked_tables(request)
    reader = Reader.of(scope_of_request(request))
    cities = _cities_opened(reader)
    context = {
        "city": request.GET.get("city", ""),
        "cities": [(territory(one), place_words(territory(one))) for one in cities],
        "reader": reader,
        "window": window,
        "is_over": window.last < window.today,
        "years": years(window.today),
        "round": round_due(window),
        "plan": plan_followed(window),
        "tables": [
            {**one, "drawing": _drawing(one, place), "place": place}
            for place, one in enumerate((one for one in tables if one["heads"]), 1)
        ],
        "all_figures": figures(),
    }
    return render(request, "supervision/progress.html", context)


def asked_tables(request: HttpRequest) -> tuple[Window, list[dict[str, Any]]]:
    """The time and the tables that the page of progress is asked for; 404 for a city that is not
    the person's to see."""
    reader, window = Reader.of(scope_of_request(request)), window_of(request)
    asked = request.GET.get("city", "")
    if not asked:
        return window, _of_region(reader, window)
    if f"{CITY}{asked}" not in _cities_opened(reader):
        raise Http404(asked)
    return window, _of_city(reader, window, f"{CITY}{asked}")


def _cities_opened(reader: Reader) -> list[str]:
    """The cities of which the person sees something, if only a county."""
    return [one for one in cities_known() if any(map(reader.sees, (one, *counties_of(one))))]


def _drawing(table: dict[str, Any], place: int) -> str:
    chart = progress_chart(table)
    # Made of escaped text only (documents.charts).
    return mark_safe(inline(chart, f"t{place}")) if chart.groups else ""


def _of_region(reader: Reader, window: Window) -> list[dict[str, Any]]:
    told, wanted = picture(reader, window), reader.targets()
    cities = [one for one in wanted if is_city(one)]
    departments = [one for one in wanted if not is_city(one)]
    # What one city has is not added up once more.
    together = [WHOLE_REGION] if len(cities) > 1 else []
    return [
        _table(_("分市"), [*cities, *together], told, window, whole=reader.whole),
        _table(_("分部门"), departments, told, window, without="city"),
    ]


def _of_city(reader: Reader, window: Window, city: str) -> list[dict[str, Any]]:
    told = of_counties(reader, window, city)
    return [_table(_("分县（区）"), [*told], told, window, without="office")]


def _table(
    title: str,
    targets: list[str],
    told: Picture,
    window: Window,
    *,
    without: str = "",
    whole: bool = True,
) -> dict[str, Any]:
    """`without`: figures that are not told of these: those of cities (`city`), or of any office
    (`office`)."""
    untold = [one for one in figures() if without and one.by == "city"]
    if without == "office":
        untold += [figure(key) for source in SOURCES if source.by_office for key in source.figures]
    wanted = [one for one in figures() if one not in untold]
    return {
        "title": title,
        "heads": [name_of_all(one, window.today, whole=whole) for one in targets],
        "rows": [
            {
                "figure": one,
                "cells": [
                    cell(one, target, told.get(target, {}), window, whole=whole)
                    for target in targets
                ],
            }
            for one in wanted
        ],
    }


@require_safe
@officials
def behind_figure(request: HttpRequest) -> HttpResponse:
    """The things a figure counts, or (`whole`) those of its base."""
    reader, window = Reader.of(scope_of_request(request)), window_of(request)
    asked, target = _figure(request), request.GET.get("of", WHOLE_REGION)
    if target != WHOLE_REGION and not reader.sees(target):
        raise Http404(target)
    whole = request.GET.get("whole") == "1" and asked.is_share
    context: dict[str, Any] = {
        "figure": asked,
        "window": window,
        "name": name_of_all(target, window.today, whole=reader.whole),
        "whole": whole,
        "reader": reader,
        "part_url": list_url(asked.key, target, window),
        "whole_url": list_url(asked.key, target, window, whole=True),
    }
    context.update(_listed(request, reader, window, asked, target, whole))
    return render(request, "supervision/list.html", context)


def _figure(request: HttpRequest) -> Figure:
    try:
        return figure(request.GET.get("figure", ""))
    except KeyError:
        raise Http404 from None


def _listed(
    request: HttpRequest, reader: Reader, window: Window, asked: Figure, target: str, whole: bool
) -> dict[str, Any]:
    today = window.today
    if asked.key == "returns_late":
        if target != WHOLE_REGION and not is_city(target):
            raise Http404(target)
        found = returns_behind(reader, window, target, whole=whole)
        return {"lines": [_of_return(one, today) for one in found]}
    if asked.key == "demands_late":
        rows = demands_behind(reader, window, target, whole=whole).select_related("measure")
        return {"lines": [_of_demand(one, today) for one in rows.order_by("due", "pk")[:500]]}
    source = SOURCE_OF[asked.key]
    if source.by_office and is_county(target):
        raise Http404(target)
    with whole_reach():  # narrowed by the reader; see reading.Reader
        rows = behind(reader, window, asked.key, target, whole=whole)
        page = keyset.page(
            rows.select_related(*source.related), source.order, request.GET.get("cursor", "")
        )
        found = list(page.rows)
        opens = _opens(request, source.key, found)
        lines = [line_of(source.key, one, today, opens) for one in found]
        total = rows.order_by().count()
    return {"lines": lines, "page": page, "total": total}


def _opens(request: HttpRequest, source: str, rows: list[Any]) -> set[int]:
    """The cases of the rows that the person may open by the scope."""
    if source == "planned":
        return set()
    pks = [one.pk if source == "cases" else one.case_id for one in rows]
    seen = Case.objects.filter(scope_of_request(request).findings(), pk__in=pks)
    return set(seen.values_list("pk", flat=True))


def _of_return(one: Any, today: date) -> Line:
    department = name_of(one.department, today)
    words = (f"报{department[0]}", f"to {department[1]}")
    url = reverse("return", args=[one.year, one.department, one.city])
    place = place_words(one.city)
    return Line(words, str(one.year), place, one.due.due, one.state.words, url)


def _of_demand(one: Any, today: date) -> Line:
    url = reverse("supervision-measure", args=[one.measure_id])
    office = target_name(one.measure.target, today)
    state = DEMAND_STATES[DemandState(one.state)]
    return Line(
        (one.text, one.text), said(measure_kind(one.measure.kind).name), office, one.due, state, url
    )


__all__ = ["behind_figure", "progress"]
