"""One row in full, and the same limit in other editions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import scope_of_request, today_of
from phaseout.law.norms import NormBook
from phaseout.law.norms.confirmation import digest
from phaseout.law.norms.editions import same_question
from phaseout.law.norms.records import Row, Source
from phaseout.library.caching import unchanged_until_signed
from phaseout.library.offices import signed_for
from phaseout.library.resting import findings_on_row
from phaseout.library.shelf import all_rows, dimension_of, is_norm, table_of
from phaseout.library.showing import cells, number, received, show, show_all, title
from phaseout.library.standing import Standing, cleared, countersigned, standings
from phaseout.library.steps import steps_of
from phaseout.library.words import table_name
from phaseout.reporting.words import DIMENSIONS


@require_safe
@unchanged_until_signed
def norm_row(request: HttpRequest, row_id: str) -> HttpResponse:
    """Every field of a row, what was signed under it, and its neighbours through time."""
    row = all_rows().get(row_id)
    if row is None:
        raise Http404
    on = today_of(request)
    neighbours = same_question(row, NormBook.load()) if is_norm(row) else (row,)
    found = standings(neighbours, on)
    source = NormBook.load().sources.get(row.source_id)
    dimension = dimension_of(row)
    scope = scope_of_request(request)
    return render(
        request,
        "library/row.html",
        {
            "trail": _trail(row, source),
            "shown": show(row, found[row.row_id]),
            "source": source,
            "title": title(source) if source else "",
            "table": table_name(table_of(row_id)),
            "is_norm": is_norm(row),
            "dimension": DIMENSIONS[dimension] if dimension else None,
            "cells": cells(row),
            "received": received(row),
            "digest": digest(row),
            "signed": _signed(found[row.row_id], on),
            "doubts": _doubts(found[row.row_id], on),
            "neighbours": show_all(neighbours, found) if len(neighbours) > 1 else [],
            "steps": steps_of(row, neighbours),
            "resting": findings_on_row(row_id, scope) if scope else None,
            "may_confirm": scope.may(Power.CONFIRM, dimension=dimension),
        },
    )


def _trail(row: Row, source: Source | None) -> list[tuple[str, str]]:
    above = [(_("标准库"), reverse("library"))]
    if source is not None:
        above.append((number(source), reverse("norm-source", args=[source.source_id])))
    return [*above, (row.row_id, "")]


def _signed(standing: Standing, on: date) -> Sequence[dict[str, Any]]:
    """Signatures as the public reads them: offices and days, never a person."""
    told = [(standing.confirmation, True)] if standing.confirmation else []
    told += [(one, False) for one in standing.earlier]
    return [
        {
            "document": one.document,
            "page": one.page,
            "first": signed_for(one, one.confirmed_on),
            "first_on": one.confirmed_on,
            "second": signed_for(one.countersignature, one.countersignature.countersigned_on)
            if countersigned(one, on)
            else None,
            "second_on": one.countersignature.countersigned_on if countersigned(one, on) else None,
            "demo": one.demo,
            "as_it_stands": as_it_stands,
            "digest": one.row_digest,
        }
        for one, as_it_stands in told
    ]


def _doubts(standing: Standing, on: date) -> Sequence[dict[str, Any]]:
    return [
        {
            "document": one.document,
            "page": one.page,
            "says": one.says,
            "office": signed_for(one, one.noted_on),
            "on": one.noted_on,
            "cleared_on": one.clearance.cleared_on if cleared(one, on) else None,
            "reason": one.clearance.reason if cleared(one, on) else "",
        }
        for one in standing.doubts
    ]
