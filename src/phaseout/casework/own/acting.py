"""The page `own-act`: an act of the enterprise, by the same door as every act."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.requests import person, scope_of_request, today_of
from phaseout.casework import acts
from phaseout.casework.cases.doing.before import foresee
from phaseout.casework.cases.doing.forms import ActForm
from phaseout.casework.cases.doing.previewing import looked_at, preview
from phaseout.casework.cases.doing.sending import Doing, key_sent
from phaseout.casework.cases.doing.uploading import keep_files
from phaseout.casework.models import Act, Case
from phaseout.casework.own.extension import APPLY, extension_rules
from phaseout.casework.own.seeing import for_enterprises, own_cases, own_scope
from phaseout.casework.proceeding.citing import bases
from phaseout.casework.proceeding.holders import holder, wanted
from phaseout.casework.proceeding.standing import acts_of, standing_of
from phaseout.law.refusals import Refusal
from phaseout.pages.templatetags.phaseout import said


@require_http_methods(["GET", "HEAD", "POST"])
@for_enterprises
def act(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Before: what will happen and on which rules. A POST does it."""
    doing = _doing(request, get_object_or_404(own_cases(scope_of_request(request)), pk=pk), kind)
    if request.method == "POST":
        return _preview(request, doing) if "preview" in request.POST else _sent(request, doing)
    refusal = doing.now.why_not(kind)
    if refusal is not None:
        return _page(request, doing, None, refusal=refusal, status=409)
    return _page(request, doing, doing.empty())


def _doing(request: HttpRequest, case: Case, kind: str) -> Doing:
    """An act that is not the enterprise's is not there."""
    today, done = today_of(request), acts_of(case)
    now = standing_of(case, done, on=today)
    rule = now.procedure.acts.get(kind)
    if rule is None or not wanted(rule, case).by_enterprise:
        raise Http404
    scope = own_scope(scope_of_request(request))
    if holder(rule, case, scope, today) is None:
        raise Http404
    return Doing(case, done, now, rule, person(request), scope, today)


def _sent(request: HttpRequest, doing: Doing) -> HttpResponse:
    if _done_before(request, doing):
        return redirect("own-case", pk=doing.case.pk)
    data, refused = keep_files(request, doing.rule, doing.by)
    # Only what the person brought: a digest of an office's file must not be a way to its name.
    form = doing.sent(data, refused, own_only=True)
    if not form.is_valid():
        return _page(request, doing, form, status=422)
    try:
        acts.perform(
            doing.case.pk,
            form.asked(),
            by=doing.by,
            scope=doing.scope,
            today=doing.today,
            key=form.key,
            seen=form.cleaned_data["seen"],
        )
    except Refusal as refusal:
        now = _doing(request, doing.case, doing.rule.kind)
        data["seen"] = str(len(now.acts))  # the page that comes back shows what has happened
        form = now.sent(data, refused, own_only=True)
        return _page(request, now, form, refusal=_told(refusal), status=409)
    messages.success(request, _("已提交：%(act)s") % {"act": said(doing.rule.name)})
    return redirect("own-case", pk=doing.case.pk)


def _preview(request: HttpRequest, doing: Doing) -> HttpResponse:
    """The document as it would be handed in, from the form as it stands; nothing is written."""
    held = holder(doing.rule, doing.case, doing.scope, doing.today)
    form, files = looked_at(request, doing, own_only=True)
    if held is None or not form.is_valid():
        return _page(request, doing, form, previewed=True, status=422)
    try:
        answer = preview(doing, form, held, files)
    except Refusal as refusal:
        return _page(request, doing, form, refusal=refusal, previewed=True, status=409)
    if answer is None:
        raise Http404
    return answer


def _done_before(request: HttpRequest, doing: Doing) -> bool:
    """The button pressed twice."""
    done = Act.objects.filter(case=doing.case, kind=doing.rule.kind, by=doing.by)
    key = key_sent(request)
    return key is not None and done.filter(key=key).exists()


def _told(refusal: Refusal) -> Refusal:
    """That the case moved on, without who moved it: names of officials are not told here."""
    if refusal.code != "act.case-moved-on":
        return refusal
    return Refusal(
        refusal.code,
        what=refusal.what,
        why=(
            "您打开页面之后，案件又有新的办理。",
            "since you opened the page, something more was done in the case.",
        ),
        instead=("请核对后再提交。", "Look at it again, then send."),
    )


def _page(
    request: HttpRequest,
    doing: Doing,
    form: ActForm | None,
    *,
    refusal: Refusal | None = None,
    previewed: bool = False,
    status: int = 200,
) -> HttpResponse:
    foreseen = None
    if form is not None and doing.now.why_not(doing.rule.kind) is None:
        foreseen = foresee(doing.case, doing.acts, doing.now, doing.rule)
    context = {
        "case": doing.case,
        "rule": doing.rule,
        "form": form,
        "refusal": refusal,
        "previewed": previewed,
        "may_preview": bool(doing.rule.document),
        "basis": bases(doing.rule),
        "foreseen": foreseen,
        "extension": extension_rules(doing.now) if doing.rule.kind == APPLY else None,
    }
    return render(request, "casework/own/act.html", context, status=status)
