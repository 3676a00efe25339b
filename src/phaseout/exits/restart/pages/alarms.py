"""Alarms: the list; one with its reasons, answered by a named officer, brought to the case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import office_name, place_words
from phaseout.accounts.requests import officials, scope_of_request, today_of, ways
from phaseout.casework.models import Act, Proposal
from phaseout.exits.restart import acts
from phaseout.exits.restart.acts.appending import seat
from phaseout.exits.restart.acts.carrying import carried, fitting
from phaseout.exits.restart.forms import AnswerForm, DismissForm
from phaseout.exits.restart.models import Alarm, RestartAct, WatchedLine
from phaseout.exits.restart.pages.words import ALARMS, KIND_WORDS, STATES
from phaseout.exits.restart.seeing import within
from phaseout.law.refusals import Refusal
from phaseout.pages import keyset

CONDITIONS = {
    "open": Q(answer=None, gone_on=None),
    "confirmed": Q(answer__kind=RestartAct.Kind.CONFIRM_ALARM),
    "dismissed": Q(answer__kind=RestartAct.Kind.DISMISS_ALARM),
    "gone": Q(gone_on__isnull=False),
}


@require_safe
@officials
def alarms(request: HttpRequest) -> HttpResponse:
    which = request.GET.get("which", "open")
    if which not in CONDITIONS:
        raise Http404
    found = Alarm.objects.filter(within(scope_of_request(request)), CONDITIONS[which])
    page = keyset.page(
        found.select_related("line__enterprise", "answer"), ("-id",), request.GET.get("cursor", "")
    )
    context = {
        "page": page,
        "rows": rows_of(page.rows),
        "which": which,
        "lists": ALARMS.items(),
    }
    return render(request, "restart/alarms.html", context)


def rows_of(found: Iterable[Alarm]) -> list[dict[str, Any]]:
    return [
        {
            "alarm": one,
            "kind": KIND_WORDS[one.kind],
            "state": ALARMS[state_of(one)],
            "place": place_words(one.division_code),
            "count": len(one.days),
        }
        for one in found
    ]


def state_of(alarm: Alarm) -> str:
    if alarm.answer is not None:
        confirmed = alarm.answer.kind == RestartAct.Kind.CONFIRM_ALARM
        return "confirmed" if confirmed else "dismissed"
    return "gone" if alarm.gone_on else "open"


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def alarm(request: HttpRequest, pk: int) -> HttpResponse:
    """An alarm; the office of the case confirms it or dismisses it, and brings it to the case."""
    found = get_object_or_404(
        Alarm.objects.filter(within(scope_of_request(request))).select_related(
            "line__enterprise", "answer__by", "judgement"
        ),
        pk=pk,
    )
    do, data = request.POST.get("do", ""), request.POST or None
    given = {"digest": found.digest}
    confirm = AnswerForm(data if do == "confirm" else None, initial=given, auto_id="id_confirm_%s")
    dismiss = DismissForm(data if do == "dismiss" else None, initial=given, auto_id="id_dismiss_%s")
    refusal, status = None, 200
    if request.method == "POST":
        try:
            if _did(request, found, do, confirm, dismiss):
                return redirect("restart-alarm", pk=found.pk)
            status = 422
        except Refusal as refused:
            refusal, status = refused, 409
            found.refresh_from_db()
    context = {
        **_shown(request, found),
        "confirm": confirm,
        "dismiss": dismiss,
        "refusal": refusal,
    }
    return render(request, "restart/alarm.html", context, status=status)


def _did(
    request: HttpRequest, found: Alarm, do: str, confirm: AnswerForm, dismiss: DismissForm
) -> bool:
    """Whether what was sent was done; False: the form is not filled as it should be."""
    if do == "carry":
        who = ways(request, None)
        del who["key"]
        acts.carry(found.pk, **who)
        messages.success(request, _("已转入案件。"))
        return True
    form = {"confirm": confirm, "dismiss": dismiss}.get(do)
    if form is None:
        raise Http404
    if not form.is_valid():
        return False
    given = dict(form.cleaned_data)
    who = ways(request, given.pop("key"))
    if do == "confirm":
        acts.confirm_alarm(found.pk, **given, **who)
        messages.success(request, _("已确认恢复生产，请转入案件。"))
    else:
        acts.dismiss_alarm(found.pk, **given, **who)
        messages.success(request, _("已排除该预警。"))
    return True


def _shown(request: HttpRequest, found: Alarm) -> dict[str, Any]:
    today = today_of(request)
    watched = WatchedLine.objects.select_related("case").filter(pk=found.line_id).first()
    done = carried(found)
    days = {day["day"]: day for day in found.judgement.days}
    context: dict[str, Any] = {
        "alarm": found,
        "kind": KIND_WORDS[found.kind],
        "state": state_of(found),
        "state_words": ALARMS[state_of(found)],
        "place": place_words(found.division_code),
        "watched": watched,
        "line_state": STATES[watched.state] if watched else None,
        "days": [days[day] for day in found.days if day in days],
        "kinds": KIND_WORDS,
        "act": done if isinstance(done, Act) else getattr(done, "act", None),
        "proposal": done if isinstance(done, Proposal) and done.act_id is None else None,
        "may": False,
        "fits": "",
        "no_fit": None,
    }
    if watched is not None:
        context["office"] = office_name(watched.case.office, watched.division_code, today)
        context["may"] = seat(scope_of_request(request), watched, today) is not None
        if state_of(found) == "confirmed" and done is None:
            try:
                context["fits"] = fitting(watched.case)
            except Refusal as refusal:
                context["no_fit"] = refusal
    return context
