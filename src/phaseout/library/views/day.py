"""What was in force on a day for an industry."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phaseout.accounts.requests import today_of
from phaseout.law.industries import INDUSTRIES
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.norms import NormBook
from phaseout.law.norms.in_force import in_force
from phaseout.law.periods import parse_day
from phaseout.library.caching import unchanged_until_signed
from phaseout.library.paging import sliced
from phaseout.library.shelf import table_of
from phaseout.library.showing import show_all
from phaseout.library.standing import standings
from phaseout.library.words import table_name
from phaseout.reporting.words import DIMENSIONS

ROWS_A_PAGE = 50


@require_safe
@unchanged_until_signed
def norm_day(request: HttpRequest) -> HttpResponse:
    """The rows that hold on the day, both ends of a validity inside."""
    industry = request.GET.get("industry", "")
    dimension = request.GET.get("dimension", "")
    product = " ".join(request.GET.get("product", "").replace("\x00", "").split())[:100]
    written = request.GET.get("on", "").strip()
    on, unread = _day(written, today_of(request))
    found = in_force(
        NormBook.load(),
        on,
        industry=industry if industry in INDUSTRIES else None,
        dimension=dimension if dimension in set(Dimension) else None,
        product=product or None,
    )
    rows = [row for rows in found.rows.values() for row in rows]
    page = sliced(rows, request.GET.get("page"), ROWS_A_PAGE)
    shown = show_all(page.items, standings(page.items, today_of(request)))
    tables: dict[str, list[object]] = {}
    for row in shown:
        tables.setdefault(table_of(row.row.row_id), []).append(row)
    return render(
        request,
        "library/day.html",
        {
            "on": on,
            "written": written or on.isoformat(),
            "unread": unread,
            "industry": industry,
            "dimension": dimension,
            "product": product,
            "industries": INDUSTRIES.values(),
            "dimensions": DIMENSIONS.items(),
            "counts": [(table_name(t), len(rows)) for t, rows in found.rows.items()],
            "undated": sorted({row.source_id for row in found.undated}),
            "undated_rows": len(found.undated),
            "tables": [(table_name(table), rows) for table, rows in tables.items()],
            "rows": page,
        },
        status=422 if unread else 200,
    )


def _day(written: str, today: date) -> tuple[date, bool]:
    """The day as people write days; today where nothing is written or it cannot be read."""
    if not written:
        return today, False
    try:
        return parse_day(written), False
    except ValueError:
        return today, True
