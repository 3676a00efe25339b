"""The files that were reported with a task, for those who may see the task."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request
from phaseout.casework.models import TaskStanding
from phaseout.casework.tasks.acts import acts_of
from phaseout.casework.tasks.holding import tasks_seen
from phaseout.evidence.models import EvidenceFile
from phaseout.evidence.showing import as_answer


@require_safe
@requires(Power.READ)
def task_file(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """A file, to be taken away; never shown as a page of this site."""
    seen = TaskStanding.objects.filter(tasks_seen(scope_of_request(request)))
    task = get_object_or_404(seen, pk=pk)
    if all(digest not in act.files for act in acts_of(task)):
        raise Http404
    file = EvidenceFile.objects.filter(digest=digest).order_by("pk").first()
    if file is None:
        raise Http404
    return as_answer(file, kept=False)
