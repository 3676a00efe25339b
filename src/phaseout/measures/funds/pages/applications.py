"""Applications: a new one; one with its conditions, its money and what can be done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.requests import scope_of_request, today_of, ways
from phaseout.law.refusals import Refusal
from phaseout.measures.funds import acts
from phaseout.measures.funds.eligible import reasons
from phaseout.measures.funds.forms import (
    AcceptForm,
    ApplicationForm,
    PayForm,
    ReasonForm,
    ReturnForm,
)
from phaseout.measures.funds.ledger import committed
from phaseout.measures.funds.models import Application, FundAct, Programme
from phaseout.measures.funds.pages.entering import own_codes, readers_or_applicants
from phaseout.measures.funds.seats import FINANCE, LEADING, office_seat
from phaseout.measures.funds.standing import settled_by
from phaseout.pages.forms import ActForm
from phaseout.pages.templatetags.phaseout import said

Kind = FundAct.Kind


@require_http_methods(["GET", "HEAD", "POST"])
@readers_or_applicants
def fund_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """An enterprise applies; an office enters what came on paper."""
    found = get_object_or_404(Programme, pk=pk)
    scope, today, own = scope_of_request(request), today_of(request), own_codes(request)
    if not scope.may(Power.ACT) or (
        not own and office_seat(scope, today, LEADING, Role.OFFICER, Role.LEADER) is None
    ):
        raise PermissionDenied("applicant")
    first = {
        "uscc": own[0] if own else request.GET.get("uscc", ""),
        "year": today.year,
        "exit_year": today.year,
    }
    form = ApplicationForm(request.POST or None, initial=first)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = dict(form.cleaned_data)
            key, uscc = given.pop("key"), given.pop("uscc").strip().upper()
            try:
                made = acts.apply(found.pk, uscc, acts.Asked(**given), **ways(request, key))
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("申请已提交，待审核。"))
                return redirect("fund-application", pk=made.pk)
    context = {"fund": found, "form": form, "refusal": refusal}
    return render(request, "funds/apply.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@readers_or_applicants
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """An application: its conditions, its shares and payments; offices act here."""
    scope = scope_of_request(request)
    found = get_object_or_404(
        Application.objects.filter(scope.enterprises("enterprise__")).select_related(
            "programme", "enterprise", "act__by"
        ),
        pk=pk,
    )
    if request.method != "POST":
        return _page(request, found)
    do = request.POST.get("do", "")
    if do not in _FORMS or own_codes(request):
        raise PermissionDenied("office")
    form = _form(do, found, request.POST)
    if not form.is_valid():
        return _page(request, found, forms={do: form}, status=422)
    try:
        told = _do(request, found, do, form.cleaned_data)
    except Refusal as refusal:
        return _page(request, found, forms={do: form}, refusal=refusal, status=409)
    messages.success(request, told)
    return redirect("fund-application", pk=found.pk)


_FORMS = {"accept": AcceptForm, "decline": ReasonForm, "pay": PayForm, "return": ReturnForm}


def _form(do: str, found: Application, data: Any = None) -> ActForm:
    prefix: dict[str, Any] = {"auto_id": f"id_{do}_%s"}
    if do == "pay":
        uses = [(one.use, said((one.zh, one.en))) for one in found.programme.uses.order_by("pk")]
        return PayForm(data, uses=uses, **prefix)
    return _FORMS[do](data, **prefix)


def _do(request: HttpRequest, found: Application, do: str, given: dict[str, Any]) -> str:
    how = ways(request, given["key"])
    if do == "accept":
        acts.accept_application(found.pk, in_plan=given["in_plan"], **how)
        return _("审核通过，可以分配。")
    if do == "decline":
        acts.decline_application(found.pk, reason=given["reason"], **how)
        return _("已记录：审核不通过。")
    if do == "return":
        acts.return_money(found.pk, given["amount"], reason=given["reason"], **how)
        return _("已退回，可以重新分配。")
    acts.pay(
        found.pk,
        given["use"],
        given["amount"],
        paid_on=given["day"],
        voucher=given["voucher"],
        **how,
    )
    return _("已支付并记账。")


def _page(
    request: HttpRequest,
    found: Application,
    *,
    forms: dict[str, Any] | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    settled, left = settled_by(found), committed(found)
    examines = office_seat(scope, today, LEADING, Role.OFFICER, Role.LEADER) is not None
    pays = office_seat(scope, today, (FINANCE,), Role.OFFICER, Role.LEADER) is not None
    leads = office_seat(scope, today, (FINANCE,), Role.LEADER) is not None
    accepted = settled is not None and settled.kind == Kind.ACCEPT
    context = {
        "application": found,
        "fund": found.programme,
        "firm": found.enterprise,
        "settled": settled,
        "accepted": accepted,
        "reasons": reasons(found, on=today) if settled is None else [],
        "kept_reasons": [says for _, *says in settled.content["reasons"]]
        if settled is not None and accepted
        else [],
        "shares": found.shares.select_related("allocation").order_by("pk"),
        "payments": found.payments.select_related("use", "act__by").order_by("pk"),
        "left": left,
        "may_examine": examines and settled is None,
        "may_pay": pays and left > 0,
        "may_return": leads and left > 0,
        "own": bool(own_codes(request)),
        "forms": {do: (forms or {}).get(do) or _form(do, found) for do in _FORMS},
        "refusal": refusal,
    }
    return render(request, "funds/application.html", context, status=status)
