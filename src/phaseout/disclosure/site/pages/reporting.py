"""反映情况: a line that runs again becomes a tip of inspections, an error a message; both are
followed by a code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.core.internal import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import office_name
from phaseout.accounts.requests import network_address, today_of
from phaseout.accounts.rows import whole_reach
from phaseout.disclosure.site import acts, refusing
from phaseout.disclosure.site.forms import CodeForm, ErrorForm, PublicForm, RestartForm
from phaseout.disclosure.site.models import Message
from phaseout.disclosure.site.showing import form_page
from phaseout.inspections.acts import receive_tip
from phaseout.inspections.acts.tipping import Told as TipTold
from phaseout.inspections.acts.tipping import settled_by
from phaseout.inspections.models import InspectionAct, Tip
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.refusals import Refusal

RATES = {"report": "5/h/ip,10/d/ip", "look_up": "30/h/ip"}
TOO_OFTEN = {"tip.too-often", "public.too-many-reports"}


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Where to turn with what; and the way back to what was told, by its code."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("public-report-status", code=form.cleaned_data["code"].strip().lower())
    context = {"form": form}
    status = 422 if form.is_bound else 200
    return form_page(request, "publicsite/report.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def restart(request: HttpRequest) -> HttpResponse:
    """That a line which was cut, sealed, or has exited runs again."""
    known = {name: request.GET.get(name, "")[:200] for name in ("firm", "uscc", "division_code")}
    return _told(request, RestartForm(request.POST or None, initial=known), "restart", _tip)


@require_http_methods(["GET", "HEAD", "POST"])
def error(request: HttpRequest) -> HttpResponse:
    """That something published is wrong."""
    known = {"place": request.GET.get("place", "")[:200], "subject": request.GET.get("subject")}
    return _told(request, ErrorForm(request.POST or None, initial=known), "error", _message)


def _told(
    request: HttpRequest,
    form: PublicForm,
    what: str,
    keep: Callable[[HttpRequest, dict[str, Any]], str],
) -> HttpResponse:
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                code = _kept(request, dict(form.cleaned_data), keep)
                return redirect("public-report-status", code=code)
            except Refusal as refused:
                refusal = refused
                status = 429 if refused.code in TOO_OFTEN else 409
    context = {"form": form, "refusal": refusal, "what": what}
    answer = form_page(request, "publicsite/report_form.html", context, status=status)
    if status == 429:
        answer.headers["Retry-After"] = "3600"
    return answer


def _kept(
    request: HttpRequest,
    given: dict[str, Any],
    keep: Callable[[HttpRequest, dict[str, Any]], str],
) -> str:
    """The code of what was told. Only what is complete counts against the limit."""
    if given.pop("website"):
        raise refusing.looks_made_by_a_program()
    used = ratelimit.consume(request, app="publicsite", action="report", config=RATES)
    if not used:
        raise refusing.too_many_reports()
    try:
        # Who tells may speak of any place, and what is told is written where they cannot look.
        with whole_reach():
            return keep(request, given)
    except Refusal:
        used.rollback()
        raise


def _tip(request: HttpRequest, given: dict[str, Any]) -> str:
    """Of a restart the department that leads the exit of outdated capacity hears."""
    key = given.pop("key")
    told = TipTold(**given, dimension=Dimension.ENERGY.value, matter=Tip.Matter.RESTART.value)
    address = network_address(request)
    return receive_tip(told, today=today_of(request), key=key, address=address).receipt


def _message(request: HttpRequest, given: dict[str, Any]) -> str:
    key = given.pop("key")
    return acts.receive_message(acts.Told(**given), today=today_of(request), key=key).code


@require_safe
def status(request: HttpRequest, code: str) -> HttpResponse:
    """What became of a report, for who holds its code: nothing of what was told, nor by whom."""
    if not ratelimit.consume(
        request, app="publicsite", action="look_up", config=RATES, limit_get=True
    ):
        refusal = refusing.too_many_reports()
        answer = form_page(request, "publicsite/refused.html", {"refusal": refusal}, status=429)
        answer.headers["Retry-After"] = "3600"
        return answer
    with whole_reach():  # the code itself is what lets one look
        found = _message_of(request, code) or _tip_of(request, code)
    if found is None:
        raise Http404
    answer = form_page(request, "publicsite/report_status.html", {"code": code, **found})
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _message_of(request: HttpRequest, code: str) -> dict[str, Any] | None:
    message = Message.objects.filter(code=code).select_related("act").first()
    if message is None:
        return None
    answer = acts.answer_of(message.pk)
    act = answer or message.act
    return {
        "received_on": message.received_on,
        "office": (act.organisation_zh, act.organisation_en),
        "settled_on": answer.done_on if answer else None,
        "outcome": _("已答复") if answer else _("尚未答复"),
        "words": answer.content["text"] if answer else "",
    }


def _tip_of(request: HttpRequest, code: str) -> dict[str, Any] | None:
    tip = Tip.objects.filter(receipt=code, public=True).first()
    if tip is None:
        return None
    act = settled_by(tip)
    declined = act is not None and act.kind == InspectionAct.Kind.DECLINE_TIP
    outcome = _("承办部门尚未作出处理")
    if act is not None:
        outcome = _("不予受理") if declined else _("已受理，将派人检查")
    return {
        "received_on": tip.received_on,
        "office": office_name(tip.office, tip.division_code, today_of(request)),
        "settled_on": act.done_on if act else None,
        "outcome": outcome,
        "words": act.content["reason"] if act is not None and declined else "",
    }
