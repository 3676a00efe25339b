"""The files of a case, for those who may see the case."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request
from phaseout.casework.cases.listing import cases_within
from phaseout.casework.cases.timeline import files_of
from phaseout.casework.models import Case
from phaseout.evidence.kinds import kind_of
from phaseout.evidence.models import EvidenceFile
from phaseout.evidence.showing import as_answer


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
        return as_answer(file, kind_of(stream.read(16)))
