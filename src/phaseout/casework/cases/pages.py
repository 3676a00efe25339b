"""The pages `cases`, `case` and `case-open`: find, parse, act, show."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import person, requires, scope_of_request, today_of
from phaseout.accounts.scope import Scope
from phaseout.casework import acts
from phaseout.casework.acts.exiting import EXIT, exit_is_open
from phaseout.casework.cases import diagram, showing
from phaseout.casework.cases.basis import follows
from phaseout.casework.cases.beside import beside
from phaseout.casework.cases.coming import next_steps, rights_shown
from phaseout.casework.cases.conflicts import conflicts_of
from phaseout.casework.cases.deadlines import deadlines_shown
from phaseout.casework.cases.doing.exiting import exit_offered
from phaseout.casework.cases.forms import LineForm, OpeningForm
from phaseout.casework.cases.listing import (
    NEWEST_FIRST,
    CaseFilter,
    cases_within,
    office_words,
    reads_whole,
)
from phaseout.casework.cases.narrowing import CloserFilter
from phaseout.casework.cases.offices import names
from phaseout.casework.cases.opening import MOST, Opening, examine
from phaseout.casework.cases.timeline import timeline
from phaseout.casework.models import Case, Finding, LineStanding
from phaseout.casework.papers.concerning import places_read
from phaseout.casework.papers.previewing import draft
from phaseout.casework.papers.previewing import shown as shown_as_draft
from phaseout.casework.papers.seeing import from_inside_an_enterprise
from phaseout.casework.proceeding.standing import acts_of, standing_of
from phaseout.casework.proceeding.staying import stays
from phaseout.casework.tasks.listing import of_case
from phaseout.law.refusals import Refusal
from phaseout.pages import keyset
from phaseout.pages.templatetags.phaseout import said


@require_safe
@requires(Power.READ)
def cases(request: HttpRequest) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    form = CaseFilter(request.GET, scope=scope, label_suffix="")
    # Stages and offices are told to offices; an enterprise reads its cases on its own site.
    closer = CloserFilter(request.GET, today=today, label_suffix="") if scope.has_office else None
    valid = form.is_valid() and (closer is None or closer.is_valid())
    asked = form.condition() if valid else Q(pk__in=[])
    if valid and closer is not None:
        asked &= closer.condition()
    page = keyset.page(
        cases_within(scope).filter(asked), NEWEST_FIRST, request.GET.get("cursor", "")
    )
    for case in page.rows:
        case.office_name = office_words(case, today)
        case.stage_words = showing.stage_words(case)
    context = {"form": form, "closer": closer, "page": page, "narrowed": bool(asked)}
    return render(request, "casework/cases.html", context, status=200 if valid else 422)


@require_safe
@requires(Power.READ)
def case(request: HttpRequest, pk: int) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    shown = get_object_or_404(cases_within(scope), pk=pk)
    if from_inside_an_enterprise(scope):
        return _to_its_own_site(pk)
    done = acts_of(shown)
    now = standing_of(shown, done, on=today)
    going, settled = deadlines_shown(shown, now, today)
    related, whole = list(_related(shown, scope)), reads_whole(shown, scope)
    context = {
        "case": shown,
        "beside": beside(shown, scope, today),
        "stayed": stays(now, done),
        "now": now,
        "acts": timeline(done, now.procedure, places_read(shown, done, scope)),
        "whole": whole,
        "stages": showing.stages(now, done),
        "places": diagram.in_words(now, done),
        "sides": diagram.side_stages(now),
        "next": next_steps(shown, now, scope, today),
        "exit_offered": exit_offered(shown, now, scope, today),
        "to_exit": shown.procedure == EXIT or exit_is_open(now),
        "going": going,
        "settled": settled,
        "rights": rights_shown(now),
        "tasks": of_case(shown.pk, today),
        "conflicts": conflicts_of(shown),
        "grounds": showing.grounds(shown, today) if whole else [],
        "may_see_findings": scope.may(
            Power.READ, division=shown.division_code, dimension=shown.dimension
        ),
        "leads": showing.who_leads(shown),
        "related": related,
        "seen_cases": {case.pk for case in related},
        "standing": LineStanding.objects.standing_on(today).filter(line=shown.line).first(),
    }
    return render(request, "casework/case.html", context)


def _related(case: Case, scope: Scope) -> QuerySet[Case]:
    others = cases_within(scope).filter(enterprise=case.enterprise).exclude(pk=case.pk)
    return others.order_by(*NEWEST_FIRST)[:20]


def _to_its_own_site(pk: int) -> HttpResponse:
    """An enterprise reads its case on its own site; this page shows internal papers."""
    try:
        return redirect(reverse("own-case", args=[pk]))
    except NoReverseMatch:
        raise Http404 from None


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.OPEN_CASE)
def case_open(request: HttpRequest) -> HttpResponse:
    """Before: what will happen, to whom, on which basis. A POST from that page does it."""
    given = request.POST if request.method == "POST" else request.GET
    ids = [text for text in given.getlist("finding") if text.isprintable()][: MOST + 1]
    found = list(
        Finding.objects.standing()
        .filter(scope_of_request(request).findings(), finding_id__in=ids)
        .select_related("enterprise", "line")
        .order_by("pk")
    )
    if ids and not found and not _was_there(request, ids):
        raise Http404
    if request.method == "POST" and "preview" in request.POST:
        return _preview(request, ids, found)
    if request.method == "POST":
        return _open(request, ids, found)
    return _before(request, ids, found)


def _was_there(request: HttpRequest, ids: list[str]) -> bool:
    scope = scope_of_request(request)
    return Finding.objects.filter(scope.findings(), finding_id__in=ids).exists()


def _open(request: HttpRequest, ids: list[str], found: list[Finding]) -> HttpResponse:
    form = OpeningForm(request.POST)
    if not form.is_valid():
        return _before(request, ids, found, form=form, status=422)
    try:
        act = acts.open_case(
            ids,
            by=person(request),
            scope=scope_of_request(request),
            today=today_of(request),
            line_id=_line_asked(request),
            seen=[int(pk) for pk in request.POST.getlist("seen") if pk.isdecimal()],
            **form.cleaned_data,
        )
    except Refusal as refusal:
        return _before(request, ids, found, form=form, refusal=refusal, status=409)
    messages.success(request, _("已立案：%(number)s") % {"number": act.case.number})
    return redirect("case", pk=act.case_id)


def _preview(request: HttpRequest, ids: list[str], found: list[Finding]) -> HttpResponse:
    """The form that opening the case issues, from the page as it stands; nothing is written."""
    form, today = OpeningForm(request.POST), today_of(request)
    if not form.is_valid():
        return _before(request, ids, found, form=form, previewed=True, status=422)
    try:
        opening = examine(
            ids, scope=scope_of_request(request), today=today, line_id=_line_asked(request)
        )
        act = acts.opening_act(
            opening,
            acts.case_to_open(opening, today),
            by=person(request),
            today=today,
            reason=form.cleaned_data["reason"],
        )
        document = draft(act, [])
        if document is None:
            raise Http404
        return shown_as_draft(document)
    except Refusal as refusal:
        return _before(request, ids, found, form=form, refusal=refusal, previewed=True, status=409)


def _before(
    request: HttpRequest,
    ids: list[str],
    found: list[Finding],
    *,
    form: OpeningForm | None = None,
    refusal: Refusal | None = None,
    previewed: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The one screen before the act: it says all, or why not."""
    scope, today = scope_of_request(request), today_of(request)
    opening: Opening | None = None
    try:
        opening = examine(ids, scope=scope, today=today, line_id=_line_asked(request))
    except Refusal as against:
        refusal = refusal or against
        status = 409 if status == 200 else status
    context: dict[str, Any] = {
        "findings": found,
        "refusal": refusal,
        "opening": opening,
        "previewed": previewed,
    }
    if refusal is not None and refusal.code in ("line_not_chosen", "line_does_not_fit") and found:
        context["line_form"] = LineForm(enterprise=found[0].enterprise_id)
        status = 200 if refusal.code == "line_not_chosen" else status
    if opening is not None:
        context |= {
            "findings": opening.findings,
            "form": form or OpeningForm(initial={"reason": _proposed(opening)}),
            "follows": [follows(row) for row in opening.attached],
            "lead": names((opening.acting.lead,), today),
            "cooperating": names(opening.duties.cooperating, today),
        }
    return render(request, "casework/case_open.html", context, status=status)


def _line_asked(request: HttpRequest) -> str:
    given = request.POST if request.method == "POST" else request.GET
    text = given.get("line", "")
    return text if text.isprintable() else ""


def _proposed(opening: Opening) -> str:
    """A reason to start from: what was found, one sentence a finding."""
    summaries = dict.fromkeys(said((f.summary_zh, f.summary_en)) for f in opening.findings)
    return "\n".join(summaries)[: acts.LONGEST_REASON]
