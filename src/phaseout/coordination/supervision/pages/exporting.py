"""The tables of progress and of like cases to keep: as CSV or XLSX, as a picture in SVG or PNG."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from phaseout.accounts.requests import officials, scope_of_request, today_of
from phaseout.coordination.supervision.drawing import (
    progress_chart,
    progress_rows,
    spread_chart,
    spread_rows,
)
from phaseout.coordination.supervision.pages.alike import MEASURES, asked_of, shown_by_city
from phaseout.coordination.supervision.pages.progress import asked_tables
from phaseout.coordination.supervision.reading import Reader
from phaseout.coordination.supervision.spread import spread
from phaseout.documents.charts import Chart
from phaseout.law.supervision import rule
from phaseout.pages.handing_out import PICTURES, TABLES, demo_note, picture_file, table_file


@require_safe
@officials
def progress_file(request: HttpRequest, place: int, ending: str) -> HttpResponse:
    """The table at a place of the page of progress, counted from 1; asked as the page is."""
    window, tables = asked_tables(request)
    shown = [one for one in tables if one["heads"]]
    if not 1 <= place <= len(shown):
        raise Http404
    table = shown[place - 1]
    days = f"{window.first.isoformat()}–{window.last.isoformat()}"
    chart = progress_chart(table, [days, *demo_note()])
    return _file(chart, progress_rows(table), ending, f"{table['title']}-{window.last}")


@require_safe
@officials
def spread_file(request: HttpRequest, ending: str) -> HttpResponse:
    """The table of a group of like cases by city; asked as its page is."""
    reader, today = Reader.of(scope_of_request(request)), today_of(request)
    if "procedure" not in request.GET:
        raise Http404
    found = spread(reader, asked_of(request), today)
    if not found.whole.cases:
        raise Http404
    few = int(rule("spread_city_least", today).value)
    title, rows = shown_by_city(found, reader, today)
    days = f"{found.since.isoformat()}–{today.isoformat()}"
    chart = spread_chart(title, rows, few, MEASURES, [days, *demo_note()])
    name = f"{_('同类案件处理差异')}-{today.isoformat()}"
    return _file(chart, spread_rows(rows, few, MEASURES), ending, name)


def _file(chart: Chart, rows: list[list[Any]], ending: str, name: str) -> HttpResponse:
    if ending in TABLES:
        return table_file(rows, ending, name=name, title=chart.title)
    if ending not in PICTURES or not chart.groups:
        raise Http404
    return picture_file(chart, ending, name=name)
