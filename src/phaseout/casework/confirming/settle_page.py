"""The page `settle`: what a finding leaves open, answered by a document with a number."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of
from phaseout.casework.confirming.forms import SettleForm
from phaseout.casework.confirming.settling import Question, decided, question_of
from phaseout.casework.models import Finding
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.judgement.reasons import reasons
from phaseout.law.refusals import Refusal
from phaseout.library.confirming import decide
from phaseout.library.offices import office_for, office_name
from phaseout.library.showing import show


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.DECIDE)
def settle(request: HttpRequest) -> HttpResponse:
    """The open question of one standing finding; a POST records the decision."""
    finding = get_object_or_404(
        Finding.objects.standing()
        .filter(scope_of_request(request).findings(power=Power.DECIDE))
        .select_related("enterprise", "line"),
        finding_id=request.GET.get("finding", "").replace("\x00", "")[:21],
    )
    question = question_of(finding)
    if question is None:
        return _page(request, finding)
    form = SettleForm(request.POST or None, question=question, today=today_of(request))
    if request.method != "POST":
        return _page(request, finding, question, form)
    if not form.is_valid():
        return _page(request, finding, question, form, status=422)
    try:
        _decide(request, finding, question, form)
    except Refusal as refusal:
        return _page(request, finding, question, form, refusal=refusal, status=409)
    messages.success(request, _("决定已登记，有关结论正在重新判定。"))
    return redirect("finding", finding.finding_id)


def _decide(request: HttpRequest, finding: Finding, question: Question, form: SettleForm) -> None:
    told = form.cleaned_data
    decide(
        kind=question.kind,
        subject=told["subject"],
        key=question.row.row_id,
        value=told["value"],
        document=told["document"],
        decided_on=told["decided_on"],
        note=told["note"],
        division=finding.division_code,
        by=request.user,
        today=today_of(request),
        scope=scope_of_request(request),
    )


def _page(
    request: HttpRequest,
    finding: Finding,
    question: Question | None = None,
    form: SettleForm | None = None,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    today = today_of(request)
    context = {
        "finding": finding,
        "question": question,
        "shown": show(question.row) if question else None,
        "decided": decided(question, today) if question else [],
        "reasons": [reasons().get(code, (code, code)) for code in finding.reasons],
        "office": _office(request, finding),
        "form": form,
        "refusal": refusal,
        "trail": [
            (_("判定结论"), reverse("findings")),
            (finding.finding_id, reverse("finding", args=[finding.finding_id])),
            (_("确定适用条件"), ""),
        ],
    }
    return render(request, "casework/confirming/settle.html", context, status=status)


def _office(request: HttpRequest, finding: Finding) -> tuple[str, str]:
    function, territory = office_for(
        scope_of_request(request),
        Power.DECIDE,
        Dimension(finding.dimension),
        finding.division_code,
    )
    return office_name(function, territory, today_of(request))
