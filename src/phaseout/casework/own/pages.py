"""The pages `own-home`, `own-case`, `own-evidence` and `own-receive`."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phaseout.accounts.requests import scope_of_request, today_of
from phaseout.casework.cases.showing import grounds
from phaseout.casework.models import Case, CaseDeadline, HandedIn, IssuedPaper
from phaseout.casework.own import showing
from phaseout.casework.own.extension import extension_rules
from phaseout.casework.own.forms import EvidenceForm
from phaseout.casework.own.handing_in import confirm_receipt, hand_in
from phaseout.casework.own.seeing import for_enterprises, own_cases, told_papers
from phaseout.casework.own.standing import stages_told
from phaseout.casework.proceeding.holders import ENTERPRISE
from phaseout.casework.proceeding.standing import acts_of, standing_of
from phaseout.casework.proceeding.staying import stays
from phaseout.evidence.keeping import by_digest
from phaseout.law.refusals import Refusal

MOST_PAPERS = 20


@require_safe
@for_enterprises
def home(request: HttpRequest) -> HttpResponse:
    """All cases of the enterprise: days left first, then what was served, then the cases."""
    scope = scope_of_request(request)
    cases = list(own_cases(scope).order_by("closed_on", "-opened_on", "-pk"))
    rows = list(
        CaseDeadline.objects.filter(
            case__in=cases, whose=ENTERPRISE, going=True, due__isnull=False
        ).order_by("due", "pk")
    )
    told = stages_told(cases)
    context = {
        "cases": [(case, told[case.pk].name) for case in cases],
        "dues": showing.dues(cases, rows),
        "papers": list(told_papers(scope)[:MOST_PAPERS]),
    }
    return render(request, "casework/own/home.html", context)


@require_safe
@for_enterprises
def case(request: HttpRequest, pk: int) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    shown = get_object_or_404(own_cases(scope), pk=pk)
    done = acts_of(shown)
    now = standing_of(shown, done, on=today)
    papers = list(told_papers(scope).filter(case=shown))
    going, settled = showing.own_deadlines(now)
    choices = showing.own_choices(shown, now, scope, today)
    context = {
        "case": shown,
        "stage": stages_told([shown])[shown.pk].name,
        "stayed": stays(now, done),
        "events": showing.events(done, papers, now),
        "going": going,
        "settled": settled,
        "may": [one for one in choices if one.refusal is None],
        "near": [one for one in choices if one.refusal is not None],
        "extension": extension_rules(now),
        "grounds": grounds(shown, today),
        "handed_in": _handed_in(shown, today),
    }
    return render(request, "casework/own/case.html", context)


def _handed_in(case: Case, today: date) -> list[HandedIn]:
    rows = list(HandedIn.objects.filter(case=case).select_related("file").order_by("-pk"))
    kept = by_digest(one.file.digest for one in rows)  # whichever row told when it expires
    for one in rows:
        one.expired = kept[one.file.digest].expired(today)  # type: ignore[attr-defined]  # for the page
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
@for_enterprises
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in evidence to a case."""
    scope = scope_of_request(request)
    shown = get_object_or_404(own_cases(scope), pk=pk)
    form = EvidenceForm(request.POST or None, request.FILES or None, label_suffix="")
    status, refusal = 200, None
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            hand_in(
                shown,
                given["file"],
                note=given["note"],
                by=request.user,
                scope=scope,
                today=today_of(request),
                dated_on=given["dated_on"],
                expires_on=given["expires_on"],
            )
        except Refusal as error:
            refusal, status = error, 409
        else:
            messages.success(request, _("证据已提交：%(name)s") % {"name": given["file"].name})
            if given["expires_on"] and given["expires_on"] < today_of(request):
                messages.warning(request, _("该文件的有效期已过，能否采信由承办机关判断。"))
            return redirect("own-case", pk=pk)
    elif request.method == "POST":
        status = 422
    context = {"case": shown, "form": form, "refusal": refusal}
    return render(request, "casework/own/evidence.html", context, status=status)


@require_POST
@for_enterprises
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that a served electronic document arrived."""
    try:
        confirm_receipt(
            pk, by=request.user, scope=scope_of_request(request), today=today_of(request)
        )
    except IssuedPaper.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("已记录：文书收到。"))
    return redirect("paper", pk=pk)
