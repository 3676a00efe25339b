"""The page `case-exit`: what stands before the exit of a line is opened on a decision served."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import person, requires, scope_of_request, today_of
from phaseout.accounts.scope import Scope
from phaseout.casework import acts
from phaseout.casework.acts.exiting import exit_is_open
from phaseout.casework.cases.doing.before import foresee
from phaseout.casework.cases.doing.forms import ActForm
from phaseout.casework.cases.doing.previewing import looked_at, preview
from phaseout.casework.cases.doing.sending import Doing, key_sent
from phaseout.casework.cases.doing.uploading import keep_files
from phaseout.casework.cases.listing import cases_within
from phaseout.casework.models import Act, Case
from phaseout.casework.proceeding import refusing
from phaseout.casework.proceeding.citing import bases
from phaseout.casework.proceeding.holders import holder, who
from phaseout.casework.proceeding.standing import acts_of, standing_of
from phaseout.law.procedures import ActRule, State, procedure
from phaseout.law.refusals import Refusal


def exit_offered(case: Case, now: State, scope: Scope, today: date) -> bool:
    """Whether the page of the case offers to open the exit: it may be, and by this person."""
    return (
        exit_is_open(now)
        and holder(_rule(today), acts.exit_of(case, today), scope, today) is not None
        and acts.against_exit(case, now) is None
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.ACT)
def case_exit(request: HttpRequest, pk: int) -> HttpResponse:
    """Before: what will be opened, on what. A POST opens it."""
    scope, today = scope_of_request(request), today_of(request)
    source = get_object_or_404(cases_within(scope), pk=pk)
    if request.method == "POST":
        before = _opened_before(request)
        if before is not None:
            return redirect("case", pk=before.case_id)
    refusal = _against(source, scope, today)
    if refusal is not None:
        context = {"case": source, "rule": _rule(today), "refusal": refusal}
        return render(request, "casework/act.html", context, status=409)
    if request.method == "POST" and "preview" in request.POST:
        return _preview(request, source, today)
    if request.method == "POST":
        return _sent(request, source, today)
    return _shown(request, source, _doing(request, source, today).empty(), today)


def _sent(request: HttpRequest, source: Case, today: date) -> HttpResponse:
    doing = _doing(request, source, today)
    data, refused = keep_files(request, doing.rule, doing.by)
    form = doing.sent(data, refused)
    if not form.is_valid():
        return _shown(request, source, form, today, status=422)
    try:
        act = acts.open_exit(
            source.pk,
            form.asked(),
            by=doing.by,
            scope=doing.scope,
            today=today,
            key=form.key,
        )
    except Refusal as refusal:
        return _shown(request, source, form, today, refusal=refusal, status=409)
    messages.success(request, _("已立案：%(number)s") % {"number": act.case.number})
    return redirect("case", pk=act.case_id)


def _preview(request: HttpRequest, source: Case, today: date) -> HttpResponse:
    """The document of the opening, from the form as it stands; nothing is written."""
    doing, exit_case = _doing(request, source, today), acts.exit_of(source, today)
    held = holder(doing.rule, exit_case, doing.scope, today)
    form, files = looked_at(request, doing)
    if held is None or not form.is_valid():
        return _shown(request, source, form, today, previewed=True, status=422)
    try:
        answer = preview(replace(doing, case=exit_case), form, held, files)
    except Refusal as refusal:
        return _shown(request, source, form, today, refusal=refusal, previewed=True, status=409)
    if answer is None:
        raise Http404
    return answer


def _shown(
    request: HttpRequest,
    source: Case,
    form: ActForm,
    today: date,
    *,
    refusal: Refusal | None = None,
    previewed: bool = False,
    status: int = 200,
) -> HttpResponse:
    rule, exit_case = _rule(today), acts.exit_of(source, today)
    context = {
        "case": source,
        "rule": rule,
        "form": form,
        "refusal": refusal,
        "previewed": previewed,
        "may_preview": bool(rule.document),
        "alone": True,
        "who": who(rule, exit_case, today),
        "basis": bases(rule),
        "foreseen": foresee(exit_case, [], standing_of(exit_case, [], on=today), rule),
    }
    return render(request, "casework/act.html", context, status=status)


def _against(source: Case, scope: Scope, today: date) -> Refusal | None:
    rule, exit_case = _rule(today), acts.exit_of(source, today)
    if holder(rule, exit_case, scope, today) is None:
        return refusing.not_yours(rule, who(rule, exit_case, today))
    return acts.against_exit(source, standing_of(source, acts_of(source), on=today))


def _opened_before(request: HttpRequest) -> Act | None:
    """The button pressed twice: the exit that the first press has opened."""
    done = Act.objects.filter(kind=acts.ON_DECISION, by=person(request))
    key = key_sent(request)
    return done.filter(key=key).first() if key is not None else None


def _doing(request: HttpRequest, source: Case, today: date) -> Doing:
    """The exit has no act yet; the files it names may be those of the case it comes from."""
    now = standing_of(acts.exit_of(source, today), [], on=today)
    by = person(request)
    return Doing(source, [], now, _rule(today), by, scope_of_request(request), today)


def _rule(today: date) -> ActRule:
    return procedure("exit", on=today).acts[acts.ON_DECISION]
