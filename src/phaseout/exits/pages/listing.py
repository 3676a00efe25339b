"""The list of exits, and that of lines closed and not dismantled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from phaseout.accounts.organisations import place_words
from phaseout.accounts.requests import officials, scope_of_request, today_of
from phaseout.casework.cases.listing import NEWEST_FIRST, cases_within
from phaseout.casework.models import Case
from phaseout.exits.acts.planning import last_days
from phaseout.exits.acts.putting_off import day_set
from phaseout.exits.models import ExitAct
from phaseout.exits.standing import ExitStanding, standings_of
from phaseout.exits.subjects import exits
from phaseout.exits.waiting import due
from phaseout.law.dismantling import FORMS, REASONS, EquipmentState
from phaseout.pages import keyset

WHICH = {
    "open": _("正在退出"),
    "applied": _("自愿退出申请"),
    "unplanned": _("尚无方案"),
    "visits": _("封存后待回访"),
    "to_accept": _("已拆除待验收"),
    "accepted": _("已验收"),
    "all": _("全部"),
}


def narrowed(cases: QuerySet[Case], which: str, today: Any) -> QuerySet[Case]:
    if which == "visits":
        return due(cases, today)
    planned = ExitAct.objects.filter(case=OuterRef("pk"), kind=ExitAct.Kind.PLAN)
    conditions = {
        "open": Q(closed_on=None) & ~Q(stage__in=["accepted", "published", "exited"]),
        "applied": Q(stage="applied"),
        "unplanned": ~Exists(planned) & Q(stage__in=["opened", "to_remove", "stopped"]),
        "to_accept": Q(stage="dismantled"),
        "accepted": Q(stage__in=["accepted", "published", "exited", "closed_exited"]),
        "all": Q(),
    }
    return cases.filter(conditions[which])


@require_safe
@officials
def listing(request: HttpRequest) -> HttpResponse:
    which, today = request.GET.get("which", "open"), today_of(request)
    if which not in WHICH:
        raise Http404
    cases = cases_within(scope_of_request(request)).filter(exits())
    page = keyset.page(narrowed(cases, which, today), NEWEST_FIRST, request.GET.get("cursor", ""))
    context = {
        "page": page,
        "rows": rows_of(page.rows),
        "which": which,
        "lists": WHICH.items(),
    }
    return render(request, "exits/exits.html", context)


def rows_of(cases: Sequence[Case]) -> list[dict[str, Any]]:
    days = last_days([case.pk for case in cases])
    return [row_of(one, days.get(one.case.pk)) for one in standings_of(cases)]


def row_of(exit_: ExitStanding, day: date | None = None) -> dict[str, Any]:
    plan = exit_.plan
    form = FORMS[plan["form"]] if plan else None
    return {
        "case": exit_.case,
        "state": exit_.state.words,
        "form": (form.zh, form.en) if form else None,
        "done": exit_.done_items,
        "asked": len(exit_.items),
        "due": day if exit_.case.closed_on is None else None,
        "visit_due": exit_.visit_due,
        "place": place_words(exit_.case.division_code),
    }


@require_safe
@officials
def put_off_list(request: HttpRequest) -> HttpResponse:
    """关停未拆除: each line with its reason and the day set; for officials, the public edition is
    another."""
    entered = ExitAct.objects.filter(case=OuterRef("pk"), kind=ExitAct.Kind.PUT_OFF)
    cases = cases_within(scope_of_request(request)).filter(exits(), Exists(entered))
    page = keyset.page(cases, NEWEST_FIRST, request.GET.get("cursor", ""))
    rows = []
    for exit_ in standings_of(page.rows):
        act = exit_.put_off
        if act is None or exit_.state is not EquipmentState.CLOSED_NOT_DISMANTLED:
            continue
        reason = REASONS[act.content["reason"]]
        day = day_set(exit_)
        rows.append(
            {
                **row_of(exit_),
                "reason": (reason.zh, reason.en),
                "note": act.content["note"],
                "entered": act.done_on,
                "dismantle_by": day.isoformat() if day else act.content["dismantle_by"],
            }
        )
    return render(request, "exits/put_off_list.html", {"page": page, "rows": rows})
