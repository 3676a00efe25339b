"""One draft, adopted or not: goals and progress, measures, acts, and what can be done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.powers import Role
from phaseout.accounts.requests import officials, scope_of_request, today_of, ways
from phaseout.coordination.offices import GOVERNMENT, name_of, seat_in
from phaseout.coordination.planning import acts
from phaseout.coordination.planning.acts.alike import leading
from phaseout.coordination.planning.forms import (
    AdoptForm,
    ConsultForm,
    DraftForm,
    MeasuresForm,
    SendBackForm,
)
from phaseout.coordination.planning.models import Edition, WorkPlan
from phaseout.coordination.planning.papers import plan_pdf
from phaseout.coordination.planning.seeing import plans_seen
from phaseout.coordination.planning.showing import beyond_shown, goals_shown, measures_shown
from phaseout.coordination.planning.standing import Phase, Standing, standing_of
from phaseout.law.refusals import Refusal
from phaseout.pages.forms import ActForm

FORMS: dict[str, Any] = {
    "draft": DraftForm, "submit": ActForm, "adopt": AdoptForm, "send_back": SendBackForm,
}  # fmt: skip
DONE = {
    "draft": _("已重新拟定。"), "consult": _("已发出征求意见。"), "submit": _("已报请审定。"),
    "adopt": _("已审定印发，自今日起执行。"), "send_back": _("已退回修改。"),
}  # fmt: skip


def plan_or_404(request: HttpRequest, pk: int) -> WorkPlan:
    """A draft that the person may see."""
    seen = WorkPlan.objects.filter(plans_seen(scope_of_request(request))).distinct()
    return get_object_or_404(seen.select_related("act__by", "based_on"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    found = plan_or_404(request, pk)
    if request.method != "POST":
        return _page(request, found)
    do = request.POST.get("do", "")
    if do == "consult":
        named = acts.named_offices(found.office)
        form: Any = ConsultForm(request.POST, named=named, on=today_of(request))
    elif do in FORMS:
        form = FORMS[do](request.POST)
    else:
        raise PermissionDenied("do")
    if not form.is_valid():
        return _page(request, found, wrong=(do, form), status=422)
    try:
        made = _done(request, found, do, form)
    except Refusal as refusal:
        return _page(request, found, wrong=(do, form), refusal=refusal, status=409)
    messages.success(request, str(DONE[do]))
    return redirect("work-plan", pk=made)


def _done(request: HttpRequest, found: WorkPlan, do: str, form: Any) -> int:
    given = form.cleaned_data
    who, digest = ways(request, given["key"]), request.POST.get("digest", "")
    if do == "draft":
        return acts.draft_plan(found.year, acts.Edits(reason=given["reason"]), **who).pk
    if do == "consult":
        acts.consult(found.pk, given["offices"], given["last_day"], **who)
    elif do == "submit":
        acts.submit(found.pk, digest=digest, **who)
    elif do == "adopt":
        acts.adopt(found.pk, given["document"], digest=digest, **who)
    else:
        acts.send_back(found.pk, given["reason"], **who)
    return found.pk


def _page(
    request: HttpRequest,
    found: WorkPlan,
    *,
    wrong: tuple[str, Any] | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    standing = standing_of(found.year, today)
    edition = Edition.objects.filter(plan=found).select_related("act__by").first()
    context = {
        "plan": found,
        "edition": edition,
        "in_force": edition is not None and edition == standing.edition,
        "standing": standing,
        "is_latest": standing.latest == found,
        "office": name_of(found.office, today),
        "goals": goals_shown(found, today, scope.lines()),
        "beyond": beyond_shown(found, today, scope.lines()) if edition else [],
        "measures": measures_shown(found, today),
        "acts": [found.act, *found.acts.select_related("by").order_by("pk")],
        "versions": WorkPlan.objects.filter(plans_seen(scope), year=found.year)
        .distinct()
        .select_related("edition")
        .order_by("number"),
        "may": _may(request, found, standing),
        "forms": _forms(request, found, wrong),
        "opened": wrong[0] if wrong else "",
        "refusal": refusal,
    }
    return render(request, "planning/plan.html", context, status=status)


def _may(request: HttpRequest, found: WorkPlan, standing: Standing) -> dict[str, bool]:
    scope = scope_of_request(request)
    officer = seat_in(scope, leading(), Role.OFFICER) is not None
    leader = seat_in(scope, leading(), Role.LEADER) is not None
    governs = seat_in(scope, [GOVERNMENT], Role.LEADER) is not None
    latest, phase = standing.latest == found, standing.phase
    current = today_of(request).year <= found.year
    return {
        "edit": officer and latest and phase != Phase.SUBMITTED and current,
        "consult": (officer or leader)
        and latest
        and (
            phase == Phase.DRAFTED or (phase == Phase.READY and not hasattr(found, "consultation"))
        ),
        "submit": leader and latest and phase == Phase.READY,
        "adopt": governs and latest and phase == Phase.SUBMITTED,
    }


def _forms(request: HttpRequest, found: WorkPlan, wrong: tuple[str, Any] | None) -> dict[str, Any]:
    named = acts.named_offices(found.office)
    forms = {do: kind() for do, kind in FORMS.items()}
    forms["consult"] = ConsultForm(named=named, on=today_of(request))
    return {**forms, **({wrong[0]: wrong[1]} if wrong else {})}


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def measures(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts of the measures, to be changed with reasons into a further draft."""
    found = plan_or_404(request, pk)
    standing = standing_of(found.year, today_of(request))
    if not _may(request, found, standing)["edit"]:
        raise PermissionDenied("officer")
    form = MeasuresForm(request.POST or None, shown=list(found.measures.all()))
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            who = ways(request, form.cleaned_data["key"])
            try:
                made = acts.draft_plan(found.year, form.edits(), **who)
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, str(DONE["draft"]))
                return redirect("work-plan", pk=made.pk)
    told = measures_shown(found, today_of(request))
    rows = [(shown, *fields) for shown, (_m, *fields) in zip(told, form.rows(), strict=True)]
    context = {"plan": found, "form": form, "refusal": refusal, "rows": rows}
    return render(request, "planning/measures.html", context, status=status)


@require_safe
@officials
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as an official document; until it is adopted every page says that it is a draft."""
    found = plan_or_404(request, pk)
    answer = HttpResponse(plan_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="work-plan-{found.year}-{found.number}.pdf"'
    return answer
