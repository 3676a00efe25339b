"""The consultation on a plan: who was asked, what each said, how each point is answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.powers import Role
from phaseout.accounts.requests import officials, scope_of_request, today_of, ways
from phaseout.coordination.offices import name_of, seat_in, seats
from phaseout.coordination.planning import acts
from phaseout.coordination.planning.acts.alike import leading
from phaseout.coordination.planning.forms import AnswerForm, OpinionForm
from phaseout.coordination.planning.models import Consultation, Opinion, WorkPlan
from phaseout.coordination.planning.pages.drafts import plan_or_404
from phaseout.coordination.planning.showing import OUTCOMES
from phaseout.law.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def opinions(request: HttpRequest, pk: int) -> HttpResponse:
    """The consultations of the turn of a draft, the last first."""
    found = plan_or_404(request, pk)
    going = list(
        Consultation.objects.filter(plan__year=found.year, plan__turn=found.turn)
        .select_related("plan", "act__by")
        .order_by("-pk")
    )
    if request.method != "POST":
        return _page(request, found, going)
    do = request.POST.get("do", "")
    if do == "reply" and going:
        form: Any = OpinionForm(request.POST)
    elif do == "answer":
        form = AnswerForm(request.POST)
    else:
        raise PermissionDenied("do")
    about = request.POST.get("opinion", "")
    if not form.is_valid():
        return _page(request, found, going, wrong=(do, about, form), status=422)
    try:
        _done(request, going, do, about, form)
    except Refusal as refusal:
        return _page(request, found, going, (do, about, form), refusal, 409)
    messages.success(request, _("已反馈。") if do == "reply" else _("已答复。"))
    return redirect("work-plan-opinions", pk=found.pk)


def _done(request: HttpRequest, going: list[Consultation], do: str, about: str, form: Any) -> None:
    who = ways(request, form.cleaned_data["key"])
    if do == "reply":
        acts.give_opinion(going[0].pk, form.listed(), **who)
        return
    if not (about.isascii() and about.isdigit() and len(about) < 10):
        raise Http404
    opinion = get_object_or_404(
        Opinion.objects.filter(reply__asked__consultation__in=going), pk=int(about)
    )
    given = form.cleaned_data
    acts.answer_opinion(opinion.pk, given["outcome"], given["reason"], **who)


def _page(
    request: HttpRequest,
    found: WorkPlan,
    going: list[Consultation],
    wrong: tuple[str, str, Any] | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    leads = {s.office for s in seats(scope, Role.OFFICER, Role.LEADER)} & set(leading())
    shown = [_consultation(request, one, leads, wrong) for one in going]
    last = going[0] if going else None
    waiting = [] if last is None else [one.office for one in last.asked.filter(reply=None)]
    ours = seat_in(scope, waiting, Role.OFFICER, Role.LEADER)
    may_reply = ours is not None and last is not None and today <= last.last_day
    context = {
        "plan": found,
        "consultations": shown,
        "ours": ours.name(today) if ours and may_reply else None,
        "form": wrong[2] if wrong and wrong[0] == "reply" else OpinionForm(),
        "refusal": refusal,
    }
    return render(request, "planning/opinions.html", context, status=status)


def _consultation(
    request: HttpRequest, one: Consultation, leads: set[str], wrong: tuple[str, str, Any] | None
) -> dict[str, Any]:
    today = today_of(request)
    rows = []
    asked = one.asked.select_related("reply__act__by").prefetch_related(
        "reply__opinions__answer__act__by"
    )
    for office in asked:
        reply = getattr(office, "reply", None)
        answers = bool(leads - {office.office})  # no office answers itself
        points = [
            _point(point, answers, wrong) for point in (reply.opinions.all() if reply else ())
        ]
        silent = reply is None and today > one.last_day
        rows.append(
            {
                "asked": office,
                "name": name_of(office.office, today),
                "reply": reply,
                "points": points,
                "silent": silent,
            }
        )
    return {"one": one, "rows": rows, "over": today > one.last_day}


def _point(point: Opinion, leads: bool, wrong: tuple[str, str, Any] | None) -> dict[str, Any]:
    answer = getattr(point, "answer", None)
    form = None
    if answer is None and leads:
        is_wrong = wrong is not None and wrong[:2] == ("answer", str(point.pk))
        form = wrong[2] if wrong and is_wrong else AnswerForm(auto_id=f"id_{point.pk}_%s")
    return {
        "point": point,
        "answer": answer,
        "words": OUTCOMES[answer.outcome] if answer else None,
        "form": form,
    }
