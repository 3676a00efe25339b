"""The lines of a draft: the list behind every number, and where an officer changes them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.organisations import place_words
from phaseout.accounts.powers import Role
from phaseout.accounts.requests import officials, scope_of_request, today_of, ways
from phaseout.accounts.rows import whole_reach
from phaseout.accounts.scope import Scope
from phaseout.casework.cases.listing import cases_within
from phaseout.coordination.offices import name_of, seat_in
from phaseout.coordination.planning import acts
from phaseout.coordination.planning.acts.alike import leading
from phaseout.coordination.planning.candidates import LEFT_OUT
from phaseout.coordination.planning.forms import LinesFilter, LinesForm, TakeInForm
from phaseout.coordination.planning.models import PlannedLine, WorkPlan
from phaseout.coordination.planning.pages.drafts import plan_or_404
from phaseout.coordination.planning.progress import STATES, State, followed
from phaseout.coordination.planning.showing import AIM_WORDS, industry_words
from phaseout.coordination.planning.standing import Phase, standing_of
from phaseout.coordination.returns.rows import form_unit
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.pages import keyset
from phaseout.pages.templatetags.phaseout import said
from phaseout.registry.capacity.asking import product_said
from phaseout.registry.capacity.saying import shown
from phaseout.reporting.words import DIMENSIONS

IN_ORDER = ("industry", "id")
GROUNDS: dict[str, Bilingual] = {
    "case": ("在办案件", "open case"),
    "finding": ("认定不达标", "found outdated"),
    "provisional": ("暂定不达标", "provisionally outdated"),
    "person": ("人工列入", "taken in by a person"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def lines(request: HttpRequest, pk: int) -> HttpResponse:
    found = plan_or_404(request, pk)
    scope, today = scope_of_request(request), today_of(request)
    may = _may_edit(scope, found, today)
    asked = LinesFilter(request.GET, on=today, label_suffix="")
    page = _listed(request, found, asked)
    form: Any = None
    refusal, status = None, 200
    if request.method == "POST":
        if not may:
            raise PermissionDenied("officer")
        form, status = _form(request, page, today), 422
        if form.is_valid():
            try:
                edits, who = form.edits(), ways(request, form.cleaned_data["key"])
                made = acts.draft_plan(found.year, edits, **who)
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已形成新的一稿。"))
                return redirect(f"{_address(made)}?{request.GET.urlencode()}")
    editing = form if isinstance(form, LinesForm) else None
    if may and (request.GET.get("edit") or editing):
        editing = editing or LinesForm(shown=page.rows, on=today)
    context = {
        "plan": found,
        "filter": asked,
        "page": page,
        "rows": _rows(page.rows, scope, today, editing),
        "may": may,
        "editing": editing,
        "taking": form if isinstance(form, TakeInForm) else TakeInForm(),
        "refusal": refusal,
    }
    return render(request, "planning/lines.html", context, status=status)


def _address(plan: WorkPlan) -> str:
    return redirect("work-plan-lines", pk=plan.pk).url


def _form(request: HttpRequest, page: keyset.Page, today: date) -> Any:
    if request.POST.get("do") == "take_in":
        return TakeInForm(request.POST)
    return LinesForm(request.POST, shown=page.rows, on=today)


def _may_edit(scope: Scope, found: WorkPlan, today: date) -> bool:
    if seat_in(scope, leading(), Role.OFFICER) is None or found.year < today.year:
        return False
    standing = standing_of(found.year, today)
    return standing.latest == found and standing.phase != Phase.SUBMITTED


def _listed(request: HttpRequest, found: WorkPlan, asked: LinesFilter) -> keyset.Page:
    scope, today = scope_of_request(request), today_of(request)
    given = asked.cleaned_data if asked.is_valid() else {}
    condition = Q(scope.lines())
    for name in ("aim", "industry", "office"):
        if given.get(name):
            condition &= Q(**{name: given[name]})
    if given.get("city"):
        condition &= Q(division_code__startswith=given["city"])
    rows: QuerySet[Any]
    if given.get("state") == "left_out":
        rows = PlannedLine.objects.filter(plan=found, included=False)
    else:
        rows = followed(found, today)
        if given.get("state"):
            rows = rows.filter(state=given["state"])
    with whole_reach():  # see `progress.followed`; narrowed by the scope in `condition`
        return keyset.page(
            rows.filter(condition).select_related("line", "enterprise"),
            IN_ORDER,
            request.GET.get("cursor", ""),
        )


def _rows(
    listed: list[PlannedLine], scope: Scope, today: date, editing: LinesForm | None
) -> list[dict[str, Any]]:
    """The rows in words, each with the cases on its line that the reader may see."""
    cases: dict[str, list[Any]] = {}
    for case in cases_within(scope).filter(line__in=[one.line_id for one in listed]).order_by("pk"):
        cases.setdefault(case.line_id, []).append(case)
    fields = {one.pk: rest for one, *rest in editing.rows()} if editing else {}
    return [_row(one, cases.get(one.line_id, []), fields.get(one.pk), today) for one in listed]


def _row(one: PlannedLine, cases: list[Any], fields: Any, today: date) -> dict[str, Any]:
    state = getattr(one, "state", "")
    return {
        "one": one,
        "aim": AIM_WORDS[one.aim],
        "industry": industry_words(one.industry),
        "place": place_words(one.division_code),
        "product": product_said(one.product),
        "amount": None if one.amount is None else shown(one.amount, one.unit),
        "unit": said(form_unit(one.unit)) if one.unit else "",
        "dimension": DIMENSIONS.get(one.dimension),
        "ground": GROUNDS[one.ground],
        "left_out": LEFT_OUT.get(one.left_out),
        "office": name_of(one.office, today),
        "cases": cases,
        "state": STATES[State(state)] if state else None,
        "late": state == State.LATE,
        "through": state == State.THROUGH,
        "through_on": getattr(one, "through_on", None),
        "reached": shown(one.done, one.unit) if state and one.unit else None,  # type: ignore[attr-defined]
        "fields": fields,
    }
