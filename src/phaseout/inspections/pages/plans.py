"""Plans: the list, a new one, one with its draws."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import office_name, place_words
from phaseout.accounts.powers import Role
from phaseout.accounts.requests import officials, scope_of_request, today_of, ways
from phaseout.inspections import acts
from phaseout.inspections.forms import DrawForm, PlanForm
from phaseout.inspections.models import Draw, InspectionAct, Plan
from phaseout.inspections.pressure import pressures
from phaseout.inspections.standing import approval_of, in_force, is_latest, plans_within
from phaseout.inspections.subjects import SUBJECTS, duty_of, seat_in, seats, words_of
from phaseout.law.industries import INDUSTRIES
from phaseout.law.refusals import Refusal
from phaseout.pages.forms import ActForm

Kind = InspectionAct.Kind


@require_safe
@officials
def plans(request: HttpRequest) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    found = list(
        Plan.objects.filter(plans_within(scope))
        .select_related("act__by")
        .prefetch_related("lines")
        .order_by("-year", "office", "dimension", "-version")[:200]
    )
    approved = set(
        InspectionAct.objects.filter(
            kind=Kind.APPROVE_PLAN, about__in=[f"plan:{plan.pk}" for plan in found]
        ).values_list("about", flat=True)
    )
    rows = [
        {
            "plan": plan,
            "office": office_name(plan.office, plan.division_code, today),
            "words": words_of(plan.dimension),
            "firms": sum(line.firms for line in plan.lines.all()),
            "approved": f"plan:{plan.pk}" in approved,
        }
        for plan in found
    ]
    may = [(seat, words_of(seat.dimension)) for seat in seats(scope, Role.OFFICER)]
    return render(request, "inspections/plans.html", {"rows": rows, "may": may})


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def plan_new(request: HttpRequest, dimension: str) -> HttpResponse:
    if dimension not in SUBJECTS:
        raise Http404
    scope, today = scope_of_request(request), today_of(request)
    seat = next(seats(scope, Role.OFFICER, dimension=dimension), None)
    if seat is None:
        raise PermissionDenied("officer")
    pressing = pressures(dimension, seat.grant.prefix, today)
    form = PlanForm(request.POST or None, seat=seat, pressing=pressing, today=today)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                made = acts.make_plan(
                    seat.office,
                    dimension,
                    given["year"],
                    form.wanted(),
                    reason=given["reason"],
                    **ways(request, given["key"]),
                )
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已拟定，待负责人批准。"))
                return redirect("inspection-plan", pk=made.pk)
    context = {
        "form": form,
        "refusal": refusal,
        "words": words_of(dimension),
        "office": office_name(seat.office, seat.division_code, today),
        "place": place_words(seat.division_code),
        "duty": duty_of(dimension),
        "industries": {key: (one.zh, one.en) for key, one in INDUSTRIES.items()},
    }
    return render(request, "inspections/plan_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan; a leader approves it here, an officer draws from it."""
    found = get_object_or_404(
        Plan.objects.filter(plans_within(scope_of_request(request))).select_related("act__by"),
        pk=pk,
    )
    if request.method != "POST":
        return _page(request, found)
    form = DrawForm(request.POST) if request.POST.get("do") == "draw" else ActForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    try:
        if isinstance(form, DrawForm):
            line = get_object_or_404(found.lines, pk=_number(request.POST.get("line")))
            given = form.cleaned_data
            drawn = acts.draw(line.pk, given["wanted"], **ways(request, given["key"]))
            return redirect("inspection-draw", pk=drawn.pk)
        acts.approve_plan(
            found.pk,
            digest=request.POST.get("digest", ""),
            **ways(request, form.cleaned_data["key"]),
        )
    except Refusal as refusal:
        return _page(request, found, refusal=refusal, status=409)
    messages.success(request, _("已批准，可以抽取。"))
    return redirect("inspection-plan", pk=found.pk)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _page(
    request: HttpRequest,
    found: Plan,
    *,
    form: Any = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    approval, stands = approval_of(found), in_force(found)
    acting = seat_in(scope, found.office, found.dimension, Role.OFFICER, Role.LEADER) is not None
    leads = seat_in(scope, found.office, found.dimension, Role.LEADER) is not None
    context = {
        "plan": found,
        "words": words_of(found.dimension),
        "office": office_name(found.office, found.division_code, today),
        "place": place_words(found.division_code),
        "lines": _lines(found),
        "approval": approval,
        "in_force": stands,
        "may_draw": stands and acting,
        "may_approve": approval is None
        and leads
        and is_latest(found)
        and found.act.by_id != request.user.pk,
        "form": form or ActForm(),
        "draw_form": DrawForm,
        "refusal": refusal,
        "versions": Plan.objects.filter(
            office=found.office, dimension=found.dimension, year=found.year
        ).order_by("version"),
    }
    return render(request, "inspections/plan.html", context, status=status)


def _lines(found: Plan) -> list[dict[str, Any]]:
    """The lines with the draws of the whole plan of the year, whatever version they are from."""
    by_industry: dict[str, list[Draw]] = {}
    draws = Draw.objects.filter(
        plan_line__plan__office=found.office,
        plan_line__plan__dimension=found.dimension,
        plan_line__plan__year=found.year,
    ).select_related("plan_line")
    for one in draws.order_by("pk"):
        by_industry.setdefault(one.plan_line.industry, []).append(one)
    shown = []
    for line in found.lines.all():
        drawn = by_industry.get(line.industry, [])
        count = sum(len(one.drawn) for one in drawn)
        industry = INDUSTRIES[line.industry]
        shown.append(
            {
                "line": line,
                "industry": (industry.zh, industry.en),
                "draws": drawn,
                "drawn": count,
                "left": line.firms - count,
                "form": DrawForm(
                    initial={"wanted": line.firms - count}, auto_id=f"id_{line.pk}_%s"
                ),
            }
        )
    return shown
