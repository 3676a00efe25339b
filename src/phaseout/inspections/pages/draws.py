"""A draw: who was drawn from which lists, how to check it, and sending the inspectors."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.models import User
from phaseout.accounts.organisations import office_name, place_words
from phaseout.accounts.powers import Role
from phaseout.accounts.requests import officials, scope_of_request, today_of, ways
from phaseout.inspections import acts, drawing
from phaseout.inspections.forms import AssignForm
from phaseout.inspections.models import Draw
from phaseout.inspections.models.plan import enterprise_names
from phaseout.inspections.standing import plans_within
from phaseout.inspections.subjects import seat_in, words_of
from phaseout.law.industries import INDUSTRIES
from phaseout.law.refusals import Refusal

SHOWN = 300
"""So many candidates are shown on the page; the file has all."""


def _found(request: HttpRequest, pk: int) -> Draw:
    within = Draw.objects.filter(plans_within(scope_of_request(request)))
    return get_object_or_404(within.select_related("plan_line__plan", "act__by"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = AssignForm(request.POST or None, initial={"first_day": today_of(request)})
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = dict(form.cleaned_data)
            key = given.pop("key")
            try:
                acts.assign(found.pk, **given, **ways(request, key))
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已派出，检查人员可在“我的检查”中看到。"))
                return redirect("inspection-draw", pk=found.pk)
    return render(
        request, "inspections/draw.html", _context(request, found, form, refusal), status=status
    )


def _context(
    request: HttpRequest, found: Draw, form: AssignForm, refusal: Refusal | None
) -> dict[str, Any]:
    plan = found.plan_line.plan
    industry = INDUSTRIES[found.plan_line.industry]
    seat = seat_in(
        scope_of_request(request), plan.office, plan.dimension, Role.OFFICER, Role.LEADER
    )
    return {
        "draw": found,
        "plan": plan,
        "words": words_of(plan.dimension),
        "industry": (industry.zh, industry.en),
        "office": office_name(plan.office, plan.division_code, today_of(request)),
        **_sheet_in_words(found),
        "wrong": drawing.check(found.as_data()),
        "may_assign": seat is not None and not found.assignments.exists(),
        "form": form,
        "refusal": refusal,
    }


def _sheet_in_words(found: Draw) -> dict[str, Any]:
    """Who was drawn and from whom, with names and places."""
    sheet = found.sheet
    names = enterprise_names([f["uscc"] for f in (*sheet["firms"], *sheet["firms_left_out"])])
    logins = {one["name"] for one in sheet["inspectors"]}
    people = {user.username: str(user) for user in User.objects.filter(username__in=logins)}
    where = {f["uscc"]: place_words(f["division_code"]) for f in sheet["firms"]}
    visits = {one.enterprise_id: one for one in found.assignments.all()}
    return {
        "drawn": [
            {
                "uscc": one["uscc"],
                "name": names.get(one["uscc"], one["uscc"]),
                "place": where[one["uscc"]],
                "inspectors": [people.get(name, name) for name in one["inspectors"]],
                "visit": visits.get(one["uscc"]),
            }
            for one in found.drawn
        ],
        "firms": [
            {**f, "name": names.get(f["uscc"], f["uscc"]), "place": where[f["uscc"]]}
            for f in sheet["firms"][:SHOWN]
        ],
        "firms_left_out": [
            {**f, "called": names.get(f["uscc"], f["uscc"])}
            for f in sheet["firms_left_out"][:SHOWN]
        ],
        "inspectors": [
            {
                **one,
                "called": people.get(one["name"], one["name"]),
                "barred": [names.get(u, u) for u in one["conflicts"] if u in where],
            }
            for one in sheet["inspectors"]
        ],
    }


@require_safe
@officials
def draw_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The draw as a file that anyone checks with `phaseout inspections check-draw FILE`."""
    found = _found(request, pk)
    answer = JsonResponse(
        found.as_data(), json_dumps_params={"ensure_ascii": False, "indent": 1, "sort_keys": True}
    )
    answer["Content-Disposition"] = f'attachment; filename="draw-{found.pk}.json"'
    return answer
