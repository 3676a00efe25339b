"""Programmes: the list, a new one, its accounts, its income."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.powers import Role
from phaseout.accounts.requests import scope_of_request, today_of, ways
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.measures.asked import MoneyAsked
from phaseout.measures.funds import acts, flows
from phaseout.measures.funds.forms import IncomeForm, ProgrammeForm
from phaseout.measures.funds.ledger import balances
from phaseout.measures.funds.models import Application, Entry, Income, Programme
from phaseout.measures.funds.pages.entering import own_codes, readers, readers_or_applicants
from phaseout.measures.funds.seats import FINANCE, office_seat, reads_accounts
from phaseout.measures.funds.standing import settled, sources, waiting_for_money
from phaseout.measures.remitted import remitted
from phaseout.pages.keyset import page

SHOWN = 200


@require_safe
@readers_or_applicants
def funds(request: HttpRequest) -> HttpResponse:
    """All programmes with their balances; for an enterprise: what it may apply for, and has."""
    scope, today = scope_of_request(request), today_of(request)
    programmes = list(Programme.objects.order_by("-pk")[:SHOWN])
    if not reads_accounts(scope):
        mine = Application.objects.filter(enterprise__in=own_codes(request))
        context = {
            "programmes": [one for one in programmes if _runs(one, today)],
            "applications": _applications(mine.order_by("-pk")),
        }
        return render(request, "funds/own.html", context)
    counted = balances([one.pk for one in programmes])
    rows = [(one, counted[one.pk]) for one in programmes]
    context = {"rows": rows, "may_make": _finance(request) is not None}
    return render(request, "funds/funds.html", context)


def _runs(programme: Programme, today: Any) -> bool:
    ends = programme.runs_to
    return programme.runs_from <= today and (ends is None or today <= ends)


def _finance(request: HttpRequest, *roles: Role) -> object:
    roles = roles or (Role.OFFICER, Role.LEADER)
    return office_seat(scope_of_request(request), today_of(request), (FINANCE,), *roles)


def _applications(found: Any) -> list[tuple[Application, str]]:
    rows = list(found.select_related("enterprise", "programme")[:SHOWN])
    kinds = settled(rows)
    return [(one, kinds.get(one.pk, "")) for one in rows]


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def fund_new(request: HttpRequest) -> HttpResponse:
    if _finance(request) is None:
        raise PermissionDenied("finance")
    form = ProgrammeForm(request.POST or None)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = dict(form.cleaned_data)
            key = given.pop("key")
            try:
                made = acts.make_programme(
                    given["name"],
                    Programme.Fund(given["fund"]),
                    given["document"],
                    runs_from=given["runs_from"],
                    runs_to=given["runs_to"],
                    **ways(request, key),
                )
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已设立资金项目。"))
                return redirect("fund", pk=made.pk)
    return render(request, "funds/fund_new.html", {"form": form, "refusal": refusal}, status=status)


@require_safe
@readers
def fund(request: HttpRequest, pk: int) -> HttpResponse:
    """A programme: balance, income, applications, allocations, the ledger."""
    found = get_object_or_404(Programme, pk=pk)
    entries = page(
        Entry.objects.filter(programme=found).select_related("act", "application__enterprise"),
        ("-id",),
        request.GET.get("cursor", ""),
    )
    years = sorted({*found.applications.values_list("year", flat=True)}, reverse=True)
    context = {
        "fund": found,
        "balance": balances([found.pk])[found.pk],
        "uses": found.uses.order_by("pk"),
        "incomes": _incomes(found),
        "applications": _applications(found.applications.order_by("-year", "-pk")),
        "allocations": found.allocations.order_by("-pk")[:SHOWN],
        "waiting": [(year, len(waiting_for_money(found, year))) for year in years],
        "page": entries,
        "may_book": _finance(request) is not None,
        "may_allocate": _finance(request, Role.LEADER) is not None,
    }
    return render(request, "funds/fund.html", context)


@require_safe
@readers
def fund_ledger(request: HttpRequest) -> HttpResponse:
    """The entries of all programmes: what came in, was allocated, was paid."""
    asked = MoneyAsked.of(request.GET, flows.FLOWS)
    found = flows.entries(asked).select_related("act", "programme", "application__enterprise")
    context = {
        "asked": asked.words(flows.FLOWS),
        "total": flows.total(asked) if asked.flow else None,
        "page": page(found, ("-id",), request.GET.get("cursor", "")),
    }
    return render(request, "funds/ledger.html", context)


def _incomes(programme: Programme) -> list[tuple[Income, Bilingual | None]]:
    """What came in, each with the sum of the measure that it was: two of the same amount, day and
    paper are told apart by it."""
    rows = list(programme.incomes.order_by("-pk")[:SHOWN])
    known = {
        one.key: one.said for source in {row.source for row in rows} for one in remitted(source)
    }
    return [(row, known.get(row.remitted)) for row in rows]


def _given() -> list[tuple[str, str]]:
    """What surcharges and land brought to the treasury, and how much of it is left to take up."""
    which = 1 if get_language() == "en" else 0
    left = _("尚可列入 %(rest)s 元")
    return [
        (one.key, f"{one.said[which]} · {left % {'rest': f'{rest:,.2f}'}}")
        for source in (Income.Source.SURCHARGE, Income.Source.LAND)
        for one, rest in sources(source)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def income(request: HttpRequest, pk: int) -> HttpResponse:
    """Record money that came in."""
    found = get_object_or_404(Programme, pk=pk)
    if _finance(request) is None:
        raise PermissionDenied("finance")
    today = today_of(request)
    initial = {"year": today.year, "received_on": today}
    form = IncomeForm(request.POST or None, initial=initial, given=_given())
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                acts.record_income(
                    found.pk,
                    Income.Source(given["source"]),
                    given["amount"],
                    year=given["year"],
                    received_on=given["received_on"],
                    document=given["document"],
                    remitted=given["remitted"],
                    **ways(request, given["key"]),
                )
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已登记收入。"))
                return redirect("fund", pk=found.pk)
    context = {"fund": found, "form": form, "refusal": refusal}
    return render(request, "funds/income.html", context, status=status)
