"""Files of readings: the list, the upload, one with what became of it."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import officials, requires, scope_of_request, ways
from phaseout.exits.restart.forms import BatchForm
from phaseout.exits.restart.models import Batch
from phaseout.exits.restart.pages.words import BATCHES
from phaseout.exits.restart.readings import receive
from phaseout.exits.restart.readings.table import table
from phaseout.exits.restart.seeing import batches_within
from phaseout.law.refusals import Refusal
from phaseout.pages import keyset


@require_safe
@officials
def batches(request: HttpRequest) -> HttpResponse:
    scope = scope_of_request(request)
    found = Batch.objects.filter(batches_within(scope)).select_related("evidence", "by")
    page = keyset.page(found, ("-id",), request.GET.get("cursor", ""))
    context = {
        "page": page,
        "rows": [(one, BATCHES[one.state]) for one in page.rows],
        "may": scope.may(Power.IMPORT),
    }
    return render(request, "restart/batches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
@requires(Power.IMPORT)
def batch_new(request: HttpRequest) -> HttpResponse:
    form = BatchForm(request.POST or None, request.FILES or None)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                brought = receive(
                    given["upload"].chunks(),
                    name=given["upload"].name or "",
                    times=given["times"],
                    corrects=given["corrects"],
                    **ways(request, given["key"]),
                )
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                return redirect("restart-batch", pk=brought.pk)
    context = {"form": form, "refusal": refusal, "columns": table().columns}
    return render(request, "restart/batch_new.html", context, status=status)


def _found(request: HttpRequest, pk: int) -> Batch:
    rows = Batch.objects.filter(batches_within(scope_of_request(request)))
    return get_object_or_404(rows.select_related("evidence", "by"), pk=pk)


@require_safe
@officials
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One file; while a job works on it the page asks again."""
    found = _found(request, pk)
    context: dict[str, Any] = {
        "batch": found,
        "state": BATCHES[found.state],
        "working": found.state == Batch.State.RECEIVED,
        "said": _refusal(found),
    }
    piece = bool(getattr(request, "htmx", False))
    return render(request, "restart/_batch.html" if piece else "restart/batch.html", context)


def _refusal(found: Batch) -> Refusal | None:
    told = found.refusal
    if told is None:
        return None
    what, why, instead = (
        (told[part]["zh"], told[part]["en"]) for part in ("what", "why", "instead")
    )
    return Refusal(told["refused"], what=what, why=why, instead=instead)


@require_safe
@officials
def batch_file(request: HttpRequest, pk: int) -> Any:
    """The file as it came."""
    found = _found(request, pk)
    return FileResponse(found.evidence.open(), as_attachment=True, filename=found.evidence.name)
