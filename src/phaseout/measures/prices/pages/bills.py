"""One bill and what became of it; the ledger."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import REGION_CODE, place_words
from phaseout.accounts.powers import Power
from phaseout.accounts.requests import officials, requires, scope_of_request, today_of, ways
from phaseout.law.prices.income import share_on
from phaseout.law.refusals import Refusal
from phaseout.measures.asked import MoneyAsked
from phaseout.measures.prices import acts, flows, income, words
from phaseout.measures.prices.acts.paying import notice_of
from phaseout.measures.prices.billing import latest_bills
from phaseout.measures.prices.forms import NoticeForm, PaymentForm
from phaseout.measures.prices.models import Bill, Entry, LateCharge, Payment
from phaseout.measures.prices.pages.entering import looks_from_inside, seated
from phaseout.pages import keyset
from phaseout.pages.forms import ActForm


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.READ)
def bill(request: HttpRequest, pk: int) -> HttpResponse:
    """A bill with its lines; the grid company records notice, payment and lateness here."""
    mine = Bill.objects.filter(scope_of_request(request).lines())
    found = get_object_or_404(mine.select_related("enterprise", "edition__act"), pk=pk)
    if request.method != "POST":
        return _page(request, found)
    do = request.POST.get("do", "")
    form = {"notify": NoticeForm, "collect": PaymentForm}.get(do, ActForm)(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    try:
        _act(request, found, do, form.cleaned_data)
    except Refusal as refusal:
        return _page(request, found, form=form, refusal=refusal, status=409)
    messages.success(request, _("已登记。"))
    return redirect("price-bill", pk=found.pk)


def _act(request: HttpRequest, found: Bill, do: str, given: dict[str, Any]) -> None:
    done = ways(request, given["key"])
    if do == "notify":
        acts.notify(
            found.pk,
            given["received_on"],
            given["pay_by"],
            contract_percent=given["contract_percent"],
            **done,
        )
    elif do == "collect":
        acts.collect(found.pk, given["amount"], given["paid_on"], **done)
    else:
        basis = LateCharge.By.DOCUMENT if do == "late-document" else LateCharge.By.CONTRACT
        acts.charge_late(found.pk, basis, **done)


def _page(
    request: HttpRequest,
    found: Bill,
    *,
    form: Any = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    month = {"bill__enterprise_id": found.enterprise_id, "bill__month": found.month}
    surcharge, contract = income.owed_on(found)
    stands = latest_bills(found.month).get(found.enterprise_id) == found
    context = {
        "bill": found,
        "place": place_words(found.division_code),
        "stands": stands,
        "lines": [
            {"line": one, "measure": words.MEASURES[one.determination.measure]}
            for one in found.lines.select_related(
                "determination__line", "consumption__line"
            ).order_by("consumption__line", "consumption__begins")
        ],
        "notice": notice_of(found),
        "payments": Payment.objects.filter(**month).order_by("paid_on", "pk"),
        "late": [
            (one, words.LATE[one.by])
            for one in LateCharge.objects.filter(**month).order_by("up_to", "pk")
        ],
        "surcharge_left": surcharge,
        "contract_left": contract,
        "left": surcharge + contract,
        "inside": looks_from_inside(request),
        "may": seated(request),
        "notice_form": form if isinstance(form, NoticeForm) else NoticeForm(auto_id="notice_%s"),
        "payment_form": form
        if isinstance(form, PaymentForm)
        else PaymentForm(auto_id="pay_%s", initial={"amount": surcharge + contract or None}),
        "form": ActForm(auto_id="late_%s"),
        "refusal": refusal,
    }
    return render(request, "prices/bill.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def ledger(request: HttpRequest) -> HttpResponse:
    """Balances by city and account, and every entry behind them; the grid company remits here."""
    if request.method != "POST":
        return _ledger(request)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _ledger(request, status=422)
    try:
        acts.remit(**ways(request, form.cleaned_data["key"]))
    except Refusal as refusal:
        return _ledger(request, refusal=refusal, status=409)
    messages.success(request, _("已上缴。"))
    return redirect("price-ledger")


def _ledger(
    request: HttpRequest, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    scope = scope_of_request(request)
    asked = MoneyAsked.of(request.GET, flows.FLOWS)
    # What was remitted is of no enterprise and has its place.
    postings = flows.postings(scope, asked)
    entries = Entry.objects.filter(pk__in=postings.values("entry")).prefetch_related(
        Prefetch("postings", postings.order_by("-amount"))
    )
    context = {
        "asked": asked.words(flows.FLOWS),
        "total": flows.total(scope, asked) if asked.flow else None,
        "accounts": words.ACCOUNTS,
        "cities": _by_city(postings),
        "totals": _named(income.balance(postings)),
        "page": keyset.page(
            entries.select_related("bill", "act"),
            ("-on_day", "-id"),
            request.GET.get("cursor", ""),
        ),
        "share": share_on(today_of(request), REGION_CODE),
        "may": seated(request),
        "form": ActForm(),
        "refusal": refusal,
    }
    return render(request, "prices/ledger.html", context, status=status)


@require_safe
@officials
def bill_lines(request: HttpRequest) -> HttpResponse:
    """What was billed, line by line: the bills in force, by kind of surcharge."""
    scope = scope_of_request(request)
    asked = MoneyAsked.of(request.GET, flows.KINDS)
    page = keyset.page(
        flows.bill_lines(scope, asked).select_related(
            "bill__enterprise", "determination", "consumption__line"
        ),
        ("-id",),
        request.GET.get("cursor", ""),
    )
    context = {
        "asked": asked.words(flows.KINDS),
        "total": flows.total_of_lines(scope, asked),
        "page": page,
        "rows": [(one, words.MEASURES[one.determination.measure]) for one in page.rows],
    }
    return render(request, "prices/bill_lines.html", context)


def _named(sums: dict[str, Decimal]) -> list[tuple[Any, Decimal]]:
    return [(words.ACCOUNTS[account], amount) for account, amount in sums.items()]


def _by_city(postings: Any) -> list[tuple[Any, list[tuple[Any, Decimal]]]]:
    sums: dict[str, dict[str, Decimal]] = {}
    rows = postings.order_by().values_list("division_code", "account").annotate(Sum("amount"))
    for division, account, amount in rows:
        city = sums.setdefault(f"{division[:4]}00", dict.fromkeys(words.ACCOUNTS, Decimal(0)))
        city[account] += amount
    return [(place_words(city), _named(by)) for city, by in sorted(sums.items())]
