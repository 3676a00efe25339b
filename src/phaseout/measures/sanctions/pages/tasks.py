"""What an authority has to do: its tasks in its areas, and the releases it has to take in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import REGION_CODE, office_name
from phaseout.accounts.requests import officials, scope_of_request, today_of
from phaseout.law.sanctions.areas import area
from phaseout.law.sanctions.bases import bases_on
from phaseout.law.sanctions.clocks import clock_words
from phaseout.law.sanctions.grounds import cause_words, ground_of
from phaseout.measures.sanctions import acts
from phaseout.measures.sanctions.acts.answering import OUTCOMES
from phaseout.measures.sanctions.forms import AnswerForm, StatementForm
from phaseout.measures.sanctions.models import ReleaseNotice, SanctionTask
from phaseout.measures.sanctions.pages.entering import done
from phaseout.measures.sanctions.seats import SANCTIONS, leads, seats, within
from phaseout.measures.sanctions.standing import notice_due, open_notices, open_tasks, with_answer
from phaseout.measures.sanctions.wording import answer_words, receiver_words
from phaseout.pages import keyset


def receivers(offices: Collection[str]) -> Q:
    """Condition on release notices of these offices; the platform's are the lead's."""
    mine = Q(receiver__in=sorted(offices))
    if not set(offices).isdisjoint(leads(SANCTIONS)):
        mine |= Q(receiver__startswith=ReleaseNotice.PLATFORM)
    return mine


@require_safe
@officials
def tasks(request: HttpRequest) -> HttpResponse:
    """The open tasks of one's offices, and the releases to acknowledge; of who oversees, all."""
    scope, today = scope_of_request(request), today_of(request)
    offices = seats(scope)
    rows, notices = open_tasks().filter(within(scope, "sanction__")), open_notices()
    notices = notices.filter(within(scope, "release__sanction__"))
    if offices:
        rows, notices = rows.filter(office__in=offices), notices.filter(receivers(offices))
    page = keyset.page(
        with_answer(rows).select_related("sanction__enterprise").prefetch_related("answers"),
        ("due", "id"),
        request.GET.get("cursor", ""),
    )
    shown = [
        {
            "task": task,
            "area": area(task.area),
            "office": office_name(task.office, REGION_CODE, today),
            "answer": answer_words(task),
            "late": task.due is not None and task.due < today,
        }
        for task in page.rows
    ]
    waiting = notices.select_related("release__sanction__enterprise").order_by("pk")[:100]
    context = {
        "page": page,
        "rows": shown,
        "notices": [
            {"notice": n, "receiver": receiver_words(n.receiver, today), "due": notice_due(n)}
            for n in waiting
        ],
        "clock": clock_words("answer_task"),
    }
    return render(request, "sanctions/tasks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: whom it concerns and why; its office answers here."""
    scope, today = scope_of_request(request), today_of(request)
    one = get_object_or_404(
        SanctionTask.objects.filter(within(scope, "sanction__")).select_related(
            "sanction__enterprise", "sanction__line", "sanction__release"
        ),
        pk=pk,
    )
    ours = one.office in seats(scope) and not hasattr(one.sanction, "release")
    form = AnswerForm(request.POST or None, request.FILES or None)
    refusal, status = None, 200
    if request.method == "POST":
        if not ours:
            raise Http404
        status = 422
        if form.is_valid():
            refusal, status = done(request, acts.answer_task, pk, **form.cleaned_data), 409
            if refusal is None:
                return redirect("sanction-task", pk=pk)
    sanction = one.sanction
    context = {
        "one": one,
        "sanction": sanction,
        "area": area(one.area),
        "office": office_name(one.office, REGION_CODE, today),
        "ground": ground_of(sanction.facts["procedure"], sanction.period),
        "bases": [
            basis
            for basis in bases_on(sanction.begins)
            if basis.basis in sanction.bases and basis.reaches(one.area)
        ],
        "answers": [
            {"act": act, "words": OUTCOMES[act.content["outcome"]]}
            for act in one.answers.select_related("by").order_by("pk")
        ],
        "late": one.due is not None and one.due < today,
        "clock": clock_words("answer_task"),
        "ours": ours,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "sanctions/task.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A release that a receiver has to take in."""
    scope, today = scope_of_request(request), today_of(request)
    one = get_object_or_404(
        ReleaseNotice.objects.filter(within(scope, "release__sanction__")).select_related(
            "release__sanction__enterprise", "acknowledged__by"
        ),
        pk=pk,
    )
    acknowledged: Any = getattr(one, "acknowledged", None)
    mine = ReleaseNotice.objects.filter(receivers(seats(scope)), pk=pk).exists()
    ours = mine and acknowledged is None
    form = StatementForm(request.POST or None)
    refusal, status = None, 200
    if request.method == "POST":
        if not mine:
            raise Http404
        status = 422
        if form.is_valid():
            refusal, status = done(request, acts.acknowledge, pk, **form.cleaned_data), 409
            if refusal is None:
                return redirect("sanction-notice", pk=pk)
    context = {
        "one": one,
        "sanction": one.release.sanction,
        "receiver": receiver_words(one.receiver, today),
        "areas": [area(code) for code in one.areas],
        "cause": cause_words(one.release.cause),
        "acknowledged": acknowledged,
        "due": notice_due(one),
        "clock": clock_words("acknowledge"),
        "ours": ours,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "sanctions/notice.html", context, status=status)
