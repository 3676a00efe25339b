"""The plans of all years, and the first draft of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.powers import Role
from phaseout.accounts.requests import officials, scope_of_request, today_of, ways
from phaseout.coordination.offices import seat_in
from phaseout.coordination.planning import acts
from phaseout.coordination.planning.acts.alike import leading
from phaseout.coordination.planning.forms import DraftForm
from phaseout.coordination.planning.models import WorkPlan
from phaseout.coordination.planning.progress import by_goal, total
from phaseout.coordination.planning.seeing import plans_seen
from phaseout.coordination.planning.standing import Phase, Standing, standing_of
from phaseout.law.refusals import Refusal

MOST_YEARS = 20


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def plans(request: HttpRequest) -> HttpResponse:
    """Year by year: where the plan stands, when it was due, how far it is carried out."""
    scope, today = scope_of_request(request), today_of(request)
    form = DraftForm(request.POST or None, first=True)
    refusal, status = None, 200
    if request.method == "POST":
        status, year = 422, request.POST.get("year", "")
        if form.is_valid() and year.isascii() and year.isdigit() and len(year) == 4:
            given = form.cleaned_data
            try:
                made = acts.draft_plan(
                    int(year), acts.Edits(reason=given["reason"]), **ways(request, given["key"])
                )
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已按认定和案件拟定，请核对后征求意见。"))
                return redirect("work-plan", pk=made.pk)
    seen = WorkPlan.objects.filter(plans_seen(scope))
    drafted = set(seen.values_list("year", flat=True).distinct())
    years = sorted({today.year, *drafted}, reverse=True)[:MOST_YEARS]
    rows = [_row(request, standing_of(year, today), seen) for year in years]
    may = seat_in(scope, leading(), Role.OFFICER) is not None
    context = {"rows": rows, "may": may, "form": form, "refusal": refusal, "year": today.year}
    return render(request, "planning/plans.html", context, status=status)


def _row(request: HttpRequest, standing: Standing, seen: Any) -> dict[str, Any]:
    scope, today = scope_of_request(request), today_of(request)
    edition = standing.edition
    latest = standing.latest
    shown = latest if latest and seen.filter(pk=latest.pk).exists() else None
    reached: dict[str, int] = {}
    if edition is not None:
        reached = total(by_goal(edition.plan, today, scope.lines()).values())
    return {
        "standing": standing,
        "plan": edition.plan if edition else shown,
        "draft": shown if shown and not (edition and edition.plan_id == shown.pk) else None,
        "reached": reached,
        "planned": sum(reached.values()),
        "may_draft": standing.phase == Phase.NONE,
    }
