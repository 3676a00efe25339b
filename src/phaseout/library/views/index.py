"""Search over standards and rows; the documents by dimension and industry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phaseout.accounts.requests import today_of
from phaseout.law.industries import ALL_INDUSTRIES, INDUSTRIES
from phaseout.law.norms import NormBook
from phaseout.law.norms.book import TABLES
from phaseout.law.norms.gaps import DIMENSION_TABLES
from phaseout.law.norms.records import Confidence, Source
from phaseout.law.norms.validity import of_row, of_source
from phaseout.library.caching import unchanged_until_signed
from phaseout.library.paging import sliced
from phaseout.library.searching import LONGEST, Asked, search
from phaseout.library.shelf import rows_of_source
from phaseout.library.showing import ShownRow, show_all, title
from phaseout.library.standing import standings
from phaseout.library.words import table_name
from phaseout.reporting.words import DIMENSIONS

ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as a line of a list."""

    source: Source
    title: str
    found: int
    rows: int
    recalled: int
    in_force: bool | None


@require_safe
@unchanged_until_signed
def library(request: HttpRequest) -> HttpResponse:
    """Anyone looks for a standard, a product, a pollutant, a kind of equipment."""
    on = today_of(request)
    asked = _asked(request)
    told = {"asked": asked, "tables": _tables(), "industries": INDUSTRIES.values()}
    if not asked:
        return render(request, "library/index.html", {**told, **_overview(on)})
    found = search(asked)
    rows = sliced(found.rows, request.GET.get("page"), ROWS_A_PAGE)
    shown: list[ShownRow] = show_all(rows.items, standings(rows.items, on))
    listed = [_listed(source, count, on) for source, count in found.documents]
    return render(
        request,
        "library/found.html",
        {**told, "exact": found.exact, "documents": listed, "rows": rows, "shown": shown},
    )


def _asked(request: HttpRequest) -> Asked:
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    table, industry = request.GET.get("table", ""), request.GET.get("industry", "")
    return Asked(text, table if table in TABLES else "", industry if industry in INDUSTRIES else "")


def _tables() -> list[tuple[str, tuple[str, str]]]:
    return [(table, table_name(table)) for table in TABLES]


def _overview(on: date) -> Mapping[str, object]:
    counts = _counts(on)
    lines = [
        (
            industry,
            [
                (table, dimension, counts.get((table, industry.key), 0))
                for dimension, table in DIMENSION_TABLES.items()
            ],
        )
        for industry in INDUSTRIES.values()
    ]
    book = NormBook.load()
    return {
        "heads": [DIMENSIONS[dimension] for dimension in DIMENSION_TABLES],
        "lines": lines,
        "others": [(t, table_name(t), len(getattr(book, t))) for t in _OTHER_TABLES],
        "with_rows": len(rows_of_source()),
        "without_rows": len(book.sources) - len(rows_of_source()),
        "rows": sum(len(rows) for rows in rows_of_source().values()),
    }


_OTHER_TABLES = [table for table in TABLES if table not in DIMENSION_TABLES.values()]


@lru_cache(maxsize=8)
def _counts(on: date) -> Mapping[tuple[str, str], int]:
    """How many documents have rows in force on the day, by table and industry."""
    book = NormBook.load()
    found: dict[tuple[str, str], set[str]] = {}
    for table in DIMENSION_TABLES.values():
        for row in getattr(book, table):
            if of_row(row, book.sources.get(row.source_id)).holds_on(on):
                keys = INDUSTRIES if row.industry == ALL_INDUSTRIES else (row.industry,)
                for key in keys:
                    found.setdefault((table, key), set()).add(row.source_id)
    return {key: len(sources) for key, sources in found.items()}


def _listed(source: Source, found: int, on: date) -> Listed:
    rows = rows_of_source().get(source.source_id, ())
    recalled = sum(1 for row in rows if row.confidence is not Confidence.VERIFIED)
    dated = source.effective_from or source.effective_to
    if dated:
        in_force = of_source(source).holds_on(on)
    else:
        in_force = any(of_row(row, source).holds_on(on) for row in rows) if rows else None
    return Listed(source, title(source), found, len(rows), recalled, in_force)
