"""联合惩戒: who should be sanctioned, who is, one sanction with all that belongs to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import REGION_CODE, office_name, place_words
from phaseout.accounts.requests import officials, scope_of_request, today_of
from phaseout.accounts.rows import whole_reach
from phaseout.law.refusals import Refusal
from phaseout.law.sanctions.areas import area
from phaseout.law.sanctions.bases import bases_on, carried_areas, edition_on, list_required
from phaseout.law.sanctions.clocks import clock_words
from phaseout.law.sanctions.grounds import SEVERITIES, cause_words, ground_of
from phaseout.law.sanctions.repair import SAFETY, rule_on, terms
from phaseout.measures.sanctions import acts
from phaseout.measures.sanctions.acts.contesting import published_since, repair_rule
from phaseout.measures.sanctions.forms import DecideForm, ImposeForm
from phaseout.measures.sanctions.found import overdue, proposals
from phaseout.measures.sanctions.models import ReleaseNotice, Sanction, SanctionAct
from phaseout.measures.sanctions.pages.entering import done
from phaseout.measures.sanctions.seats import SANCTIONS, leads, names, seats, within
from phaseout.measures.sanctions.standing import notice_due, with_answer
from phaseout.measures.sanctions.wording import answer_words, receiver_words
from phaseout.pages import keyset

WHICH = {"found": _("应列入的企业"), "in_force": _("惩戒中"), "released": _("已解除")}
Kind = SanctionAct.Kind


@require_safe
@officials
def sanctions(request: HttpRequest) -> HttpResponse:
    """Who is overdue and not sanctioned yet; who is sanctioned; who was released."""
    which = request.GET.get("which", "found")
    if which not in WHICH:
        which = "found"
    context: dict[str, Any] = {"which": which, "choices": WHICH, "ours": _ours(request)}
    if which == "found":
        page, rows = _found(request)
    else:
        page, rows = _made(request, which)
    return render(request, "sanctions/sanctions.html", {**context, "page": page, "rows": rows})


def _found(request: HttpRequest) -> tuple[keyset.Page, list[dict[str, Any]]]:
    scope, today = scope_of_request(request), today_of(request)
    # Clause (17) gives its lead the overdue of every dimension; cases are shown by dimension.
    with whole_reach():
        found = (
            overdue(today).filter(within(scope)).select_related("case__enterprise", "case__line")
        )
        page = keyset.page(found, ("due", "id"), request.GET.get("cursor", ""))
    return page, [
        {
            "case": one.case,
            "period": one.period,
            "due": one.due,
            "late": (today - one.due).days if one.due else 0,
            "ground": ground_of(one.case.procedure, one.period),
            "place": place_words(one.case.division_code),
        }
        for one in page.rows
    ]


def _made(request: HttpRequest, which: str) -> tuple[keyset.Page, list[dict[str, Any]]]:
    scope = scope_of_request(request)
    rows = Sanction.objects.filter(within(scope), release__isnull=which == "in_force")
    rows = rows.select_related("enterprise", "release").prefetch_related("release__notices")
    page = keyset.page(rows, ("-begins", "-id"), request.GET.get("cursor", ""))
    open_ = set(
        ReleaseNotice.objects.filter(
            release__sanction__in=[one.pk for one in page.rows], acknowledged=None
        ).values_list("release__sanction_id", flat=True)
    )
    return page, [
        {
            "sanction": one,
            "ground": _ground(one),
            "severity": SEVERITIES[one.severity],
            "cause": cause_words(one.release.cause) if which == "released" else None,
            "open": one.pk in open_,
        }
        for one in page.rows
    ]


def _ground(sanction: Sanction) -> Any:
    return ground_of(sanction.facts["procedure"], sanction.period)


def _ours(request: HttpRequest) -> bool:
    """Whether the person works in the lead of clause (17)."""
    return not seats(scope_of_request(request)).isdisjoint(leads(SANCTIONS))


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def sanction_new(request: HttpRequest, case_id: int, period: str) -> HttpResponse:
    """One ground with its facts; the officer says what is done on it."""
    if not _ours(request):
        raise PermissionDenied("sanctions")
    scope, today = scope_of_request(request), today_of(request)
    with whole_reach():
        reach = within(scope) & Q(case_id=case_id, period=period)
        found = next(proposals(today, reach), None)
    if found is None:
        made = Sanction.objects.filter(within(scope), case_id=case_id, period=period).first()
        if made is None:
            raise Http404
        return redirect("sanction", pk=made.pk)
    form = ImposeForm(
        request.POST or None,
        codes=carried_areas(today),
        bases=bases_on(today),
        initial={"severity": found.ground.severity},
    )
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            refusal, status = done(request, acts.impose, case_id, period, **form.cleaned_data), 409
            if refusal is None:
                made = Sanction.objects.get(
                    case_id=case_id, period=period, opened_by=found.opened_by
                )
                return redirect("sanction", pk=made.pk)
    rule = rule_on(today, found.ground.severity, SAFETY if found.dimension == "safety" else "")
    context = {
        "one": found,
        "late": (today - found.due).days,
        "place": place_words(found.division_code),
        "form": form,
        "refusal": refusal,
        "bases": bases_on(today),
        "edition": edition_on(today),
        "list_required": list_required(today),
        "rule": rule,
        "terms": terms(rule, today) if rule else None,
        "carried": [(area(code), names(offices, today)) for code, offices in found.offer.areas],
        "clock": clock_words("answer_task"),
    }
    return render(request, "sanctions/sanction_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def sanction(request: HttpRequest, pk: int) -> HttpResponse:
    """One sanction: ground, areas and answers, records, publication, objections, release."""
    scope, today = scope_of_request(request), today_of(request)
    one = get_object_or_404(
        Sanction.objects.filter(within(scope)).select_related(
            "enterprise", "line", "act__by", "release__ended_by", "release__act"
        ),
        pk=pk,
    )
    refusal, form, asked, status = None, None, None, 200
    if request.method == "POST":
        asked, form, refusal, status = _answered(request, one)
        if status == 302:
            return redirect("sanction", pk=pk)
    questions = [
        {
            "act": act,
            "answer": getattr(act, "answered", None),
            "form": (form if asked == act.pk else _decide_form(act))
            if _ours(request) and not hasattr(act, "answered")
            else None,
        }
        for act in SanctionAct.objects.filter(sanction=one, kind__in=[Kind.OBJECT, Kind.ASK_REPAIR])
        .select_related("answered__by", "by")
        .order_by("pk")
    ]
    release = getattr(one, "release", None)
    context = {
        "one": one,
        "ground": _ground(one),
        "severity": SEVERITIES[one.severity],
        "place": place_words(one.division_code),
        "bases": [basis for basis in bases_on(one.begins) if basis.basis in one.bases],
        "tasks": _tasks(one, today),
        "records": _records(one),
        "ours": _ours(request),
        "questions": questions,
        "release": release,
        "cause": cause_words(release.cause) if release else None,
        "notices": _notices(release, today) if release else [],
        "listings": _listings(one),
        "repair": _repair(one, today),
        "refusal": refusal,
    }
    return render(request, "sanctions/sanction.html", context, status=status)


def _decide_form(act: SanctionAct, data: Any = None) -> DecideForm:
    return DecideForm(data, repair=act.kind == Kind.ASK_REPAIR, auto_id=f"id_{act.pk}_%s")


def _answered(
    request: HttpRequest, one: Sanction
) -> tuple[int | None, DecideForm | None, Refusal | None, int]:
    """The answer to an objection or a request, as it was sent: which, its form, refusal, status."""
    if not _ours(request):
        raise PermissionDenied("sanctions")
    asked = request.POST.get("asked", "")
    found = SanctionAct.objects.filter(
        sanction=one,
        kind__in=[Kind.OBJECT, Kind.ASK_REPAIR],
        pk=int(asked) if asked.isascii() and asked.isdigit() else 0,
    ).first()
    if found is None:
        raise Http404
    form = _decide_form(found, request.POST)
    if not form.is_valid():
        return found.pk, form, None, 422
    given = form.cleaned_data
    yes, told = given["decision"] == "yes", {"key": given["key"], "reason": given["reason"]}
    if found.kind == Kind.OBJECT:
        refusal = done(request, acts.answer_objection, found.pk, upheld=yes, **told)
    else:
        refusal = done(
            request, acts.answer_repair, found.pk, granted=yes, other_met=given["other_met"], **told
        )
    return found.pk, form, refusal, 302 if refusal is None else 409


def _tasks(one: Sanction, today: date) -> list[dict[str, Any]]:
    rows = with_answer(one.tasks.all()).prefetch_related("answers__by").order_by("pk")
    return [
        {
            "task": task,
            "area": area(task.area),
            "office": office_name(task.office, REGION_CODE, today),
            "answer": answer_words(task),
            "late": not task.settled and task.due is not None and task.due < today,  # type: ignore[attr-defined]
        }
        for task in rows
    ]


def _listings(one: Sanction) -> list[Any]:
    """Its credit listings, each with `withdrawals`: the act that took it off, where it was."""
    off = SanctionAct.objects.filter(kind=Kind.WITHDRAW)
    return list(
        one.listings.prefetch_related(Prefetch("acts", off, to_attr="withdrawals")).order_by("pk")
    )


def _records(one: Sanction) -> list[Any]:
    return list(one.records.prefetch_related("sendings__outcome", "sendings__batch").order_by("pk"))


def _notices(release: Any, today: date) -> list[dict[str, Any]]:
    rows = release.notices.select_related("acknowledged__by", "release").order_by("pk")
    return [
        {
            "notice": notice,
            "receiver": receiver_words(notice.receiver, today),
            "acknowledged": getattr(notice, "acknowledged", None),
            "due": notice_due(notice),
        }
        for notice in rows
    ]


def _repair(one: Sanction, today: date) -> dict[str, Any] | None:
    record, rule = published_since(one), repair_rule(one, today)
    if record is None or rule is None:
        return None
    return {"rule": rule, "terms": terms(rule, record.decided_on)}
