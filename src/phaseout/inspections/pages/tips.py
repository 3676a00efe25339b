"""举报投诉: the public's page, what an office received, one of them settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import office_name, place_words
from phaseout.accounts.powers import Role
from phaseout.accounts.requests import (
    network_address,
    officials,
    person,
    scope_of_request,
    today_of,
    ways,
)
from phaseout.accounts.rows import whole_reach
from phaseout.exits.restart.models import WatchedLine
from phaseout.exits.restart.seeing import within
from phaseout.inspections import acts
from phaseout.inspections.acts.tipping import Told, settled_by
from phaseout.inspections.forms import AcceptForm, SettleForm, TipForm
from phaseout.inspections.inspectors import inspectors_for
from phaseout.inspections.models import InspectionAct, Tip, TipPerson
from phaseout.inspections.standing import plans_within
from phaseout.inspections.subjects import seat_in, seats, words_of
from phaseout.law.refusals import Refusal
from phaseout.pages import keyset
from phaseout.registry.models import Enterprise

Kind = InspectionAct.Kind


@require_http_methods(["GET", "HEAD", "POST"])
def tip_new(request: HttpRequest) -> HttpResponse:
    """Anyone tells; an official who is signed in notes what was told by telephone or in person."""
    form = TipForm(request.POST or None)
    official = next(
        seats(scope_of_request(request), Role.OFFICER, Role.LEADER, Role.INSPECTOR), None
    )
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                tip = _received(request, form, official=official is not None)
            except Refusal as refused:
                refusal = refused
                status = 429 if refused.code == "tip.too-often" else 409
            else:
                if official is not None:
                    return redirect("inspection-tips")
                return redirect("inspection-tip-told", receipt=tip.receipt)
    context = {"form": form, "refusal": refusal, "official": official is not None}
    return render(request, "inspections/tip_new.html", context, status=status)


def _received(request: HttpRequest, form: TipForm, *, official: bool) -> Tip:
    given = dict(form.cleaned_data)
    key, today = given.pop("key"), today_of(request)
    told = Told(**given)
    # Who tells belongs to no office and may speak of any place: nothing is read for him, and what
    # he tells is written where he cannot look.
    with whole_reach():
        if official:
            scope = scope_of_request(request)
            return acts.receive_tip(told, today=today, key=key, by=person(request), scope=scope)
        address = network_address(request)
        return acts.receive_tip(told, today=today, key=key, address=address)


@require_safe
def tip_told(request: HttpRequest, receipt: str) -> HttpResponse:
    """What became of a tip, for who holds its receipt: nothing of what was told."""
    with whole_reach():  # the receipt itself is what lets one look
        tip = Tip.objects.filter(receipt=receipt).first()
        settled = settled_by(tip) if tip else None
    if tip is None:
        raise Http404
    context = {
        "receipt": receipt,
        "received_on": tip.received_on,
        "office": office_name(tip.office, tip.division_code, today_of(request)),
        "settled": settled,
        "accepted": settled is not None and settled.kind == Kind.ACCEPT_TIP,
    }
    return render(request, "inspections/tip_told.html", context)


@require_safe
@officials
def tips(request: HttpRequest) -> HttpResponse:
    settled = InspectionAct.objects.filter(
        kind__in=(Kind.ACCEPT_TIP, Kind.DECLINE_TIP),
        about=Concat(Value("tip:"), OuterRef("pk")),
    )
    rows = Tip.objects.filter(_within(request)).annotate(
        accepted=Exists(settled.filter(kind=Kind.ACCEPT_TIP)), settled=Exists(settled)
    )
    page = keyset.page(rows, ("-id",), request.GET.get("cursor", ""))
    today = today_of(request)
    shown = [
        {
            "tip": one,
            "office": office_name(one.office, one.division_code, today),
            "place": place_words(one.division_code),
            "words": words_of(one.dimension),
        }
        for one in page.rows
    ]
    return render(request, "inspections/tips.html", {"page": page, "rows": shown})


def _within(request: HttpRequest) -> Q:
    """Tips in one's dimensions and places (`scope.findings` without the enterprise)."""
    return plans_within(scope_of_request(request))


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def tip(request: HttpRequest, pk: int) -> HttpResponse:
    """A tip; its office accepts or declines it here. Who told it only that office reads."""
    found = get_object_or_404(Tip.objects.filter(_within(request)).select_related("act__by"), pk=pk)
    scope = scope_of_request(request)
    seat = seat_in(scope, found.office, found.dimension, Role.OFFICER, Role.LEADER)
    meant = _meant(request, found) if seat else []
    accept, decline = _forms(
        request, found, _inspectors(found, today_of(request)) if seat else [], meant
    )
    refusal, status = None, 200
    if request.method == "POST":
        if seat is None:
            raise PermissionDenied("office")
        form, status = (accept if accept.is_bound else decline), 422
        if form.is_valid():
            try:
                _settle(request, found, form)
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已作出处理。"))
                return redirect("inspection-tip", pk=found.pk)
    context = {
        **_shown(request, found, ours=seat is not None),
        "meant": meant,
        "accept": accept,
        "decline": decline,
        "refusal": refusal,
    }
    return render(request, "inspections/tip.html", context, status=status)


def _forms(
    request: HttpRequest, found: Tip, people: Any, meant: Sequence[Enterprise]
) -> tuple[AcceptForm, SettleForm]:
    """The form to accept and the one to decline; bound is the one that was sent."""
    accepting, data = request.POST.get("do") == "accept", request.POST or None
    accept = AcceptForm(
        data if accepting else None,
        people=people,
        auto_id="id_accept_%s",
        initial={"begins": today_of(request), "uscc": meant[0].pk if len(meant) == 1 else ""},
    )
    return accept, SettleForm(None if accepting else data, auto_id="id_decline_%s")


def _settle(request: HttpRequest, found: Tip, form: SettleForm) -> None:
    given: dict[str, Any] = dict(form.cleaned_data)
    act: Callable[..., Any] = acts.accept_tip if isinstance(form, AcceptForm) else acts.decline_tip
    act(found.pk, **ways(request, given.pop("key")), **given)


def _shown(request: HttpRequest, found: Tip, *, ours: bool) -> dict[str, Any]:
    return {
        "tip": found,
        "restart": found.matter == Tip.Matter.RESTART,
        "watched": _watched(request, found),
        "office": office_name(found.office, found.division_code, today_of(request)),
        "place": place_words(found.division_code),
        "words": words_of(found.dimension),
        "teller": TipPerson.objects.filter(tip=found).first() if ours else None,
        "ours": ours,
        "settled": settled_by(found),
        "visit": getattr(found, "assignment", None),
    }


def _watched(request: HttpRequest, found: Tip) -> list[WatchedLine]:
    """The lines that a tip of a restart may mean: of the firm of that code, or of that name in the
    place."""
    if found.matter != Tip.Matter.RESTART:
        return []
    name = found.firm.strip()
    meant = Q(enterprise_id=found.uscc) if found.uscc else Q(enterprise__name__contains=name)
    place = found.division_code[:4]
    rows = WatchedLine.objects.filter(within(scope_of_request(request)), meant)
    return list(rows.filter(division_code__startswith=place).select_related("line")[:20])


def _meant(request: HttpRequest, found: Tip) -> list[Enterprise]:
    """The firms of the city that a tip may mean: of that code, or whose name has what was told."""
    named = Q(pk=found.uscc) if found.uscc else Q(name__contains=found.firm.strip())
    reach = scope_of_request(request).enterprises()
    city = Enterprise.objects.filter(reach, division_code__startswith=found.division_code[:4])
    return list(city.filter(named).order_by("name", "pk")[:20])


def _inspectors(found: Tip, today: date) -> list[tuple[str, str]]:
    """The inspectors of the duty whose territory has the place."""
    return [(user.username, str(user)) for user in inspectors_for(found, today)]
