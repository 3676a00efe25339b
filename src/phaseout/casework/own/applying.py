"""The page `own-exit`: an enterprise applies for the exit of one of its lines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from phaseout.accounts.organisations import office_name
from phaseout.accounts.requests import person, scope_of_request, today_of
from phaseout.accounts.scope import Scope
from phaseout.casework import acts
from phaseout.casework.cases.doing.before import foresee
from phaseout.casework.cases.doing.forms import ActForm
from phaseout.casework.cases.doing.previewing import looked_at, preview
from phaseout.casework.cases.doing.sending import Doing, key_sent
from phaseout.casework.cases.doing.uploading import keep_files
from phaseout.casework.models import Act
from phaseout.casework.own.seeing import for_enterprises, own_scope
from phaseout.casework.proceeding.citing import bases
from phaseout.casework.proceeding.holders import holder
from phaseout.casework.proceeding.standing import standing_of
from phaseout.law.refusals import Refusal
from phaseout.registry.models import ProductionLine


class OwnLineForm(forms.Form):
    """Which of the enterprise's lines."""

    line = forms.ModelChoiceField(
        ProductionLine.objects.none(),
        label=gettext_lazy("申请退出的生产线"),
        empty_label=gettext_lazy("请选择"),
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        field: Any = self.fields["line"]
        field.queryset = acts.own_lines(scope).order_by("pk")
        field.label_from_instance = lambda line: f"{line.name} · {line.pk}"


@require_http_methods(["GET", "HEAD", "POST"])
@for_enterprises
def apply_for_exit(request: HttpRequest) -> HttpResponse:
    """Before: what will happen, on which rules, who decides. A POST applies."""
    scope = own_scope(scope_of_request(request))
    lines = list(acts.own_lines(scope).order_by("pk")[:2])
    if not lines:
        return render(request, "casework/own/exit.html", {"none": True})
    doing = _doing(request, scope, lines[0])
    if request.method == "POST":
        return _preview(request, doing) if "preview" in request.POST else _sent(request, doing)
    given = request.GET.get("line") or (lines[0].pk if len(lines) == 1 else None)
    return _page(request, doing, OwnLineForm(initial={"line": given}, scope=scope), doing.empty())


def _doing(request: HttpRequest, scope: Scope, line: ProductionLine) -> Doing:
    """What is asked of an application is the same for every line."""
    today = today_of(request)
    case = acts.application_of(line, today)
    now = standing_of(case, [], on=today)
    rule = now.procedure.acts[acts.APPLY]
    return Doing(case, [], now, rule, person(request), scope, today)


def _sent(request: HttpRequest, doing: Doing) -> HttpResponse:
    before = _applied_before(request, doing)
    if before is not None:
        return redirect("own-case", pk=before.case_id)
    data, refused = keep_files(request, doing.rule, doing.by)
    form, chosen = doing.sent(data, refused, own_only=True), OwnLineForm(data, scope=doing.scope)
    if not (chosen.is_valid() & form.is_valid()):
        return _page(request, doing, chosen, form, status=422)
    try:
        act = acts.apply_exit(
            chosen.cleaned_data["line"].pk,
            form.asked(),
            by=doing.by,
            scope=doing.scope,
            today=doing.today,
            key=form.key,
        )
    except Refusal as refusal:
        return _page(request, doing, chosen, form, refusal=refusal, status=409)
    messages.success(request, _("已提交退出申请：%(number)s") % {"number": act.case.number})
    return redirect("own-case", pk=act.case_id)


def _preview(request: HttpRequest, doing: Doing) -> HttpResponse:
    """The application as it would be handed in, from the form as it stands; nothing is written."""
    form, files = looked_at(request, doing, own_only=True)
    chosen = OwnLineForm(request.POST, scope=doing.scope)
    if not (chosen.is_valid() & form.is_valid()):
        return _page(request, doing, chosen, form, previewed=True, status=422)
    chosen_line = _doing(request, doing.scope, chosen.cleaned_data["line"])
    held = holder(doing.rule, chosen_line.case, doing.scope, doing.today)
    if held is None:
        raise Http404
    try:
        answer = preview(chosen_line, form, held, files)
    except Refusal as refusal:
        return _page(request, doing, chosen, form, refusal=refusal, previewed=True, status=409)
    if answer is None:
        raise Http404
    return answer


def _applied_before(request: HttpRequest, doing: Doing) -> Act | None:
    """The button pressed twice."""
    key = key_sent(request)
    done = Act.objects.filter(kind=acts.APPLY, by=doing.by)
    return done.filter(key=key).first() if key is not None else None


def _page(
    request: HttpRequest,
    doing: Doing,
    chosen: OwnLineForm,
    form: ActForm,
    *,
    refusal: Refusal | None = None,
    previewed: bool = False,
    status: int = 200,
) -> HttpResponse:
    case = doing.case
    context = {
        "rule": doing.rule,
        "chosen": chosen,
        "form": form,
        "refusal": refusal,
        "previewed": previewed,
        "may_preview": bool(doing.rule.document),
        "basis": bases(doing.rule),
        "foreseen": foresee(case, [], doing.now, doing.rule),
        "decides": office_name(case.office, case.division_code, doing.today),
    }
    return render(request, "casework/own/exit.html", context, status=status)
