"""Meetings: the list, a new one, one with its minutes and what became of each point."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.powers import Role
from phaseout.accounts.requests import officials, scope_of_request, today_of, ways
from phaseout.coordination.mechanism import acts
from phaseout.coordination.mechanism.forms import (
    CallOffForm,
    CheckForm,
    MeetingForm,
    MinutesForm,
    MoveForm,
    ReportForm,
)
from phaseout.coordination.mechanism.models import Meeting, Minutes, Point
from phaseout.coordination.mechanism.papers import minutes_pdf
from phaseout.coordination.mechanism.standing import STATES, State, issued, meetings_seen, points
from phaseout.coordination.offices import name_of, seat_in
from phaseout.law.refusals import Refusal
from phaseout.pages import keyset
from phaseout.pages.forms import ActForm

NEWEST_FIRST = ("-day", "-id")
DOES: dict[str, Any] = {
    "issue": ActForm,
    "report": ReportForm,
    "check": CheckForm,
    "move": MoveForm,
    "call-off": CallOffForm,
}


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    seen = Meeting.objects.filter(meetings_seen(scope_of_request(request)))
    return get_object_or_404(seen.select_related("act__by"), pk=pk)


@require_safe
@officials
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings one may see, newest first, each with how its points stand."""
    scope, today = scope_of_request(request), today_of(request)
    seen = Meeting.objects.filter(meetings_seen(scope))
    page = keyset.page(
        seen, NEWEST_FIRST, request.GET.get("cursor", ""),
        shown=Meeting.objects.select_related("issue").prefetch_related("changes__act"),
    )  # fmt: skip
    counted = {
        row["minutes__meeting"]: row
        for row in points(today)
        .filter(minutes__meeting__in=[one.pk for one in page.rows])
        .order_by()
        .values("minutes__meeting")
        .annotate(
            all=Count("pk"),
            done=Count("pk", filter=Q(state=State.DONE)),
            late=Count("pk", filter=Q(state=State.LATE)),
        )
    }
    written = set(
        Minutes.objects.filter(meeting__in=[one.pk for one in page.rows]).values_list(
            "meeting", flat=True
        )
    )
    context = {
        "page": page,
        "rows": [
            {
                "one": one,
                "office": name_of(one.office, today),
                "points": counted.get(one.pk),
                "written": one.pk in written,
                "off": one.called_off,
            }
            for one in page.rows
        ],
        "may": seat_in(scope, acts.leaders(), Role.OFFICER, Role.LEADER) is not None,
    }
    return render(request, "mechanism/meetings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def meeting_new(request: HttpRequest) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    if seat_in(scope, acts.leaders(), Role.OFFICER, Role.LEADER) is None:
        raise PermissionDenied("mechanism")
    form = MeetingForm(request.POST or None, today=today)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                made = acts.call_meeting(
                    given["on"], given["place"], given["topic"], given["invited"],
                    **ways(request, given["key"]),
                )  # fmt: skip
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已召集会议，参加单位可以看到。"))
                return redirect("meeting", pk=made.pk)
    context = {"form": form, "refusal": refusal}
    return render(request, "mechanism/meeting_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def minutes_new(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes, or a further version of them; once they are issued, or the meeting is called
    off, that this is so. What was typed meanwhile is still shown."""
    found, today = _meeting(request, pk), today_of(request)
    if not _ours(request, found, Role.OFFICER, Role.LEADER):
        raise PermissionDenied("mechanism")
    last = found.minutes.order_by("-version").first()
    form = MinutesForm(request.POST or None, today=today, meeting=found, last=last)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                acts.record_minutes(
                    found.pk, form.held(), **ways(request, form.cleaned_data["key"])
                )
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已提交纪要，待负责人印发。"))
                return redirect("meeting", pk=found.pk)
    issue, off = issued(found), found.called_off
    context = {
        "meeting": found,
        "issue": issue,
        "off": off,
        "form": form if form.is_bound or not (issue or off) else None,
        "may": not (issue or off),
        "refusal": refusal,
    }
    return render(request, "mechanism/minutes_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting: it is moved and called off, minutes are issued, points reported and checked
    here."""
    found = _meeting(request, pk)
    if request.method != "POST":
        return _page(request, found)
    do, about = request.POST.get("do", ""), request.POST.get("point", "")
    if do not in DOES:
        raise PermissionDenied("do")
    form = DOES[do](request.POST, auto_id=_ids(do, about))
    if not form.is_valid():
        return _page(request, found, wrong=(do, about, form), status=422)
    try:
        _done(request, found, do, about, form)
    except Refusal as refusal:
        return _page(request, found, (do, about, form), refusal, 409)
    told = {
        "issue": _("已印发纪要。"),
        "report": _("已反馈。"),
        "check": _("已核实。"),
        "move": _("已改期，参加单位已得到通知。"),
        "call-off": _("已取消会议，参加单位已得到通知。"),
    }
    messages.success(request, told[do])
    return redirect("meeting", pk=found.pk)


def _done(request: HttpRequest, found: Meeting, do: str, about: str, form: Any) -> None:
    given = form.cleaned_data
    who = ways(request, given["key"])
    if do == "issue":
        acts.issue_minutes(found.pk, digest=request.POST.get("digest", ""), **who)
        return
    if do == "move":
        acts.change_meeting(found.pk, given["on"], given["place"], given["reason"], **who)
        return
    if do == "call-off":
        acts.call_off_meeting(found.pk, given["reason"], **who)
        return
    if not (about.isascii() and about.isdigit() and len(about) < 10):
        raise Http404
    point = get_object_or_404(Point.objects.filter(minutes__meeting=found), pk=int(about))
    if do == "report":
        acts.report_point(point.pk, given["text"], done=given["done"], **who)
        return
    last = point.reports.order_by("-pk").first()
    if last is None:
        raise Http404
    acts.check_report(last.pk, accepted=given["accepted"] == "yes", reason=given["reason"], **who)


def _ours(request: HttpRequest, found: Meeting, *roles: Role) -> bool:
    return seat_in(scope_of_request(request), [found.office], *roles) is not None


def _page(
    request: HttpRequest,
    found: Meeting,
    wrong: tuple[str, str, Any] | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    today = today_of(request)
    issue = issued(found)
    shown = issue.minutes if issue else found.minutes.order_by("-version").first()
    off, ours = found.called_off, _ours(request, found, Role.OFFICER, Role.LEADER)
    context = {
        "meeting": found,
        "office": name_of(found.office, today),
        "invited": [name_of(one, today) for one in found.invited],
        "issue": issue,
        "minutes": shown,
        "present": [name_of(one, today) for one in shown.present] if shown else [],
        "points": _points(request, found, shown, wrong) if shown else [],
        "off": off,
        "changes": _changes(found, wrong) if ours and not (shown or off) else {},
        "may_write": issue is None and off is None and ours,
        "may_issue": issue is None and shown and _ours(request, found, Role.LEADER),
        "form": ActForm(),
        "acts": [found.act, *found.acts.select_related("by").order_by("pk")],
        "refusal": refusal,
    }
    return render(request, "mechanism/meeting.html", context, status=status)


def _changes(found: Meeting, wrong: tuple[str, str, Any] | None) -> dict[str, Any]:
    """The forms of what becomes of a meeting that was not held."""
    as_it_is = {"on": found.day, "place": found.venue}
    forms: dict[str, Any] = {
        "move": MoveForm(auto_id=_ids("move", ""), initial=as_it_is),
        "call_off": CallOffForm(auto_id=_ids("call-off", "")),
    }
    if wrong is not None and (name := wrong[0].replace("-", "_")) in forms:
        forms[name] = wrong[2]
    return forms


def _points(
    request: HttpRequest, found: Meeting, shown: Minutes, wrong: tuple[str, str, Any] | None
) -> list[dict[str, Any]]:
    scope, today = scope_of_request(request), today_of(request)
    states = dict(points(today).filter(minutes=shown).values_list("pk", "state"))
    calls = _ours(request, found, Role.OFFICER, Role.LEADER)
    listed = []
    for one in shown.points.prefetch_related("reports__act__by", "reports__checked__act__by"):
        state = states.get(one.pk)
        mine = seat_in(scope, [one.office], Role.OFFICER, Role.LEADER) is not None
        kinds = {
            "report": mine and state in (State.OPEN, State.LATE),
            "check": calls and state == State.REPORTED,
        }
        forms = {do: _form(do, one, wrong) if may else None for do, may in kinds.items()}
        listed.append(
            {
                "one": one,
                "office": name_of(one.office, today),
                "state": STATES[State(state)] if state else None,
                "late": state == State.LATE,
                "done": state == State.DONE,
                "reports": sorted(one.reports.all(), key=lambda report: report.pk),
                **forms,
            }
        )
    return listed


def _form(do: str, point: Point, wrong: tuple[str, str, Any] | None) -> Any:
    if wrong is not None and wrong[:2] == (do, str(point.pk)):
        return wrong[2]
    kind = ReportForm if do == "report" else CheckForm
    return kind(auto_id=_ids(do, str(point.pk)))


def _ids(do: str, about: str) -> str:
    """Ids of fields that are there once on a page of several forms."""
    return f"id_{do}_{about}_%s"


@require_safe
@officials
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as an official document; until they are issued a draft."""
    found = _meeting(request, pk)
    shown = found.minutes.select_related("meeting", "act").order_by("-version").first()
    if shown is None:
        raise Http404
    answer = HttpResponse(minutes_pdf(shown), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="minutes-{found.year}-{found.number}.pdf"'
    return answer
