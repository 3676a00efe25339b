"""Imports: the list, the upload, and one import from its check to its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of
from phaseout.law.refusals import Refusal
from phaseout.pages import keyset
from phaseout.pages.templatetags.phaseout import said
from phaseout.registry.forms import UploadForm
from phaseout.registry.imports import (
    Arriving,
    abandon,
    ask_to_check,
    ask_to_take,
    receive,
)
from phaseout.registry.imports.reach import visible_to
from phaseout.registry.models import Import
from phaseout.registry.views import previewing


def visible(request: HttpRequest) -> QuerySet[Import]:
    """The imports that the person may see."""
    scope = scope_of_request(request)
    return Import.objects.filter(visible_to(scope, request.user)).select_related("by", "decided_by")


@require_safe
@requires(Power.READ)
def imports(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    rows = visible(request).prefetch_related("files__evidence")
    if state in Import.State.values:
        rows = rows.filter(state=state)
    page = keyset.page(rows, ("-id",), request.GET.get("cursor", ""))
    context = {
        "page": page,
        "rows": [previewing.row(each) for each in page.rows],
        "state": state,
        "states": [
            (key, said(previewing.STATES[Import.State(key)])) for key in Import.State.values
        ],
    }
    return render(request, "registry/imports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.IMPORT)
def import_new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _upload(request, UploadForm(label_suffix=""))
    form = UploadForm(request.POST, request.FILES, label_suffix="")
    if not form.is_valid():
        return _upload(request, form, status=422)
    try:
        brought = receive(
            [Arriving(file.name or "", file.chunks()) for file in form.cleaned_data["uploads"]],
            by=request.user,
            today=today_of(request),
        )
    except Refusal as refusal:
        return _upload(request, form, status=409, refusal=refusal)
    return redirect("import", pk=brought.pk)


def _upload(
    request: HttpRequest, form: UploadForm, status: int = 200, refusal: Refusal | None = None
) -> HttpResponse:
    context = {"form": form, "refusal": refusal, "tables": previewing.tables_to_fill()}
    return render(request, "registry/import_new.html", context, status=status)


@require_safe
@requires(Power.READ)
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(visible(request), pk=pk))


def _page(
    request: HttpRequest, brought: Import, status: int = 200, refusal: Refusal | None = None
) -> HttpResponse:
    """The page of an import, or the part of it that a job changes, for who waits with htmx."""
    may = scope_of_request(request).may(Power.IMPORT)
    context = {
        **previewing.preview(brought, request.GET.get("cursor", "")),
        "may": may,
        "refusal": refusal,
    }
    piece = bool(getattr(request, "htmx", False))
    template = "registry/_import.html" if piece else "registry/import.html"
    return render(request, template, context, status=status)


@require_POST
@requires(Power.IMPORT)
def take(request: HttpRequest, pk: int) -> HttpResponse:
    bad_rows: Any = "leave_out" if request.POST.get("bad_rows") == "leave_out" else "refuse"
    return _done(request, pk, lambda brought, **who: ask_to_take(brought, bad_rows=bad_rows, **who))


@require_POST
@requires(Power.IMPORT)
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    answer = _done(request, pk, abandon)
    if answer.status_code == 302:
        messages.success(request, _("已放弃这次导入，登记库没有变化。"))
    return answer


@require_POST
@requires(Power.IMPORT)
def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, ask_to_check)


def _done(request: HttpRequest, pk: int, act: Callable[..., Any]) -> HttpResponse:
    brought = get_object_or_404(visible(request), pk=pk)
    try:
        act(brought.pk, by=request.user, today=today_of(request))
    except Refusal as refusal:
        brought.refresh_from_db()
        return _page(request, brought, status=409, refusal=refusal)
    return redirect("import", pk=pk)
