"""Water above the quota, and the renewable shares that lower a tiered price: entered with their
papers, since no fact of the registry tells them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import F, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.organisations import REGION_CODE, place_words
from phaseout.accounts.powers import Power
from phaseout.accounts.requests import officials, requires, scope_of_request, today_of, ways
from phaseout.law.norms import NormBook
from phaseout.law.prices import water_on_record
from phaseout.law.prices.readings import area_of
from phaseout.law.refusals import Refusal
from phaseout.measures.prices import acts, words
from phaseout.measures.prices.acts.watering import Metered, standing_bill, water_owed
from phaseout.measures.prices.assessing import law_of
from phaseout.measures.prices.forms import PaymentForm, ShareForm, WaterForm
from phaseout.measures.prices.models import PriceAct, RenewableShare, WaterBill
from phaseout.measures.prices.pages.entering import looks_from_inside, seated
from phaseout.pages import keyset


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def water(request: HttpRequest) -> HttpResponse:
    """The bills of water that stand, and a new one."""
    form = WaterForm(request.POST or None, initial={"year": today_of(request).year - 1})
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = dict(form.cleaned_data)
            who, year = given.pop("uscc"), given.pop("year")
            done = ways(request, given.pop("key"))
            try:
                made = acts.bill_water(who, year, Metered(**given), **done)
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已出账。"))
                return redirect("price-water-bill", pk=made.pk)
    context = {
        "page": keyset.page(_standing(request), ("-year", "-id"), request.GET.get("cursor", "")),
        "form": form,
        "may": seated(request),
        "refusal": refusal,
        **_on_record(today_of(request)),
    }
    return render(request, "prices/water.html", context, status=status)


YEARS_SHOWN = 3
"""So many of the years that can be billed: the last ones."""


def _on_record(today: date) -> dict[str, Any]:
    """For which of the last years a rate is on record, where, and what was looked through: a page
    without a bill says why there can be none."""
    laws = {year: law_of(year, today) for year in range(today.year - YEARS_SHOWN, today.year)}
    book, region = NormBook.load(), area_of(REGION_CODE)
    looked = water_on_record.documents(book, region)
    return {
        "years": [
            {"one": one, "place": place_words(one.area.ljust(6, "0"))}
            for one in water_on_record.by_year(laws, region)
        ],
        "looked": [
            {
                "one": one,
                "place": place_words(one.area.ljust(6, "0")) if one.area else ("全国", "nation"),
            }
            for one in looked
        ],
    }


def _standing(request: HttpRequest) -> Any:
    last = WaterBill.objects.filter(enterprise=OuterRef("enterprise"), year=OuterRef("year"))
    mine = WaterBill.objects.filter(scope_of_request(request).lines())
    latest = mine.annotate(last=Subquery(last.order_by("-number").values("number")[:1]))
    return latest.filter(number=F("last")).select_related("enterprise")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.READ)
def water_bill(request: HttpRequest, pk: int) -> HttpResponse:
    """One bill with its bands; a payment is entered here."""
    found = get_object_or_404(
        WaterBill.objects.filter(scope_of_request(request).lines()).select_related(
            "enterprise", "act"
        ),
        pk=pk,
    )
    left = water_owed(found)
    initial = {"amount": left or None, "paid_on": today_of(request)}
    form = PaymentForm(request.POST or None, initial=initial)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            done = ways(request, given["key"])
            try:
                acts.collect_water(found.pk, given["amount"], given["paid_on"], **done)
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已登记缴费。"))
                return redirect("price-water-bill", pk=pk)
    payments = PriceAct.objects.filter(about=found.act.about, kind=PriceAct.Kind.COLLECT_WATER)
    context = {
        "bill": found,
        "place": place_words(found.division_code),
        "class": words.CLASSES.get(found.price_class),
        "stands": standing_bill(found.enterprise_id, found.year) == found,
        "steps": found.explanation["steps"],
        "left": left,
        "payments": [] if looks_from_inside(request) else payments.order_by("pk"),
        "inside": looks_from_inside(request),
        "may": seated(request),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "prices/water_bill.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def renewables(request: HttpRequest) -> HttpResponse:
    """The shares on record, and a new one."""
    form = ShareForm(request.POST or None, initial={"year": today_of(request).year - 1})
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = dict(form.cleaned_data)
            done = ways(request, given.pop("key"))
            try:
                acts.record_share(**given, **done)
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已登记。"))
                return redirect("price-renewables")
    mine = RenewableShare.objects.filter(scope_of_request(request).lines())
    context = {
        "page": keyset.page(
            mine.select_related("enterprise", "act"), ("-id",), request.GET.get("cursor", "")
        ),
        "form": form,
        "may": seated(request),
        "refusal": refusal,
    }
    return render(request, "prices/renewables.html", context, status=status)
