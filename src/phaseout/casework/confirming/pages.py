"""The pages `confirming` and `confirm-row`: what waits, the row beside its print, one button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of
from phaseout.accounts.scope import Scope
from phaseout.casework.confirming.effect import effect_of
from phaseout.casework.confirming.forms import ClearForm, ConfirmForm, DoubtForm
from phaseout.casework.confirming.worklist import Pile, capacities, next_of, worklist
from phaseout.evidence.kinds import kind_of
from phaseout.evidence.models import EvidenceFile
from phaseout.law.norms import NormBook
from phaseout.law.norms.confirmation import digest
from phaseout.law.norms.records import Row, Source
from phaseout.law.refusals import Refusal
from phaseout.library import confirming as acts
from phaseout.library.models import Discrepancy
from phaseout.library.paging import sliced
from phaseout.library.prints import keep_print
from phaseout.library.shelf import all_rows, dimension_of, table_of
from phaseout.library.showing import cells, clause, language, number, received, show, title
from phaseout.library.standing import Standing, State, cleared, standing_of
from phaseout.library.words import table_name
from phaseout.reporting.words import DIMENSIONS, amount

ROWS_A_PAGE = 50


@require_safe
@requires(Power.CONFIRM)
def confirming(request: HttpRequest) -> HttpResponse:
    """The rows of my dimensions that wait, those first on which most findings wait."""
    scope, today = scope_of_request(request), today_of(request)
    pile = _pile(request)
    found = worklist(pile, scope, request.user, today)
    page = sliced(found.works, request.GET.get("page"), ROWS_A_PAGE)
    amounts = capacities([work.row.row_id for work in page.items], scope)
    works = [
        (
            work,
            show(work.row, work.standing),
            [amount(*pair, language()) for pair in amounts.get(work.row.row_id, [])],
            _words(work.row),
        )
        for work in page.items
    ]
    context = {"pile": pile, "works": works, "rows": page, "behind": found.behind_methods}
    return render(request, "casework/confirming/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.CONFIRM)
def confirm_row(request: HttpRequest, row_id: str) -> HttpResponse:
    """The row beside the page of its print. Which button there is depends on who has signed."""
    row = _row(request, row_id)
    if request.method == "POST":
        act = _ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        return act(request, row)
    return _page(request, row)


@require_safe
@requires(Power.CONFIRM)
def effect(request: HttpRequest, row_id: str) -> HttpResponse:
    """What a signature would change among my findings: a piece of the page, or one of its own."""
    row = _row(request, row_id)
    context = {
        "row": row,
        "shown": show(row),
        "effects": effect_of(row, scope=scope_of_request(request), today=today_of(request)),
        "trail": [
            *_trail(request),
            (row.row_id, reverse("confirm-row", args=[row.row_id])),
            (_("将引起的变化"), ""),
        ],
    }
    piece = bool(getattr(request, "htmx", False))
    template = "_effect.html" if piece else "effect.html"
    return render(request, f"casework/confirming/{template}", context)


@require_POST
@requires(Power.CONFIRM)
def clear_doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """Another person has looked again and found the row right."""
    doubt = get_object_or_404(Discrepancy, pk=pk)
    row = _row(request, doubt.row_id)
    form = ClearForm(request.POST)
    if not form.is_valid():
        return _page(request, row, clear=form, status=422)
    return _done(
        request,
        row,
        lambda: acts.clear_discrepancy(doubt, reason=form.cleaned_data["reason"], **_who(request)),
        _("已登记复查，该记录恢复使用。"),
    )


def _confirm(request: HttpRequest, row: Row) -> HttpResponse:
    form = ConfirmForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, row, confirm=form, status=422)
    told = form.cleaned_data
    return _done(
        request,
        row,
        lambda: acts.confirm(
            row.row_id,
            document=told["document"],
            page=told["page"],
            note=told["note"],
            print=_attached(request, form),
            **_who(request),
        ),
        _("已核对，待另一人复核。"),
        confirm=form,
    )


def _countersign(request: HttpRequest, row: Row) -> HttpResponse:
    confirmation = standing_of(row, today_of(request)).confirmation
    if confirmation is None:
        raise Http404
    return _done(
        request,
        row,
        lambda: acts.countersign(confirmation, **_who(request)),
        _("已复核，该记录自今日起视为已核，有关结论正在重新判定。"),
    )


def _doubt(request: HttpRequest, row: Row) -> HttpResponse:
    form = DoubtForm(request.POST, request.FILES, prefix="doubt")
    if not form.is_valid():
        return _page(request, row, doubt=form, status=422)
    told = form.cleaned_data
    return _done(
        request,
        row,
        lambda: acts.note_discrepancy(
            row.row_id,
            document=told["document"],
            page=told["page"],
            says=told["says"],
            print=_attached(request, form),
            **_who(request),
        ),
        _("已登记差异，复查前该记录不作为确定结论的依据。"),
        doubt=form,
    )


_ACTS: dict[str, Callable[[HttpRequest, Row], HttpResponse]] = {
    "confirm": _confirm,
    "countersign": _countersign,
    "doubt": _doubt,
}


def _done(
    request: HttpRequest, row: Row, act: Callable[[], Any], told: str, **shown: forms.Form
) -> HttpResponse:
    """Do the act; then the next row of the pile, or the page again with what was refused."""
    try:
        act()
    except Refusal as refusal:
        return _page(request, row, refusal=refusal, status=409, **shown)
    messages.success(request, f"{row.row_id}{_('：')}{told}")
    scope, today = scope_of_request(request), today_of(request)
    pile = _pile(request)
    offered = next_of(pile, scope, request.user, today, after=row.row_id)
    if offered is None:
        return redirect(f"{reverse('confirming')}?pile={pile}")
    return redirect(f"{reverse('confirm-row', args=[offered])}?pile={pile}")


def _page(
    request: HttpRequest,
    row: Row,
    *,
    confirm: forms.Form | None = None,
    doubt: forms.Form | None = None,
    clear: forms.Form | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    standing = standing_of(row, today_of(request))
    source = NormBook.load().sources.get(row.source_id)
    place = {
        "document": number(source) if source else row.source_id,
        "page": clause(row.clause)[:80],
    }
    context = {
        **_shown(row, standing, source),
        "pile": _pile(request),
        "trail": [*_trail(request), (row.row_id, "")],
        "may": _buttons(standing, request.user),
        "doubts": _doubts(standing, request),
        "confirm": confirm or ConfirmForm(initial=place),
        "doubt": doubt or DoubtForm(initial=place, prefix="doubt"),
        "clear": clear or ClearForm(),
        "doubt_open": doubt is not None,
        "refusal": refusal,
    }
    return render(request, "casework/confirming/row.html", context, status=status)


def _shown(row: Row, standing: Standing, source: Source | None) -> dict[str, Any]:
    """The row as everybody sees it, with the page that its confirmation was read from."""
    return {
        "row": row,
        "shown": show(row, standing),
        "standing": standing,
        "source": source,
        "title": title(source) if source else "",
        "table": table_name(table_of(row.row_id)),
        "dimension": _words(row),
        "cells": cells(row),
        "received": received(row),
        "digest": digest(row),
        "attachment": _attachment(first.print if (first := standing.confirmation) else None),
    }


def _doubts(
    standing: Standing, request: HttpRequest
) -> list[tuple[Discrepancy, dict[str, Any] | None, bool]]:
    """Each doubt not yet cleared, its print, and whether this person may clear it: another's."""
    return [
        (one, _attachment(one.print), one.noted_by_id != request.user.pk)
        for one in standing.doubts
        if not cleared(one, today_of(request))
    ]


def _buttons(standing: Standing, user: Any) -> dict[str, bool]:
    """Which acts are open to this person now."""
    first = standing.confirmation
    return {
        "confirm": standing.state is State.RECALLED,
        "countersign": standing.state is State.ONCE
        and first is not None
        and first.confirmed_by_id != user.pk,
        "doubt": standing.state is not State.DOUBTED,
    }


def _row(request: HttpRequest, row_id: str) -> Row:
    """The row, if it is of a dimension that the person confirms."""
    row = all_rows().get(row_id)
    if row is None:
        raise Http404
    if not scope_of_request(request).may(Power.CONFIRM, dimension=dimension_of(row)):
        raise PermissionDenied(Power.CONFIRM.value)
    return row


def _who(request: HttpRequest) -> dict[str, Any]:
    scope: Scope = scope_of_request(request)
    today: date = today_of(request)
    return {"by": request.user, "today": today, "scope": scope}


def _pile(request: HttpRequest) -> Pile:
    asked = request.GET.get("pile", "")
    return Pile(asked) if asked in set(Pile) else Pile.WAITING


def _trail(request: HttpRequest) -> list[tuple[str, str]]:
    return [(_("标准核对"), f"{reverse('confirming')}?pile={_pile(request)}")]


def _words(row: Row) -> tuple[str, str] | None:
    dimension = dimension_of(row)
    return DIMENSIONS[dimension] if dimension else None


def _attached(request: HttpRequest, form: forms.Form) -> EvidenceFile | None:
    uploaded = form.cleaned_data.get("print")
    return keep_print(uploaded, by=request.user) if uploaded else None


def _attachment(file: EvidenceFile | None) -> dict[str, Any] | None:
    """An attached page as the page shows it: an image beside the row, a PDF as a link."""
    if file is None:
        return None
    try:
        with file.open() as stream:
            kind = kind_of(stream.read(16)) or ""
    except OSError:  # the bytes are gone: `phaseout db` tells; the page still must show the row
        kind = ""
    return {
        "file": file,
        "url": reverse("norm-print", args=[file.pk]),
        "image": kind.startswith("image/"),
    }
