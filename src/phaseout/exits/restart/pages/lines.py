"""Watched lines: the list; one with its load, its alarms, its meters."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import office_name, place_words
from phaseout.accounts.requests import officials, scope_of_request, today_of, ways
from phaseout.accounts.rows import whole_reach
from phaseout.casework.left import partly_exited
from phaseout.casework.models import Case
from phaseout.exits.restart import acts
from phaseout.exits.restart.acts.appending import seat
from phaseout.exits.restart.forms import EndMeterForm, MeterForm
from phaseout.exits.restart.models import LineJudgement, Meter, RestartAct, WatchedLine
from phaseout.exits.restart.pages.alarms import rows_of
from phaseout.exits.restart.pages.charting import chart_of
from phaseout.exits.restart.pages.words import ACTS, ANSWERS, IN_PART, KIND_WORDS, STATES
from phaseout.exits.restart.reported import reports_of
from phaseout.exits.restart.seeing import within
from phaseout.facts.export_safety import safe_text
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.pages import keyset
from phaseout.registry.models import ProductionLine

LATEST = LineJudgement.objects.filter(line=OuterRef("pk")).order_by("-id")


@require_safe
@officials
def lines(request: HttpRequest) -> HttpResponse:
    """Every watched line within the scope; narrowed by its state or by what was said of it."""
    found = WatchedLine.objects.filter(within(scope_of_request(request))).annotate(
        answer=Subquery(LATEST.values("answer")[:1]),
        read_to=Subquery(LATEST.values("read_to")[:1]),
        open_alarms=Count(
            "line__restart_alarms",
            filter=Q(line__restart_alarms__answer=None, line__restart_alarms__gone_on=None),
            distinct=True,
        ),
        meters=Count("line__meters", distinct=True),
    )
    state, answer = request.GET.get("state", ""), request.GET.get("answer", "")
    if state in STATES:
        found = found.filter(state=state)
    if answer in ANSWERS:
        found = found.filter(answer=answer)
    page = keyset.page(
        found.select_related("line", "enterprise"),
        ("-since", "line_id"),
        request.GET.get("cursor", ""),
    )
    in_part = _in_part(one.pk for one in page.rows)
    rows = [
        {
            "watched": one,
            "place": place_words(one.division_code),
            "state": _state(one, in_part),
            "answer": ANSWERS.get(one.answer or ""),
        }
        for one in page.rows
    ]
    context = {
        "page": page,
        "rows": rows,
        "state": state,
        "answer": answer,
        "states": STATES.items(),
        "answers": ANSWERS.items(),
    }
    return render(request, "restart/lines.html", context)


def _in_part(line_ids: Iterable[str]) -> set[str]:
    """Of these lines those of which a part has exited and another has not; one query."""
    with whole_reach():  # who watches a line is told how much of it is left
        found = ProductionLine.objects.filter(
            Exists(partly_exited(OuterRef("pk"))), pk__in=list(line_ids)
        )
        return set(found.values_list("pk", flat=True))


def _state(watched: WatchedLine, in_part: Collection[str]) -> Bilingual:
    exited = watched.state == WatchedLine.State.EXITED
    return IN_PART if exited and watched.pk in in_part else STATES[watched.state]


def _found(request: HttpRequest, line_id: str) -> WatchedLine:
    rows = WatchedLine.objects.filter(within(scope_of_request(request)))
    return get_object_or_404(rows.select_related("line", "enterprise"), pk=line_id)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def line(request: HttpRequest, line_id: str) -> HttpResponse:
    """One watched line; its office or the grid company puts its meters on record here."""
    watched = _found(request, line_id)
    ending = request.POST.get("do") == "end"
    data = request.POST or None
    meter_form = MeterForm(None if ending else data, auto_id="id_meter_%s")
    end_form = EndMeterForm(data if ending else None, auto_id="id_end_%s")
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        form = end_form if ending else meter_form
        if form.is_valid():
            try:
                _done(request, watched, dict(form.cleaned_data), ending=ending)
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已记录，读数将重新判断。"))
                return redirect("restart-line", line_id=watched.pk)
    context = {
        **_shown(request, watched),
        "meter_form": meter_form,
        "end_form": end_form,
        "refusal": refusal,
    }
    return render(request, "restart/line.html", context, status=status)


def _done(
    request: HttpRequest, watched: WatchedLine, given: dict[str, Any], *, ending: bool
) -> None:
    who = ways(request, given.pop("key"))
    if ending:
        meter = get_object_or_404(Meter, pk=given.pop("meter"), line_id=watched.pk)
        acts.end_meter(meter.pk, given["held_to"], reason=given["reason"], **who)
    else:
        acts.assign_meter(watched.pk, given.pop("number"), **given, **who)


def _shown(request: HttpRequest, watched: WatchedLine) -> dict[str, Any]:
    today = today_of(request)
    judged = LineJudgement.objects.filter(line_id=watched.pk).order_by("-id").first()
    done = RestartAct.objects.filter(line_id=watched.pk).select_related("by").order_by("-id")[:50]
    alarms = watched.line.restart_alarms.select_related("answer").order_by("-first", "-id")[:50]
    # The grid company watches lines whose cases it need not read.
    case = Case.objects.filter(pk=watched.case_id).first()
    return {
        "watched": watched,
        "case": case,
        "place": place_words(watched.division_code),
        "state": _state(watched, _in_part([watched.pk])),
        "office": office_name(case.office, watched.division_code, today) if case else None,
        "judged": judged,
        "answer": ANSWERS[judged.answer] if judged else None,
        "chart": chart_of(judged) if judged else None,
        "kinds": KIND_WORDS,
        "alarms": rows_of(alarms),
        "meters": Meter.objects.filter(line_id=watched.pk).select_related("end").order_by("pk"),
        "done": [(one, ACTS[one.kind]) for one in done],
        "reports": reports_of(watched.enterprise_id, scope_of_request(request)),
        "may_meter": seat(scope_of_request(request), watched, today, grid=True) is not None,
    }


@require_safe
@officials
def load_csv(request: HttpRequest, line_id: str) -> HttpResponse:
    """The days of the latest judgement as CSV."""
    watched = _found(request, line_id)
    judged = LineJudgement.objects.filter(line_id=watched.pk).order_by("-id").first()
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="load.csv"'
    writer = csv.writer(answer)
    writer.writerow([safe_text(watched.pk), safe_text(watched.line.name)])
    names = ("day", "mean", "peak", "base", "threshold", "hours", "night", "flag")
    writer.writerow(names)
    for day in judged.days if judged else ():
        writer.writerow([day.get(name, "") for name in names])
    return answer
