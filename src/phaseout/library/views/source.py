"""A standard: what it is, its editions on a time line, its limits in groups."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import StringIO

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from phaseout.accounts.requests import today_of
from phaseout.facts.export_safety import safe_text
from phaseout.law.norms import NormBook
from phaseout.law.norms.documents import find_source, predecessors, successor
from phaseout.law.norms.editions import editions
from phaseout.law.norms.methods import method_rows, method_tables
from phaseout.law.norms.plain import as_data
from phaseout.law.norms.records import EmissionLimit, EnergyLimit, Row, Source
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.library.caching import unchanged_until_signed
from phaseout.library.paging import Slice
from phaseout.library.searching import plain
from phaseout.library.shelf import rows_of_source, table_of
from phaseout.library.showing import Said, ShownRow, area, number, received, show, title
from phaseout.library.standing import STATE_WORDS, Standing, State, standings
from phaseout.library.timeline import Bar, timeline
from phaseout.library.words import table_name

ROWS_A_PAGE = 120


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that speak of one subject, under one heading; `at` is its place among all groups."""

    at: int
    table: Bilingual
    heading: str
    rows: Sequence[ShownRow]
    common: Sequence[Said]
    """the conditions and remarks that all rows of the group have: said once, above them"""

    @property
    def mixed(self) -> bool:
        """Whether the rows speak of several subjects, so that each must name its own."""
        return len({(row.industry, row.subject) for row in self.rows}) > 1 or not self.heading


@require_safe
@unchanged_until_signed
def norm_source(request: HttpRequest, source_id: str) -> HttpResponse:
    """The page of a document; another way of writing its number leads to it."""
    book = NormBook.load()
    source = book.sources.get(source_id)
    if source is None:
        return _elsewhere(source_id)
    on = today_of(request)
    rows = rows_of_source().get(source_id, ())
    shown = [show(row, standing) for row, standing in _with_standing(rows, on)]
    groups = grouped(shown)
    pages = paged(groups, request.GET.get("page"))
    return render(
        request,
        "library/source.html",
        {
            "trail": [(_("标准库"), reverse("library")), (number(source), "")],
            "source": source,
            "title": title(source),
            "received": received(source),
            "area": area(source_id),
            "supersedes": predecessors(source, book.sources),
            "successor": successor(source, book.sources),
            "bars": _bars(source, book, on),
            "groups": pages,
            "index": groups if len(groups) > 1 else [],
            "place": {group.at: page for page, part in _parts(groups) for group in part},
            "total": len(shown),
            "states": _states(shown),
            "methods": _methods(source_id),
            "rows_a_page": ROWS_A_PAGE,
        },
    )


@require_safe
def norm_source_csv(request: HttpRequest, source_id: str) -> HttpResponse:
    """All rows of a document as CSV: the columns of the store, with how far each is relied upon."""
    book = NormBook.load()
    if source_id not in book.sources:
        raise Http404
    rows = rows_of_source().get(source_id, ())
    lines = []
    for row, standing in _with_standing(rows, today_of(request)):
        data = as_data(row, book)
        told = {name: value for name, value in data.items() if not isinstance(value, list)}
        lines.append({**told, "standing": standing.state.value})
    text = StringIO()
    columns = list(dict.fromkeys(name for line in lines for name in line))
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(
        {n: safe_text("" if v is None else str(v)) for n, v in line.items()} for line in lines
    )
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{source_id}.csv"'
    return answer


def grouped(shown: Iterable[ShownRow]) -> list[Group]:
    """Rows under the subject they speak of: product and process, outlet source, equipment …"""
    found: dict[tuple[str, str], list[ShownRow]] = {}
    for row in shown:
        found.setdefault((table_of(row.row.row_id), _heading(row)), []).append(row)
    return [
        _group(at, table, heading, rows)
        for at, ((table, heading), rows) in enumerate(found.items(), start=1)
    ]


def _group(at: int, table: str, heading: str, rows: Sequence[ShownRow]) -> Group:
    common = [part for part in rows[0].parts if all(part in row.parts for row in rows)]
    if len(rows) > 1 and common:
        rows = [
            replace(row, parts=tuple(part for part in row.parts if part not in common))
            for row in rows
        ]
    else:
        common = []
    return Group(at, table_name(table), heading, rows, common)


def paged(groups: Sequence[Group], asked: str | None) -> Slice[Group]:
    """Whole groups, about `ROWS_A_PAGE` rows a page."""
    parts = _parts(groups)
    wanted = int(asked) if asked and asked.isascii() and asked.isdigit() else 1
    number = min(max(wanted, 1), max(len(parts), 1))
    part = parts[number - 1][1] if parts else []
    return Slice(part, number, max(len(parts), 1), len(groups))


def _parts(groups: Sequence[Group]) -> list[tuple[int, list[Group]]]:
    parts: list[list[Group]] = []
    room = 0
    for group in groups:
        if not parts or len(group.rows) > room:
            parts.append([])
            room = ROWS_A_PAGE
        parts[-1].append(group)
        room -= len(group.rows)
    return list(enumerate(parts, start=1))


def _heading(shown: ShownRow) -> str:
    row = shown.row
    if isinstance(row, EnergyLimit | EmissionLimit):
        parts = (shown.industry, shown.subject) if row.industry != "all" else (shown.subject,)
        return " · ".join(parts)
    return " · ".join(part for part in (shown.industry, _whole(shown)) if part)


def _whole(shown: ShownRow) -> str:
    """The subject as a heading where several rows share it by nature: a tested product."""
    return shown.subject if table_of(shown.row.row_id) == "product_standards" else ""


def _with_standing(rows: Sequence[Row], on: date) -> list[tuple[Row, Standing]]:
    found = standings(rows, on)
    return [(row, found[row.row_id]) for row in rows]


def _states(shown: Iterable[ShownRow]) -> list[tuple[State, Bilingual, int]]:
    counts = Counter(row.standing.state for row in shown if row.standing is not None)
    return [(state, STATE_WORDS[state], counts[state]) for state in State if counts[state]]


def _bars(source: Source, book: NormBook, on: date) -> Sequence[Bar]:
    line = editions(source, book)
    return timeline(line, on, here=source.source_id)


@cache
def _methods(source_id: str) -> list[tuple[str, Bilingual, int]]:
    found = []
    for table in method_tables():
        count = sum(1 for row in method_rows(table) if row.source_id == source_id)
        if count:
            found.append((table, table_name(table), count))
    return found


def _elsewhere(written: str) -> HttpResponse:
    try:
        return redirect(
            "norm-source", find_source(plain(written), NormBook.load().sources).source_id
        )
    except Refusal as refusal:
        if refusal.code == "document_ambiguous":
            raise
        raise Http404(refusal.zh) from None
