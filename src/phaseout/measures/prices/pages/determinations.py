"""One determination with its computation; everything of one enterprise; an enterprise's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import place_words
from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, ways
from phaseout.casework.papers.plain import of_plain
from phaseout.documents import OfficialDocument
from phaseout.documents import render as render_document
from phaseout.law.prices.beginning import beginnings
from phaseout.law.refusals import Refusal
from phaseout.measures.prices import acts, income, papers, words
from phaseout.measures.prices.forms import EndForm, SignForm
from phaseout.measures.prices.models import (
    Bill,
    Determination,
    Edition,
    SurchargeNotice,
    WaterBill,
)
from phaseout.measures.prices.pages.entering import looks_from_inside, seated
from phaseout.measures.prices.seats import Seat
from phaseout.pages.forms import ActForm
from phaseout.registry.models import Enterprise


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.READ)
def determination(request: HttpRequest, pk: int) -> HttpResponse:
    """The computation as it stood, its ground, its end; the price authority may end it here."""
    mine = Determination.objects.filter(scope_of_request(request).lines())
    found = get_object_or_404(
        mine.select_related("act", "line", "enterprise", "case", "ending__act"), pk=pk
    )
    if request.method != "POST":
        return _page(request, found)
    signing = request.POST.get("do") == "sign"
    form: ActForm = (SignForm if signing else EndForm)(request.POST)
    forms: dict[str, Any] = {"sign_form" if signing else "form": form}
    if not form.is_valid():
        return _page(request, found, status=422, **forms)
    given = form.cleaned_data
    how = ways(request, given["key"])
    try:
        if signing:
            acts.sign_notice(found.pk, reason=given["reason"], **how)
        else:
            acts.end(found.pk, given["on"], given["reason"], **how)
    except Refusal as refusal:
        return _page(request, found, refusal=refusal, status=409, **forms)
    messages.success(request, _("已签发。") if signing else _("已终止。"))
    return redirect("price-determination", pk=found.pk)


@require_safe
@requires(Power.READ)
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as PDF: as it was signed, or its draft with a watermark."""
    mine = Determination.objects.filter(scope_of_request(request).lines())
    found = get_object_or_404(mine.select_related("act", "line", "enterprise", "ending"), pk=pk)
    last = found.notices.order_by("-pk").first()
    if last is not None:
        return _pdf(of_plain(last.content), last.number)
    seated = Seat(found.act.office, found.act.division_code)
    return _pdf(papers.notice(found, seated), f"JJ{found.year}-{found.pk}")


@require_safe
@requires(Power.READ)
def signed(request: HttpRequest, pk: int) -> HttpResponse:
    """One signed notice as PDF, superseded or not."""
    mine = Determination.objects.filter(scope_of_request(request).lines())
    found = get_object_or_404(SurchargeNotice.objects.filter(determination__in=mine), pk=pk)
    return _pdf(of_plain(found.content), found.number)


def _pdf(document: OfficialDocument, name: str) -> HttpResponse:
    answer = HttpResponse(render_document(document), content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf") or ""
    return answer


def _page(
    request: HttpRequest,
    found: Determination,
    *,
    form: Any = None,
    sign_form: Any = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    notices = SurchargeNotice.objects.filter(
        determination__line=found.line_id, determination__year=found.year
    ).select_related("act__by", "superseded_by", "determination")
    may = seated(request)
    context = {
        "one": found,
        "ending": getattr(found, "ending", None),
        "measure": words.MEASURES[found.measure],
        "class": words.CLASSES.get(found.price_class),
        "place": place_words(found.division_code),
        "steps": found.explanation["steps"],
        "ground": found.explanation.get("ground", {}),
        "beginnings": beginnings(found.measure),
        "causes": words.CAUSES,
        "inside": looks_from_inside(request),
        "may": may,
        "notices": list(notices.order_by("-pk")),
        "form": form or EndForm(auto_id="id_end_%s"),
        "sign_form": sign_form or SignForm(auto_id="id_sign_%s"),
        "refusal": refusal,
    }
    return render(request, "prices/determination.html", context, status=status)


@require_safe
@requires(Power.READ)
def enterprise(request: HttpRequest, uscc: str) -> HttpResponse:
    """What an enterprise pays, has paid, and why."""
    found = get_object_or_404(
        Enterprise.objects.filter(scope_of_request(request).enterprises()), pk=uscc
    )
    return _enterprise(request, found)


@require_safe
@requires(Power.READ)
def own(request: HttpRequest) -> HttpResponse:
    """The same for the enterprise of the person who asks."""
    usccs = [grant.uscc for grant in scope_of_request(request).grants if grant.uscc]
    if not usccs:
        raise PermissionDenied("own")
    found = Enterprise.objects.filter(pk__in=usccs).order_by("merged_into_id").first()
    if found is None:
        raise Http404
    return _enterprise(request, found)


def _enterprise(request: HttpRequest, found: Enterprise) -> HttpResponse:
    last = dict(Edition.objects.order_by("number").values_list("month", "pk"))
    bills = [
        {
            "bill": bill,
            "left": sum(income.owed_on(bill)),
            "stands": last[bill.month] == bill.edition_id,
        }
        for bill in Bill.objects.filter(enterprise=found).order_by("-month", "-pk")[:120]
    ]
    determinations = [
        {
            "one": one,
            "ending": getattr(one, "ending", None),
            "measure": words.MEASURES[one.measure],
            "class": words.CLASSES.get(one.price_class),
        }
        for one in Determination.objects.filter(enterprise=found)
        .select_related("line", "ending")
        .order_by("-year", "line", "-pk")[:200]
    ]
    context = {
        "enterprise": found,
        "bills": bills,
        "waters": WaterBill.objects.filter(enterprise=found).order_by("-year", "-number")[:60],
        "determinations": determinations,
        "causes": words.CAUSES,
        "inside": looks_from_inside(request),
    }
    return render(request, "prices/enterprise.html", context)
