"""The pages of land: the list, a parcel with what can be done on it, a new parcel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import place_words
from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of, ways
from phaseout.evidence.attaching import attach
from phaseout.evidence.models import EvidenceFile
from phaseout.law.land import RIGHTS, Right, continued_use, way_of
from phaseout.law.refusals import Refusal
from phaseout.measures.asked import MoneyAsked
from phaseout.measures.land import acts, flows
from phaseout.measures.land.forms import DecisionForm, EndForm, ParcelForm, SumForm
from phaseout.measures.land.models import ContinuedUse, LandAct, Parcel
from phaseout.measures.land.seats import finance_seats, land_seats, seat_for
from phaseout.measures.land.shown import SOON, within
from phaseout.measures.land.standing import Standing, exited_on, standing
from phaseout.pages import keyset
from phaseout.pages.forms import ActForm, press
from phaseout.registry.models import ProductionLine


@require_safe
@requires(Power.READ)
def parcels(request: HttpRequest) -> HttpResponse:
    """The parcels within one's reach, newest first; those whose continued use ends, on request."""
    scope, today = scope_of_request(request), today_of(request)
    rows = Parcel.objects.filter(within(scope)).select_related("enterprise", "continued_use")
    ending = request.GET.get("ending") == "yes"
    if ending:
        over = Q(acts__kind=LandAct.Kind.END_USE)
        rows = rows.filter(continued_use__last_day__lte=today + SOON).exclude(over)
    asked = MoneyAsked.of(request.GET, flows.FLOWS)
    if asked.flow:
        rows = rows.filter(pk__in=flows.money(scope, asked).values("parcel"))
    page = keyset.page(rows, ("-id",), request.GET.get("cursor", ""))
    amounts = flows.amounts(scope, asked, [one.pk for one in page.rows]) if asked.flow else {}
    disposed = {
        act.parcel_id: way_of(act.content["way"]).words
        for act in LandAct.objects.filter(kind=LandAct.Kind.DISPOSE, parcel__in=page.rows)
    }
    shown = [
        {
            "parcel": parcel,
            "place": place_words(parcel.division_code),
            "right": RIGHTS[Right(parcel.right)],
            "way": disposed.get(parcel.pk),
            "use": getattr(parcel, "continued_use", None),
            "amount": amounts.get(parcel.pk),
        }
        for parcel in page.rows
    ]
    context = {
        "page": page,
        "rows": shown,
        "today": today,
        "ending": ending,
        "asked": asked.words(flows.FLOWS),
        "flow": flows.FLOWS.get(asked.flow),
        "total": flows.total(scope, asked) if asked.flow else None,
    }
    return render(request, "land/parcels.html", {**context, "may": bool(land_seats(scope))})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.ACT)
def parcel_new(request: HttpRequest) -> HttpResponse:
    """Enter a parcel."""
    scope = scope_of_request(request)
    prefixes = [seat.prefix for seat in land_seats(scope)]
    if not prefixes:
        raise Http404
    first = {"uscc": request.GET.get("uscc", ""), "line_id": request.GET.get("line", "")}
    form = ParcelForm(request.POST or None, prefixes=prefixes, initial=first)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = dict(form.cleaned_data)
            try:
                done = acts.register_parcel(
                    acts.Described(**{k: v for k, v in given.items() if k != "key"}),
                    **ways(request, given["key"]),
                )
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                return redirect("parcel", pk=done.parcel_id)
    context = {"form": form, "refusal": refusal}
    return render(request, "land/parcel_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.READ)
def parcel(request: HttpRequest, pk: int) -> HttpResponse:
    """A parcel: what was done, what can be done next, the years of continued use."""
    scope, today = scope_of_request(request), today_of(request)
    found = Parcel.objects.filter(within(scope), pk=pk).select_related("enterprise").first()
    if found is None:
        raise Http404
    now = standing(found, list(found.acts.order_by("pk")), list(found.money.all()))
    forms = _forms(request, found, now)
    pressed = press(request, forms, lambda name, form: _do(request, found, name, form))
    if pressed.done:
        return redirect("parcel", pk=pk)
    context = {**_shown(found, now), "forms": forms, "refusal": pressed.refusal, "today": today}
    return render(request, "land/parcel.html", context, status=pressed.status)


def _forms(request: HttpRequest, parcel: Parcel, now: Standing) -> dict[str, ActForm]:
    """The acts that the person can do on the parcel as it stands, by name."""
    scope = scope_of_request(request)
    disposes = seat_for(parcel, land_seats(scope)) is not None
    pays = seat_for(parcel, finance_seats(scope)) is not None
    taken_back = now.way is not None and now.way.way == "take_back"
    possible: dict[str, tuple[bool, Callable[..., ActForm]]] = {
        "dispose": (
            disposes and now.way is None,
            lambda *a, **k: DecisionForm(*a, parcel=parcel, **k),
        ),
        "receive": (pays and taken_back, SumForm),
        "assign": (pays and now.left > 0, SumForm),
        "end": (
            disposes and now.way is not None and now.way.continues and now.ended is None,
            EndForm,
        ),
    }
    sent = request.POST.get("do", "")
    return {
        name: make(
            *((request.POST, request.FILES) if sent == name else ()), auto_id=f"id_{name}_%s"
        )
        for name, (can, make) in possible.items()
        if can
    }


def _do(request: HttpRequest, parcel: Parcel, name: str, form: ActForm) -> LandAct:
    given = dict(form.cleaned_data)
    how = ways(request, given.pop("key"))
    file = given.pop("file", None)
    if file is not None:
        given["files"] = (attach(file, by=request.user).digest,)
    if name == "dispose":
        return acts.dispose(parcel.pk, acts.Decided(**given), **how)
    if name == "receive":
        return acts.receive(parcel.pk, acts.Sum(**given), **how)
    if name == "assign":
        return acts.assign(parcel.pk, acts.Sum(**given), **how)
    return acts.end_use(parcel.pk, given["reason"], **how)


def _shown(parcel: Parcel, now: Standing) -> dict[str, Any]:
    use = ContinuedUse.objects.filter(parcel=parcel).first()
    done = list(parcel.acts.select_related("by").order_by("pk"))
    named = {digest for act in done for digest in act.content.get("files", ())}
    files = {file.digest: file for file in EvidenceFile.objects.filter(digest__in=named)}
    return {
        "parcel": parcel,
        "line": ProductionLine.objects.filter(pk=parcel.line_id).first(),
        "place": place_words(parcel.division_code),
        "right": RIGHTS[Right(parcel.right)],
        "exited_on": exited_on(parcel),
        "now": now,
        "use": use,
        "certificate": continued_use(use.filed_on) if use else None,
        "done": [
            {
                "act": act,
                "office": (act.organisation_zh, act.organisation_en),
                "way": way_of(act.content["way"]).words if "way" in act.content else None,
                "files": [files[d] for d in act.content.get("files", ()) if d in files],
            }
            for act in done
        ],
    }
