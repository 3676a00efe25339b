"""An attached page of a print, for those who confirm rows of its dimension."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request
from phaseout.evidence.kinds import kind_of
from phaseout.evidence.models import EvidenceFile
from phaseout.evidence.showing import as_answer
from phaseout.library.models import Confirmation, Discrepancy
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
        return as_answer(file, kind_of(stream.read(16)))
