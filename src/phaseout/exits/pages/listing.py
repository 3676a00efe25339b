"""The list of exits, and that of lines closed and not dismantled."""

from __future__ import annotations

import re
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
from phaseout.casework.left import decided_of, decided_rests, rest_said
from phaseout.casework.models import Case
from phaseout.exits.acts.planning import last_days
from phaseout.exits.acts.putting_off import day_set
from phaseout.exits.models import ExitAct
from phaseout.exits.standing import ExitStanding, standings_of
from phaseout.exits.subjects import exits
from phaseout.exits.waiting import due
from phaseout.law.dismantling import FORMS, REASONS, EquipmentState
from phaseout.law.industries import INDUSTRIES
from phaseout.pages import keyset

WHICH = {
    "open": _("正在退出"),
    "applied": _("自愿退出申请"),
    "unplanned": _("尚无方案"),
    "visits": _("封存后待回访"),
    "to_accept": _("已拆除待验收"),
    "accepted": _("已验收"),
    "rest": _("部分退出、余下须退出"),
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
    cases, cursor = cases_within(scope_of_request(request)), request.GET.get("cursor", "")
    city = request.GET.get("city", "")
    if re.fullmatch(r"\d{2,6}", city):
        cases = cases.filter(division_code__startswith=city)
    if which == "rest":
        page = keyset.page(_rests(cases, request, today), NEWEST_FIRST, cursor)
        rows = rests_of(page.rows)
    else:
        page = keyset.page(narrowed(cases.filter(exits()), which, today), NEWEST_FIRST, cursor)
        rows = rows_of(page.rows)
    context = {
        "page": page,
        "rows": rows,
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


def _rests(cases: QuerySet[Case], request: HttpRequest, today: date) -> QuerySet[Case]:
    """Decisions carried out in part, of an industry and by whether their day is past, if asked."""
    found, industry = decided_rests(cases), request.GET.get("industry", "")
    if industry in INDUSTRIES:
        found = found.filter(line__industry=industry)
    late = Q(exit_by__lt=today)
    asked = {"yes": late, "no": ~late | Q(exit_by=None)}.get(request.GET.get("late", ""), Q())
    return found.filter(asked)


def rests_of(cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Decisions carried out in part: what has exited, what is left, the day, the exit that is open
    for the rest."""
    decided = decided_of([case.line_id for case in cases])
    rows = []
    for case in cases:
        parts, mine = rest_said(case.line_id), decided.get(case.line_id)
        if parts is None:  # the last of it has just exited
            continue
        rows.append(
            {
                "case": case,
                "gone": parts[0],
                "left": parts[1],
                "due": case.exit_by,  # type: ignore[attr-defined]
                "exit": mine.exit if mine is not None else None,
                "place": place_words(case.division_code),
            }
        )
    return rows


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
