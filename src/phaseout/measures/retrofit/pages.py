"""The pages of retrofit projects: the list, one from a finding, a project."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of, ways
from phaseout.casework.models import Finding
from phaseout.law.refusals import Refusal
from phaseout.law.retrofit import Target, targets
from phaseout.measures.retrofit import acts, refusing
from phaseout.measures.retrofit.forms import NoteForm, ProjectForm
from phaseout.measures.retrofit.models import Project, RetrofitAct
from phaseout.measures.retrofit.shown import ENDED, within
from phaseout.measures.retrofit.standing import (
    STATES,
    Standing,
    achieved,
    expected_saving,
    standing,
    would_meet,
)
from phaseout.pages import keyset

Kind = RetrofitAct.Kind


@require_safe
@requires(Power.READ)
def retrofits(request: HttpRequest) -> HttpResponse:
    """The projects within one's reach, newest first; the late ones on request."""
    scope, today = scope_of_request(request), today_of(request)
    rows = Project.objects.filter(within(scope)).select_related("enterprise", "line")
    late = request.GET.get("late") == "yes"
    if late:
        ended = RetrofitAct.objects.filter(kind__in=ENDED).values("project_id")
        rows = rows.filter(ends__lt=today).exclude(pk__in=ended)
    page = keyset.page(rows.prefetch_related("acts"), ("-id",), request.GET.get("cursor", ""))
    shown = [_row(project, today) for project in page.rows]
    return render(
        request,
        "retrofit/projects.html",
        {"page": page, "rows": shown, "late": late, "today": today},
    )


def _row(project: Project, today: Any) -> dict[str, Any]:
    now = standing(list(project.acts.all()))
    return {
        "project": project,
        "now": now,
        "state": STATES[now.state],
        "saving": expected_saving(project),
        "late": now.late(project, today),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.ACT)
def retrofit_new(request: HttpRequest, finding_id: str) -> HttpResponse:
    """A project from a finding: what would pass, turned into a plan."""
    scope, today = scope_of_request(request), today_of(request)
    finding = get_object_or_404(
        Finding.objects.standing().filter(scope.findings()).select_related("enterprise", "line"),
        finding_id=finding_id,
    )
    aims = targets(finding.norm_row or "", today)
    if finding.value is None or not aims or finding.verdict != "noncompliant":
        raise refusing.nothing_to_reach()
    form = ProjectForm(request.POST or None, aims=aims)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = dict(form.cleaned_data)
            key = given.pop("key")
            try:
                done = acts.propose(finding, acts.Planned(**given), **ways(request, key))
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                return redirect("retrofit", pk=done.project_id)
    context = {
        "finding": finding,
        "form": form,
        "refusal": refusal,
        "aims": [_aim(one, finding) for one in aims],
    }
    return render(request, "retrofit/project_new.html", context, status=status)


def _aim(one: Target, finding: Finding) -> dict[str, Any]:
    value = finding.value
    assert value is not None
    return {
        "target": one,
        "missing": one.missing(value),
        "share": one.share_missing(value),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.READ)
def retrofit(request: HttpRequest, pk: int) -> HttpResponse:
    """A project: what it aims at, what it saves, what came of it, and what can be done on it."""
    scope, today = scope_of_request(request), today_of(request)
    found = get_object_or_404(
        Project.objects.filter(within(scope)).select_related("enterprise", "line", "finding"),
        pk=pk,
    )
    now = standing(list(found.acts.all()))
    forms = _forms(request, found, now)
    refusal, status = None, 200
    if request.method == "POST":
        kind = request.POST.get("do", "")
        if kind not in forms:
            raise Http404
        form, status = forms[kind], 422
        if form.is_valid():
            note, key = form.cleaned_data["note"], form.cleaned_data["key"]
            try:
                acts.go_on(found.pk, kind, note, **ways(request, key))
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                return redirect("retrofit", pk=pk)
    context = {
        **_row(found, today),
        "forms": forms,
        "refusal": refusal,
        "today": today,
        "meets": would_meet(found, today),
        "achieved": achieved(found, now.completed_on),
        "done": [
            (act, (act.organisation_zh, act.organisation_en))
            for act in found.acts.select_related("by").order_by("pk")
        ],
    }
    return render(request, "retrofit/project.html", context, status=status)


def _forms(request: HttpRequest, project: Project, now: Standing) -> dict[str, NoteForm]:
    """The acts that the person can do on the project as it stands, by kind."""
    grant = acts.acting(scope_of_request(request), project)
    if grant is None:
        return {}
    sent = request.POST.get("do", "")
    return {
        kind: NoteForm(*((request.POST,) if sent == kind else ()), auto_id=f"id_{kind}_%s")
        for kind in acts.may_follow(now.state, admitted=now.admitted is not None)
        if not (kind == Kind.ADMIT and grant.uscc)
    }
