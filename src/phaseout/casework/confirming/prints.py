"""An attached page of a print, for those who confirm rows of its dimension."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request
from phaseout.evidence.models import EvidenceFile
from phaseout.library.models import Confirmation, Discrepancy
from phaseout.library.prints import kind_of
from phaseout.library.shelf import all_rows, dimension_of


@require_safe
@requires(Power.CONFIRM)
def norm_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as what its bytes are: an image to look at, a PDF to take away; nothing runs."""
    file = get_object_or_404(EvidenceFile, pk=pk)
    rows = {
        *Confirmation.objects.filter(print=file).values_list("row_id", flat=True),
        *Discrepancy.objects.filter(print=file).values_list("row_id", flat=True),
    }
    scope = scope_of_request(request)
    known = [all_rows()[row_id] for row_id in rows if row_id in all_rows()]
    if not any(scope.may(Power.CONFIRM, dimension=dimension_of(row)) for row in known):
        raise Http404
    with file.open() as stream:
        kind = kind_of(stream.read(16)) or "application/octet-stream"
    answer = FileResponse(
        file.open(),
        content_type=kind,
        as_attachment=not kind.startswith("image/"),
        filename=file.name,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=3600"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return cast(HttpResponse, answer)
