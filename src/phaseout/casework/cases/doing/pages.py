"""The page `case-act`: the one screen before an act, and the act itself."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import person, requires, scope_of_request, today_of
from phaseout.casework import acts
from phaseout.casework.cases.doing.before import foresee
from phaseout.casework.cases.doing.forms import ActForm
from phaseout.casework.cases.doing.previewing import looked_at, preview
from phaseout.casework.cases.doing.sending import Doing, key_sent
from phaseout.casework.cases.doing.uploading import keep_files
from phaseout.casework.cases.listing import cases_within
from phaseout.casework.models import Act, Case, Proposal
from phaseout.casework.proceeding import refusing
from phaseout.casework.proceeding.citing import bases
from phaseout.casework.proceeding.holders import holder, wanted, who
from phaseout.casework.proceeding.preparing import served_on
from phaseout.casework.proceeding.standing import acts_of, standing_of
from phaseout.law.refusals import Refusal
from phaseout.pages.templatetags.phaseout import said


def _alone(doing: Doing) -> bool:
    """Whether the act is done at once; else it is prepared for a signature."""
    return not wanted(doing.rule, doing.case).signs or doing.rule.role == "leader"


def _against(doing: Doing) -> Refusal | None:
    """Why the act is not this person's, or not lawful now, whatever it would carry."""
    if holder(doing.rule, doing.case, doing.scope, doing.today) is None:
        return refusing.not_yours(doing.rule, who(doing.rule, doing.case, doing.today))
    return doing.now.why_not(doing.rule.kind)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.ACT)
def case_act(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Before: what will happen, to whom, on which basis, whose signature. A POST does it."""
    case = get_object_or_404(cases_within(scope_of_request(request)), pk=pk)
    doing = _doing(request, case, kind)
    if isinstance(doing, Refusal):
        return _without_form(request, case, None, doing)
    if request.method == "POST":
        return _preview(request, doing) if "preview" in request.POST else _sent(request, doing)
    refusal = _against(doing)
    if refusal is not None:
        return _without_form(request, case, doing, refusal)
    return _before(request, doing, doing.empty())


def _doing(request: HttpRequest, case: Case, kind: str) -> Doing | Refusal:
    today, done = today_of(request), acts_of(case)
    now = standing_of(case, done, on=today)
    rule = now.procedure.acts.get(kind)
    if rule is None:
        return cast(Refusal, now.why_not(kind))
    by = person(request)
    return Doing(case, done, now, rule, by, scope_of_request(request), today)


def _sent(request: HttpRequest, doing: Doing) -> HttpResponse:
    before = _sent_before(request, doing)
    if before is not None:
        return before
    if holder(doing.rule, doing.case, doing.scope, doing.today) is None:
        return _without_form(request, doing.case, doing, cast(Refusal, _against(doing)))
    data, refused = keep_files(request, doing.rule, doing.by)
    form = doing.sent(data, refused)
    if data.get("more"):
        return _before(request, doing, form)
    if not form.is_valid():
        against = _against(doing)  # what no filling in would mend is told first
        status = 422 if against is None else 409
        return _before(request, doing, form, refusal=against, status=status)
    try:
        return _do(request, doing, form)
    except Refusal as refusal:
        now = cast(Doing, _doing(request, doing.case, doing.rule.kind))
        data["seen"] = str(len(now.acts))  # the page that comes back shows what has happened
        return _before(request, now, now.sent(data, refused), refusal=refusal, status=409)


def _preview(request: HttpRequest, doing: Doing) -> HttpResponse:
    """The document as it would be issued, from the form as it stands; nothing is written."""
    held = holder(doing.rule, doing.case, doing.scope, doing.today)
    if held is None:
        raise Http404
    form, files = looked_at(request, doing)
    if not form.is_valid():
        return _before(request, doing, form, previewed=True, status=422)
    try:
        answer = preview(doing, form, held, files)
    except Refusal as refusal:
        return _before(request, doing, form, refusal=refusal, previewed=True, status=409)
    if answer is None:
        raise Http404
    return answer


def _sent_before(request: HttpRequest, doing: Doing) -> HttpResponse | None:
    """The button pressed twice: the way to what the first press has done."""
    key = key_sent(request)
    if key is None:
        return None
    same = {"case": doing.case, "kind": doing.rule.kind, "key": key}
    if Act.objects.filter(**same, by=doing.by).exists():
        return redirect("case", pk=doing.case.pk)
    proposal = Proposal.objects.filter(**same, prepared_by=doing.by).first()
    return redirect("proposal", pk=proposal.pk) if proposal else None


def _do(request: HttpRequest, doing: Doing, form: ActForm) -> HttpResponse:
    asked, name = form.asked(), said(doing.rule.name)
    how: dict[str, Any] = {
        "by": doing.by,
        "scope": doing.scope,
        "today": doing.today,
        "key": form.key,
        "seen": form.cleaned_data["seen"],
    }
    if _alone(doing):
        acts.perform(doing.case.pk, asked, **how)
        messages.success(request, _("已办理：%(act)s") % {"act": name})
        return redirect("case", pk=doing.case.pk)
    proposal = acts.propose(doing.case.pk, asked, **how)
    messages.success(request, _("已拟办并提请签发：%(act)s") % {"act": name})
    return redirect("proposal", pk=proposal.pk)


def _before(
    request: HttpRequest,
    doing: Doing,
    form: ActForm,
    *,
    refusal: Refusal | None = None,
    previewed: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "case": doing.case,
        "rule": doing.rule,
        "form": form,
        "refusal": refusal,
        "previewed": previewed,
        "may_preview": bool(doing.rule.document),
        "alone": _alone(doing),
        "who": who(doing.rule, doing.case, doing.today),
        "basis": bases(doing.rule),
        "foreseen": _foreseen(doing, form) if _against(doing) is None else None,
    }
    return render(request, "casework/act.html", context, status=status)


def _foreseen(doing: Doing, form: ActForm) -> Any:
    """What would happen, with what the form holds as far as it can be read."""
    facts, served = None, None
    if form.is_bound and not form.data.get("more") and form.is_valid():
        asked = form.asked()
        facts = asked.facts
        try:
            served = served_on(doing.rule, asked)
        except Refusal:
            served = None  # it is told beside the form
    return foresee(doing.case, doing.acts, doing.now, doing.rule, facts=facts, served_on=served)


def _without_form(
    request: HttpRequest, case: Case, doing: Doing | None, refusal: Refusal
) -> HttpResponse:
    context = {"case": case, "rule": doing.rule if doing else None, "refusal": refusal}
    return render(request, "casework/act.html", context, status=409)
