"""The runs: when facts met norms, why, and what came of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateJob

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires
from phaseout.casework.models import JudgementRun
from phaseout.pages import keyset

ORDER = ("-on_day", "-id")
JOBS = ("casework.judge_touched", "casework.judge_rows", "casework.judge_day")


@require_safe
@requires(Power.READ)
def runs(request: HttpRequest) -> HttpResponse:
    """One page of runs, the latest first; above it, whether one waits or goes on."""
    page = keyset.page(JudgementRun.objects.all(), ORDER, request.GET.get("cursor", ""))
    states = ProcrastinateJob.objects.filter(task_name__in=JOBS, status__in=["todo", "doing"])
    context = {"page": page, "jobs": sorted(states.values_list("status", flat=True)[:50])}
    return render(request, "casework/runs.html", context)
