"""The employees of a settlement, for the human-resources office and their own enterprise."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of, ways
from phaseout.law.refusals import Refusal
from phaseout.law.settlement import benefit_months, duties, retirement
from phaseout.measures.employees import acts
from phaseout.measures.employees.claims import claims
from phaseout.measures.employees.forms import PayForm, SettleForm
from phaseout.measures.employees.lists.columns import choice_words
from phaseout.measures.employees.models import Assessment, Employee, Paid, Settlement, Step
from phaseout.measures.employees.pages.entering import with_people
from phaseout.measures.employees.seats import seat

A_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.READ)
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """All employees with their claims; who acts records payments and steps for those chosen."""
    found = with_people(request, pk)
    if request.method != "POST":
        return _page(request, found)
    form = SettleForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    chosen, given = request.POST.getlist("number"), form.cleaned_data
    try:
        done = _settle(request, found, chosen, given)
    except Refusal as refusal:
        return _page(request, found, form=form, refusal=refusal, status=409)
    messages.success(request, _("已记录%(count)s人。") % {"count": done})
    return redirect("settlement-people", pk=found.pk)


def _settle(
    request: HttpRequest, found: Settlement, chosen: list[str], given: dict[str, Any]
) -> int:
    how = ways(request, given["key"])
    if given["do"] in Paid.What.values:
        what, open_ = Paid.What(given["do"]), {one.number: one for one in claims(found.pk)}
        left: dict[str, Any] = {
            number: None
            for number in chosen
            if number not in open_ or open_[number].left(what) != 0
        }
        return len(
            acts.record_payments(
                found.pk, what, left, paid_on=given["day"], voucher=given["note"], **how
            )
        )
    step = Step.What(given["do"])
    return len(
        acts.record_steps(found.pk, step, chosen, done_on=given["day"], note=given["note"], **how)
    )


def _page(
    request: HttpRequest,
    found: Settlement,
    *,
    form: SettleForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    standing = {one.employee: one for one in claims(found.pk)}
    if request.GET.get("only") == "open":
        standing = {pk: one for pk, one in standing.items() if one.open}
    paged = Paginator(sorted(standing), A_PAGE).get_page(request.GET.get("p"))
    rows = [(one, standing[one.pk]) for one in Employee.objects.filter(pk__in=paged).order_by("pk")]
    today = today_of(request)
    context = {
        "settlement": found,
        "firm": found.enterprise,
        "rows": rows,
        "paged": paged,
        "only_open": request.GET.get("only") == "open",
        "acts": seat(scope_of_request(request), found.enterprise, today) is not None,
        "form": form or SettleForm(initial={"day": today}),
        "grounds": choice_words("ground"),
        "ways": choice_words("way"),
        "refusal": refusal,
    }
    return render(request, "employees/people.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.READ)
def person(request: HttpRequest, pk: int, employee: int) -> HttpResponse:
    """One employee: what is owed and why, what was paid and done; an amount is recorded here."""
    found = with_people(request, pk)
    one = get_object_or_404(Employee.objects.filter(settlement=found), pk=employee)
    refusal, status = None, 200
    form = PayForm(request.POST or None, initial={"day": today_of(request)})
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                acts.record_payments(
                    found.pk,
                    Paid.What(given["what"]),
                    {one.number: given["amount"]},
                    paid_on=given["day"],
                    voucher=given["voucher"],
                    **ways(request, given["key"]),
                )
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已记录支付。"))
                return redirect("settlement-person", pk=found.pk, employee=one.pk)
    context = {**_told(request, found, one), "form": form, "refusal": refusal}
    return render(request, "employees/person.html", context, status=status)


def _told(request: HttpRequest, found: Settlement, one: Employee) -> dict[str, Any]:
    today, ended = today_of(request), one.ended_on
    claim = next((c for c in claims(found.pk) if c.employee == one.pk), None)
    assessment = one.assessments.order_by("-pk").first()
    benefit = (
        benefit_months(one.insured_months, on=ended)
        if ended is not None and one.insured_months is not None
        else None
    )
    return {
        "settlement": found,
        "firm": found.enterprise,
        "employee": one,
        "claim": claim,
        "assessment": assessment,
        "parts": _parts(one, assessment),
        "retirement": retirement(one.born_on, one.people, on=ended or today),
        "benefit": benefit,
        "duties": duties(ended) if ended is not None else [],
        "payments": found.payments.filter(number=one.number).select_related("act").order_by("pk"),
        "steps": found.steps.filter(number=one.number).order_by("pk"),
        "group_words": [choice_words("groups")[g] for g in one.groups],
        "people_words": choice_words("people")[one.people],
        "ground_words": choice_words("ground").get(one.ground),
        "way_words": choice_words("way").get(one.way),
        "acts": seat(scope_of_request(request), found.enterprise, today) is not None,
        "today": today,
    }


def _parts(one: Employee, assessment: Assessment | None) -> dict[str, Any] | None:
    """Where some of the service was before 2008: what is owed for it (settled apart in the list, or
    by the rules of that time), and with the rest; None: not told, or no such service."""
    if assessment is None or not assessment.old_months:
        return None
    old = assessment.old_amount if one.old_amount is None else one.old_amount
    rest = assessment.amount
    return {
        "old": old,
        "settled_apart": one.old_amount is not None,
        "total": None if rest is None or old is None else rest + old,
    }
