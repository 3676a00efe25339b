"""Visits: an inspector's own, a department's, one with its checklist and its record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import office_name, place_words
from phaseout.accounts.powers import Role
from phaseout.accounts.requests import officials, person, scope_of_request, today_of, ways
from phaseout.casework.models import Case, Finding
from phaseout.inspections import acts
from phaseout.inspections.checklist import items_of
from phaseout.inspections.counting import led_to
from phaseout.inspections.forms import ReassignForm, RecuseForm
from phaseout.inspections.inspectors import inspectors_for
from phaseout.inspections.models import (
    AssignedInspector,
    Assignment,
    Handover,
    InspectionAct,
    Record,
)
from phaseout.inspections.papers import record_pdf
from phaseout.inspections.permits import SEEN, STATES
from phaseout.inspections.standing import is_complete, signers_of, team_of
from phaseout.inspections.subjects import seat_in, seats, words_of
from phaseout.law.industries import INDUSTRIES
from phaseout.law.refusals import Refusal
from phaseout.pages import keyset
from phaseout.pages.forms import ActForm
from phaseout.registry.models import Import
from phaseout.registry.views.previewing import STATES as STATES_OF_IMPORTS

TEAM = Prefetch(
    "team",
    queryset=AssignedInspector.objects.filter(left=None).select_related("inspector"),
)
WHICH = {
    "left": gettext_lazy("待检查"),
    "late": gettext_lazy("已过检查日"),
    "done": gettext_lazy("已检查"),
    "problems": gettext_lazy("现场发现问题"),
    "failing": gettext_lazy("结论不达标"),
    "cased": gettext_lazy("已立案"),
    "all": gettext_lazy("全部"),
}


def visits_within(request: HttpRequest) -> QuerySet[Assignment]:
    """The visits that the person may see: within the scope, and one's own."""
    scope = scope_of_request(request)
    return Assignment.objects.filter(
        scope.findings()
        | Q(pk__in=person(request).assigned_visits.filter(left=None).values("assignment"))
    ).annotate(recorded=Exists(Record.objects.filter(assignment=OuterRef("pk"))))


def narrowed(rows: QuerySet[Assignment], which: str, today: date) -> QuerySet[Assignment]:
    conditions = {
        "left": Q(record=None),
        "late": Q(record=None, ends__lt=today),
        "done": ~Q(record=None),
        "problems": Q(record__problems__gt=0),
        "all": Q(),
        "failing": Q(failing=True),
        "cased": Q(cased=True),
    }
    return rows.filter(conditions[which])


@require_safe
@officials
def visits(request: HttpRequest) -> HttpResponse:
    """What a department planned, did, and has left."""
    which, today = request.GET.get("which", "left"), today_of(request)
    if which not in WHICH:
        raise Http404
    found = visits_within(request)
    if which in ("failing", "cased"):
        found = led_to(found, scope_of_request(request))
    rows = narrowed(found, which, today)
    for name in ("office", "dimension"):
        if request.GET.get(name):
            rows = rows.filter(**{name: request.GET[name]})
    year = request.GET.get("year", "")
    if year.isascii() and year.isdigit() and len(year) == 4:
        rows = rows.filter(begins__year=int(year))
    rows = rows.select_related("enterprise").prefetch_related(TEAM)
    page = keyset.page(rows, ("begins", "id"), request.GET.get("cursor", ""))
    context = {
        "page": page,
        "rows": [_row(one, today) for one in page.rows],
        "which": which,
        "lists": WHICH.items(),
    }
    return render(request, "inspections/visits.html", context)


def _row(one: Assignment, today: date) -> dict[str, Any]:
    return {
        "visit": one,
        "office": office_name(one.office, one.division_code, today),
        "place": place_words(one.division_code),
        "words": words_of(one.dimension),
        "begun": one.begins <= today,
        "late": not one.recorded and one.ends < today,  # type: ignore[attr-defined]
    }


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def mine(request: HttpRequest) -> HttpResponse:
    """我的检查: what an inspector visits, in the order of the route; records that wait for one's
    signature; and declaring a conflict of interest."""
    form = RecuseForm(request.POST or None)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                acts.recuse(given["uscc"], reason=given["reason"], **ways(request, given["key"]))
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已申报回避，今后的抽取不会派您检查该企业。"))
                return redirect("inspection-mine")
    today = today_of(request)
    own = (
        visits_within(request)
        .filter(team__inspector=person(request), team__left=None)
        .select_related("enterprise", "record")
        .order_by("begins", "place", "pk")
    )
    left = [_row(one, today) for one in own.filter(record=None)[:100]]
    since = today - timedelta(days=60)
    done = [_row(one, today) for one in own.filter(record__isnull=False, ends__gte=since)[:100]]
    signed = set(
        InspectionAct.objects.filter(
            by=person(request),
            kind=InspectionAct.Kind.SIGN_RECORD,
            about__in=[f"record:{row['visit'].record.pk}" for row in done],
        ).values_list("about", flat=True)
    )
    written = set(
        Record.objects.filter(
            assignment__in=[row["visit"].pk for row in done], act__by=person(request)
        ).values_list("pk", flat=True)
    )
    for row in done:
        pk = row["visit"].record.pk
        row["to_sign"] = pk not in written and f"record:{pk}" not in signed
    drafts = set(person(request).inspection_drafts.values_list("assignment_id", flat=True))
    context: dict[str, Any] = {"left": left, "done": done, "drafts": drafts, "refusal": refusal}
    # Who inspects nothing has nothing to stay away from.
    if refusal is not None or next(seats(scope_of_request(request), Role.INSPECTOR), None):
        context["form"] = form
    return render(request, "inspections/mine.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """A visit: its checklist or its record, which the other inspectors sign here."""
    found = get_object_or_404(
        visits_within(request).select_related("enterprise", "draw", "tip"), pk=pk
    )
    record = Record.objects.select_related("act__by").filter(assignment=found).first()
    refusal, status = None, 200
    reassigning = _reassigning(request, found, record)
    if request.method == "POST":
        try:
            if _did(request, found, record, reassigning):
                return redirect("inspection-visit", pk=found.pk)
            status = 422
        except Refusal as refused:
            refusal, status = refused, 409
    context = {
        **shown(request, found),
        "reassigning": reassigning,
        "record": record,
        **(_recorded(request, found, record) if record else {}),
        "form": ActForm(),
        "refusal": refusal,
    }
    return render(request, "inspections/visit.html", context, status=status)


def _did(
    request: HttpRequest, found: Assignment, record: Record | None, form: ReassignForm | None
) -> bool:
    """Sign the record, or send another inspector; False: the form is not filled as it should be."""
    if request.POST.get("do") == "reassign":
        if form is None:
            raise PermissionDenied("office")
        if not form.is_valid():
            return False
        given = dict(form.cleaned_data)
        acts.reassign(found.pk, **{**given, **ways(request, given["key"])})
        messages.success(request, _("已改派，抽取结果不变。"))
        return True
    signing = ActForm(request.POST)
    if record is None or not signing.is_valid():
        raise Http404
    acts.sign_record(
        record.pk,
        digest=request.POST.get("digest", ""),
        **ways(request, signing.cleaned_data["key"]),
    )
    messages.success(request, _("已签署。"))
    return True


def _reassigning(
    request: HttpRequest, found: Assignment, record: Record | None
) -> ReassignForm | None:
    """The form for the office of the visit, as long as nothing was recorded."""
    scope = scope_of_request(request)
    seat = seat_in(scope, found.office, found.dimension, Role.OFFICER, Role.LEADER)
    if seat is None or (record is not None and request.POST.get("do") != "reassign"):
        return None
    team = [one.inspector for one in team_of(found)]
    others = [one for one in inspectors_for(found, today_of(request)) if one not in team]
    return ReassignForm(
        request.POST if request.POST.get("do") == "reassign" else None,
        team=[(one.username, str(one)) for one in team],
        people=[(one.username, str(one)) for one in others],
        auto_id="id_reassign_%s",
    )


@require_safe
@officials
def record_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The record as PDF; a draft until every inspector has signed."""
    found = get_object_or_404(visits_within(request).select_related("enterprise"), pk=pk)
    record = get_object_or_404(
        Record.objects.select_related("assignment__enterprise", "act"), assignment=found
    )
    answer = HttpResponse(record_pdf(record), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="inspection-{found.pk}.pdf"'
    return answer


def shown(request: HttpRequest, found: Assignment) -> dict[str, Any]:
    """A visit in words: for its page and for the form on the spot."""
    today = today_of(request)
    industry = INDUSTRIES[found.industry]
    team = [one.inspector for one in team_of(found)]
    return {
        "visit": found,
        "words": words_of(found.dimension),
        "industry": (industry.zh, industry.en),
        "office": office_name(found.office, found.division_code, today),
        "place": place_words(found.division_code),
        "team": team,
        "handovers": Handover.objects.filter(leaves__assignment=found).select_related(
            "act__by", "leaves__inspector", "comes__inspector"
        ),
        "in_team": person(request) in team,
        "may_record": person(request) in team and today >= found.begins,
        "checklist": found.checklist,
        "permit_states": STATES,
    }


def _recorded(request: HttpRequest, found: Assignment, record: Record) -> dict[str, Any]:
    signed = signers_of(record)
    team = list(team_of(found).values_list("inspector_id", flat=True))
    answered = [
        {"line": line, "item": item, "answer": record.answers[item["id"]]}
        for line, item in items_of(found.checklist)
        if item["id"] in record.answers
    ]
    permits = [
        {"item": one, "seen": SEEN[record.permits[one["permit"]]["value"]],
         "answer": record.permits[one["permit"]]}
        for one in found.checklist["permits"]
        if one["permit"] in record.permits
    ]  # fmt: skip
    brought = getattr(record, "brought", None)
    return {
        "answered": answered,
        "seen_permits": permits,
        "signed": [one for one in team_of(found) if one.inspector_id in signed],
        "complete": is_complete(record, team),
        "may_sign": request.user.pk in team and request.user.pk not in signed,
        "brought": brought.brought if brought else None,
        "brought_state": STATES_OF_IMPORTS[Import.State(brought.brought.state)]
        if brought
        else None,
        **_led_to(request, found, record),
    }


def _led_to(request: HttpRequest, found: Assignment, record: Record) -> dict[str, Any]:
    """The findings that stand of the lines visited in the dimensions looked at, given since the
    visit; and the cases that rest on them."""
    scope = scope_of_request(request)
    lines = [line["line_id"] for line in found.checklist["lines"]]
    findings = list(
        Finding.objects.filter(scope.findings(), enterprise=found.enterprise_id)
        .filter(Q(line__in=lines) | Q(line=None))
        .filter(found_on__gte=record.visited_on, verdict="noncompliant", ended_on=None)
        .order_by("-gravity", "pk")[:50]
    )
    cases = list(
        Case.objects.filter(scope.findings(), grounds__finding__in=findings).distinct()[:50]
    )
    return {"findings": findings, "cases": cases}
