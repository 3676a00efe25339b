"""The monthly files: what the grid company sends, what goes to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import REGION_CODE, office_name, place_words
from phaseout.accounts.requests import officials, scope_of_request, today_of, ways
from phaseout.law.refusals import Refusal
from phaseout.measures.prices import acts
from phaseout.measures.prices.consumption import head_of, marked
from phaseout.measures.prices.forms import ConsumptionForm
from phaseout.measures.prices.models import Bill, ConsumptionFile, Edition
from phaseout.measures.prices.pages.entering import seated
from phaseout.measures.prices.seats import PRICE, RECEIVERS, seat
from phaseout.measures.prices.standing import unsigned_in
from phaseout.pages import keyset
from phaseout.pages.forms import ActForm
from phaseout.pages.handing_out import table_file
from phaseout.pages.templatetags.phaseout import english

MOST_UNSIGNED = 100


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def consumption(request: HttpRequest) -> HttpResponse:
    """The files that came, and a new one."""
    status, refusal = 200, None
    form = ConsumptionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            file = acts.take_consumption(
                given["file"].read(),
                given["file"].name,
                given["month"],
                **ways(request, given["key"]),
            )
        except Refusal as error:
            refusal, status = error, 409
        else:
            if file.taken:
                messages.success(request, _("已收取 %(n)s 行。") % {"n": file.rows})
            return redirect("price-consumption-file", pk=file.pk)
    elif request.method == "POST":
        status = 422
    context = {
        "files": ConsumptionFile.objects.select_related("act__by", "file").order_by("-pk")[:100],
        "form": form,
        "may": seated(request),
        "refusal": refusal,
    }
    return render(request, "prices/consumption.html", context, status=status)


@require_safe
@officials
def consumption_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: taken, or what is wrong with it. Its rows are shown where they lie in reach."""
    found = get_object_or_404(ConsumptionFile.objects.select_related("act__by", "file"), pk=pk)
    rows = found.consumption.filter(scope_of_request(request).lines()).select_related("line")
    context = {
        "file": found,
        "page": keyset.page(rows, ("id",), request.GET.get("cursor", "")),
        "problems": [{**one, "head": head_of(one["column"])} for one in found.problems],
        "wrong": found.act.content.get("problems", len(found.problems)),
        # Problems speak of any line of the region: whoever oversees a part of it sees how many.
        "whole": _sees_the_region(request),
    }
    return render(request, "prices/consumption_file.html", context)


@require_safe
@officials
def consumption_marked(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that was not taken, as it came, each bad row marked with what is wrong: to be put
    right and sent again."""
    found = get_object_or_404(ConsumptionFile.objects.select_related("file"), pk=pk)
    if found.taken or not _sees_the_region(request):
        raise Http404
    rows = marked(found.file.path.read_bytes(), found.problems, en=english())
    rows[0][-1] = rows[0][-1] or _("问题")
    name = f"{Path(found.file.name).stem}-{_('已标注')}"
    return table_file(rows, "xlsx", name=name, title=_("用电量"))


def _sees_the_region(request: HttpRequest) -> bool:
    return any(grant.over_region and not grant.uscc for grant in scope_of_request(request).grants)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """The price file of a month; the grid company and the price authority receive it here."""
    found = get_object_or_404(Edition.objects.select_related("act__by", "csv", "xlsx"), pk=pk)
    if request.method != "POST":
        return _page(request, found)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422)
    try:
        acts.receive(found.pk, **ways(request, form.cleaned_data["key"]))
    except Refusal as refusal:
        return _page(request, found, refusal=refusal, status=409)
    messages.success(request, _("已签收。"))
    return redirect("price-edition", pk=found.pk)


def _unsigned(request: HttpRequest, found: Edition) -> Any:
    """For the price authority: surcharges of the month of which no notice is signed yet, those that
    the file charges by first; a page of them."""
    if seat(scope_of_request(request), PRICE) is None:
        return None
    rows = unsigned_in(found).select_related("line", "enterprise")
    return list(rows[: MOST_UNSIGNED + 1])


def _page(
    request: HttpRequest, found: Edition, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    bills = Bill.objects.filter(scope.lines(), edition=found)
    receipts = {one.office: one for one in found.receipts.select_related("act__by")}
    seated_in = seat(scope, *RECEIVERS)
    prefixes = tuple(grant.prefix for grant in scope.grants if not grant.uscc)
    context: dict[str, Any] = {
        "edition": found,
        "page": keyset.page(
            bills.select_related("enterprise"), ("-amount", "-id"), request.GET.get("cursor", "")
        ),
        "receipts": [
            (office_name(office, REGION_CODE, today), receipts.get(office)) for office in RECEIVERS
        ],
        "may_receive": seated_in is not None and seated_in.office not in receipts,
        "editions": Edition.objects.filter(month=found.month).order_by("number"),
        "held": [
            {**one, "place": place_words(one["division"])}
            for one in found.held
            if one["division"].startswith(prefixes)
        ],
        "whole": _sees_the_region(request),
        "unsigned": _unsigned(request, found),
        "form": ActForm(),
        "refusal": refusal,
    }
    return render(request, "prices/edition.html", context, status=status)
