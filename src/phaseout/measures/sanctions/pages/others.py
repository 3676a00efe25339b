"""The page of licences; the enterprise's own pages; what the public sees."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import place_words
from phaseout.accounts.requests import officials, scope_of_request, today_of
from phaseout.accounts.rows import whole_reach
from phaseout.casework.own.seeing import for_enterprises
from phaseout.law.sanctions.areas import area
from phaseout.law.sanctions.bases import bases_on
from phaseout.law.sanctions.grounds import cause_words, ground_of
from phaseout.law.sanctions.repair import conditions, terms
from phaseout.measures.sanctions import acts
from phaseout.measures.sanctions.acts.contesting import published_since, repair_rule
from phaseout.measures.sanctions.forms import ObjectForm, RepairForm
from phaseout.measures.sanctions.licences import in_words, revocations, still_valid
from phaseout.measures.sanctions.models import Sanction, SanctionAct
from phaseout.measures.sanctions.pages.entering import done
from phaseout.measures.sanctions.seats import SANCTIONS, leads, seats, within
from phaseout.measures.sanctions.standing import published
from phaseout.pages import keyset

Kind = SanctionAct.Kind


@require_safe
@officials
def licences(request: HttpRequest) -> HttpResponse:
    """Licences to be cancelled, across cases, to the last; and permits still held as valid."""
    scope, today = scope_of_request(request), today_of(request)
    done_ = request.GET.get("which") == "done"
    # Every authority of the area sees to what is still to be cancelled; cases themselves are shown
    # by dimension. What is read here is licence, holder, days: no paper of a case.
    with whole_reach():
        rows = revocations(within(scope), done=done_)
        page = keyset.page(rows, ("arisen_on", "id"), request.GET.get("cursor", ""))
        shown = in_words(page.rows, today)
        valid = [] if done_ else still_valid(within(scope), today)
    context = {
        "page": page,
        "rows": shown,
        "valid": valid,
        "done": done_,
        "ours": not seats(scope).isdisjoint(leads(SANCTIONS)),
    }
    return render(request, "sanctions/licences.html", context)


@require_safe
@for_enterprises
def own_sanctions(request: HttpRequest) -> HttpResponse:
    """What was made against the enterprise."""
    rows = _own(request).order_by("-begins", "-pk")
    shown = [
        {"sanction": one, "ground": ground_of(one.facts["procedure"], one.period)} for one in rows
    ]
    return render(request, "sanctions/own_sanctions.html", {"rows": shown})


def _own(request: HttpRequest) -> Any:
    codes = [grant.uscc for grant in scope_of_request(request).grants if grant.uscc]
    return Sanction.objects.filter(enterprise__in=codes).select_related("enterprise", "release")


@require_http_methods(["GET", "HEAD", "POST"])
@for_enterprises
def own_sanction(request: HttpRequest, pk: int) -> HttpResponse:
    """One sanction as the enterprise sees it: ground, basis, how it ends; it objects, or asks for
    the repair of its record, here."""
    one = get_object_or_404(_own(request), pk=pk)
    asking = request.POST.get("do") == "repair"
    data, files = request.POST or None, request.FILES or None
    objection = ObjectForm(None if asking else data, None if asking else files)
    repair = RepairForm(data if asking else None, files if asking else None, auto_id="id_repair_%s")
    refusal, status = None, 200
    if request.method == "POST":
        form, act = (repair, acts.ask_repair) if asking else (objection, acts.object_to)
        status = 422
        if form.is_valid():
            refusal, status = done(request, act, pk, **form.cleaned_data), 409
            if refusal is None:
                return redirect("own-sanction", pk=pk)
    context = _shown(one) | _repairable(one, today_of(request))
    context["objection"] = None if context["release"] else objection
    context["repair"] = repair if context["terms"] else None
    context["refusal"] = refusal
    return render(request, "sanctions/own_sanction.html", context, status=status)


def _shown(one: Sanction) -> dict[str, Any]:
    """The sanction as the enterprise sees it, and what it has asked so far."""
    release = getattr(one, "release", None)
    return {
        "one": one,
        "ground": ground_of(one.facts["procedure"], one.period),
        "bases": [basis for basis in bases_on(one.begins) if basis.basis in one.bases],
        "areas": [area(code) for code in one.areas],
        "release": release,
        "cause": cause_words(release.cause) if release else None,
        "asked": _asked(one),
    }


def _repairable(one: Sanction, today: date) -> dict[str, Any]:
    """The rule by which its record is repaired; `terms` None: there is no record to repair."""
    with whole_reach():  # whether the platform has a record; the record itself is not shown
        record = published_since(one)
    rule = repair_rule(one, today)
    return {
        "rule": rule,
        "conditions": conditions(rule) if rule else (),
        "terms": terms(rule, record.decided_on) if rule and record else None,
    }


def _asked(one: Sanction) -> list[SanctionAct]:
    return list(
        SanctionAct.objects.filter(sanction=one, kind__in=[Kind.OBJECT, Kind.ASK_REPAIR])
        .select_related("answered")
        .order_by("pk")
    )


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """联合惩戒公示: what is published today, for everybody."""
    today = today_of(request)
    with whole_reach():  # what is published is for everybody; nothing else is read
        rows = published(today).select_related("enterprise")
        page = keyset.page(rows, ("-begins", "-id"), request.GET.get("cursor", ""))
    shown = [
        {
            "sanction": one,
            "ground": ground_of(one.facts["procedure"], one.period),
            "place": place_words(one.division_code),
            "areas": [area(code) for code in one.areas],
        }
        for one in page.rows
    ]
    return render(request, "sanctions/public.html", {"page": page, "rows": shown})
