"""The files of a case, for those who may see the case."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request
from phaseout.casework.cases.listing import cases_within
from phaseout.casework.cases.timeline import files_of
from phaseout.casework.models import Case
from phaseout.evidence.attaching import kind_of
from phaseout.evidence.models import EvidenceFile


def files_in(case: Case) -> dict[str, EvidenceFile]:
    """Every file of the case by digest: of its acts, and of what waits for a signature."""
    return files_of(
        [
            *case.acts.values_list("facts", flat=True),
            *case.proposals.values_list("facts", flat=True),
        ]
    )


@require_safe
@requires(Power.READ)
def case_file(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """A file as what its bytes are: an image to look at, anything else to take away."""
    case = get_object_or_404(cases_within(scope_of_request(request)), pk=pk)
    file = files_in(case).get(digest)
    if file is None:
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
    return answer  # type: ignore[return-value]
