"""Settlements: the list, a new one, one with its numbers, its democratic procedure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.requests import requires, scope_of_request, today_of, ways
from phaseout.evidence.attaching import ACCEPT, attach
from phaseout.law.refusals import Refusal
from phaseout.law.settlement.figures import figure
from phaseout.measures.asked import MoneyAsked
from phaseout.measures.employees import acts, flows
from phaseout.measures.employees.acts import Meeting
from phaseout.measures.employees.claims import Numbers, numbers
from phaseout.measures.employees.forms import ProcedureForm, ReasonForm, SettlementForm
from phaseout.measures.employees.models import Settlement
from phaseout.measures.employees.pages.entering import acting, seen
from phaseout.measures.employees.seats import hr_seat, seat, sees_people
from phaseout.measures.employees.standing import (
    confirmed_on,
    latest_list,
    latest_procedure,
    overridden_by,
)
from phaseout.pages.forms import ActForm
from phaseout.pages.keyset import page
from phaseout.registry.models import Enterprise


@require_safe
@requires(Power.READ)
def settlements(request: HttpRequest) -> HttpResponse:
    """The settlements within one's reach, in numbers."""
    scope, today = scope_of_request(request), today_of(request)
    asked = MoneyAsked.of(request.GET, flows.FLOWS)
    reached = flows.settlements(scope, asked)
    found = page(reached.select_related("enterprise"), ("-id",), request.GET.get("cursor", ""))
    counted = numbers([one.pk for one in found.rows])
    amounts: Mapping[int, Decimal] = {}
    if asked.flow:
        amounts = flows.amounts(asked, list(reached.values_list("pk", flat=True)))
    rows = [(one, counted.get(one.pk), amounts.get(one.pk)) for one in found.rows]
    own = any(grant.role is Role.ENTERPRISE for grant in scope.grants)
    context = {
        "rows": rows,
        "page": found,
        "asked": asked.words(flows.FLOWS),
        "flow": flows.FLOWS.get(asked.flow),
        "total": sum(amounts.values(), Decimal(0)) if asked.flow else None,
        "may_open": own or hr_seat(scope, "640000", today) is not None,
        "hr": hr_seat(scope, "640000", today) is not None,
    }
    return render(request, "employees/settlements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.ACT)
def settlement_new(request: HttpRequest) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    own = [grant.uscc for grant in scope.grants if grant.role is Role.ENTERPRISE]
    if not own and hr_seat(scope, "640000", today) is None:
        raise PermissionDenied("hr")
    asked = request.GET.get("uscc", own[0] if own else "")
    form = SettlementForm(request.POST or None, initial={"uscc": asked})
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                made = acts.open_settlement(
                    given["uscc"].strip().upper(),
                    staff=given["staff"],
                    case_number=given["case_number"],
                    **ways(request, given["key"]),
                )
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已建立安置方案，请记录民主程序并导入名册。"))
                return redirect("settlement", pk=made.pk)
    firm = Enterprise.objects.filter(scope.enterprises(), pk=asked).first() if asked else None
    context = {"form": form, "refusal": refusal, "firm": firm}
    return render(request, "employees/settlement_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.READ)
def settlement(request: HttpRequest, pk: int) -> HttpResponse:
    """A settlement in numbers; who acts in it confirms, computes, overrides here."""
    found = seen(request, pk)
    if request.method != "POST":
        return _page(request, found)
    found = acting(request, pk)
    reason = request.POST.get("do") == "override"
    form = ReasonForm(request.POST) if reason else ActForm(request.POST)
    if not form.is_valid():
        return _page(request, found, reason_form=form if reason else None, status=422)
    given = form.cleaned_data
    try:
        told = _do(request, found, given)
    except Refusal as refusal:
        return _page(request, found, refusal=refusal, status=409)
    messages.success(request, told)
    return redirect("settlement", pk=found.pk)


def _do(request: HttpRequest, found: Settlement, given: dict[str, Any]) -> str:
    how = ways(request, given["key"])
    if request.POST.get("do") == "override":
        acts.override_claims(found.pk, reason=given["reason"], **how)
        return _("已准予安置未了结案；未了事项仍须办结。")
    if request.POST.get("do") == "assess":
        acts.assess(found.pk, **how)
        return _("已重新计算经济补偿。")
    acts.confirm_plan(found.pk, **how)
    return _("已确认安置方案。")


def _page(
    request: HttpRequest,
    found: Settlement,
    *,
    refusal: Refusal | None = None,
    reason_form: Any = None,
    status: int = 200,
) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    people = sees_people(scope, found.enterprise)
    hr = hr_seat(scope, found.division_code, today)
    # Whoever sees no person sees neither list nor acts: the database shows them none.
    listed, procedure = latest_list(found), latest_procedure(found)
    counted: Numbers | None = numbers([found.pk]).get(found.pk)
    context = {
        "settlement": found,
        "firm": found.enterprise,
        "counted": counted,
        "procedure": procedure,
        "listed": listed,
        "refused_list": found.lists.filter(taken=False).order_by("-version").first(),
        "confirmed_on": confirmed_on(listed) if listed else None,
        "override": overridden_by(found),
        "sees_people": people,
        "acts": seat(scope, found.enterprise, today) is not None,
        "hr": hr is not None,
        "leads": hr_seat(scope, found.division_code, today, Role.LEADER) is not None,
        "form": ActForm(),
        "assess_form": ActForm(),
        "reason_form": reason_form or ReasonForm(),
        "refusal": refusal,
    }
    return render(request, "employees/settlement.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.ACT)
def procedure(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the democratic procedure."""
    found = acting(request, pk)
    form = ProcedureForm(request.POST or None, request.FILES or None)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = dict(form.cleaned_data)
            key, file = given.pop("key"), given.pop("minutes")
            try:
                minutes = attach(file, by=request.user)
                acts.record_procedure(found.pk, Meeting(**given), minutes, **ways(request, key))
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已记录民主程序。"))
                return redirect("settlement", pk=found.pk)
    context = {
        "settlement": found,
        "firm": found.enterprise,
        "form": form,
        "refusal": refusal,
        "accept": ACCEPT,
        "layoff_people": figure("layoff_people", today_of(request)),
        "layoff_share": figure("layoff_share", today_of(request)),
    }
    return render(request, "employees/procedure.html", context, status=status)
