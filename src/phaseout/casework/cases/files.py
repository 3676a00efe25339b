"""The files of a case, for those who may see the case."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request
from phaseout.accounts.scope import Scope
from phaseout.casework.cases.listing import cases_within, reads_whole
from phaseout.casework.cases.timeline import files_of
from phaseout.casework.models import Case
from phaseout.casework.papers.concerning import places_read
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


def _files_concerned(case: Case, scope: Scope) -> dict[str, EvidenceFile]:
    """The files of the acts that concern the holder of a task."""
    acts = list(case.acts.only("place", "office", "facts"))
    read = places_read(case, acts, scope)
    return files_of(act.facts for act in acts if act.place in read)


@require_safe
@requires(Power.READ)
def case_file(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """A file as what its bytes are: an image to look at, anything else to take away."""
    scope = scope_of_request(request)
    case = get_object_or_404(cases_within(scope), pk=pk)
    files = files_in(case) if reads_whole(case, scope) else _files_concerned(case, scope)
    file = files.get(digest)
    if file is None:
        raise Http404
    with file.open() as stream:
        return as_answer(file, kind_of(stream.read(16)))
