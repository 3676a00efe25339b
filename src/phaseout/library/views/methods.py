"""A table of method: figures and readings by which the limits are applied."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from phaseout.accounts.requests import today_of
from phaseout.law.norms import NormBook
from phaseout.law.norms.methods import method_rows, method_tables
from phaseout.library.caching import unchanged_until_signed
from phaseout.library.paging import sliced
from phaseout.library.showing import number, show_all
from phaseout.library.standing import standings
from phaseout.library.words import table_name
from phaseout.pages.templatetags.phaseout import said

ROWS_A_PAGE = 100


@require_safe
@unchanged_until_signed
def norm_methods(request: HttpRequest, table: str) -> HttpResponse:
    """The rows of a table of method, of one document where `source` names it."""
    if table not in method_tables():
        raise Http404
    source = NormBook.load().sources.get(request.GET.get("source", ""))
    rows = [r for r in method_rows(table) if source is None or r.source_id == source.source_id]
    above = [(number(source), reverse("norm-source", args=[source.source_id]))] if source else []
    page = sliced(rows, request.GET.get("page"), ROWS_A_PAGE)
    return render(
        request,
        "library/methods.html",
        {
            "trail": [
                (_("标准库"), reverse("library")),
                *above,
                (said(table_name(f"methods.{table}")), ""),
            ],
            "name": table_name(f"methods.{table}"),
            "source": source,
            "rows": page,
            "shown": show_all(page.items, standings(page.items, today_of(request))),
        },
    )
