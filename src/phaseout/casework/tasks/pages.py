"""The pages `tasks` and `task`: see, accept, return, report, urge, transfer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import office_name
from phaseout.accounts.powers import Power
from phaseout.accounts.requests import person, requires, scope_of_request, today_of
from phaseout.casework.cases.listing import cases_within
from phaseout.casework.cases.narrowing import DueFilter
from phaseout.casework.models import TaskAct, TaskStanding
from phaseout.casework.proceeding.staying import stays_behind
from phaseout.casework.tasks import acts
from phaseout.casework.tasks.clocks import certificate, clock_of
from phaseout.casework.tasks.forms import TaskForm
from phaseout.casework.tasks.holding import offices_with_people, tasks_seen
from phaseout.casework.tasks.listing import BY_DAY, FIRST, SEEN, WHICH, in_words
from phaseout.casework.tasks.listing import tasks as tasks_listed
from phaseout.casework.tasks.wording import DONE
from phaseout.evidence.attaching import attach
from phaseout.evidence.models import EvidenceFile
from phaseout.law.refusals import Refusal
from phaseout.pages import keyset

DO: dict[str, Callable[..., TaskAct]] = {
    "accept": acts.accept,
    "return": acts.return_,
    "report": acts.report,
    "urge": acts.urge,
    "transfer": acts.transfer,
}


@require_safe
@requires(Power.READ)
def tasks(request: HttpRequest) -> HttpResponse:
    _officials_only(request)
    scope, today = scope_of_request(request), today_of(request)
    which = request.GET.get("which", FIRST)
    if which not in WHICH:
        raise Http404
    rows = tasks_listed(which, scope, person(request).pk, today)
    form = DueFilter(request.GET, today=today, label_suffix="") if which == SEEN else None
    if form is not None:
        rows = rows.filter(form.condition()) if form.is_valid() else rows.none()
    page = keyset.page(rows, BY_DAY, request.GET.get("cursor", ""))
    for task in page.rows:
        in_words(task, today)
    context = {"page": page, "which": which, "lists": WHICH.items(), "form": form}
    status = 200 if form is None or form.is_valid() else 422
    return render(request, "casework/tasks.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.READ)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """A task; a POST does something with it."""
    _officials_only(request)
    scope = scope_of_request(request)
    found = get_object_or_404(
        TaskStanding.objects.filter(tasks_seen(scope)).select_related(
            "case__enterprise", "case__line", "accepted_by"
        ),
        pk=pk,
    )
    if request.method != "POST":
        return _page(request, found)
    kind = request.POST.get("do", "")
    if kind not in DO:
        raise Http404
    return _do(request, found, kind)


def _do(request: HttpRequest, found: TaskStanding, kind: str) -> HttpResponse:
    today = today_of(request)
    form = TaskForm(
        request.POST,
        request.FILES,
        kind=kind,
        offices=offices_with_people(found.division_code, today),
    )
    if not form.is_valid():
        return _page(request, found, at=kind, form=form, status=422)
    given = {name: value for name, value in form.cleaned_data.items() if name != "files"}
    try:
        if kind == "report":
            given["files"] = [
                attach(one, by=request.user).digest for one in request.FILES.getlist("files")
            ]
        DO[kind](
            found.pk, by=person(request), scope=scope_of_request(request), today=today, **given
        )
    except Refusal as refusal:
        found.refresh_from_db()
        return _page(request, found, at=kind, form=form, refusal=refusal, status=409)
    messages.success(request, _SAID[kind]())
    seen = TaskStanding.objects.filter(tasks_seen(scope_of_request(request)), pk=found.pk)
    # Whoever has sent it away may see it no longer.
    return redirect("task", pk=found.pk) if seen.exists() else redirect("tasks")


_SAID = {
    "accept": lambda: _("已接受任务。"),
    "return": lambda: _("已退回，办案机关将另行安排。"),
    "report": lambda: _("已报告。"),
    "urge": lambda: _("已催办，承担机关已收到通知。"),
    "transfer": lambda: _("已转办，新的承担机关已收到通知。"),
}


def _page(
    request: HttpRequest,
    found: TaskStanding,
    *,
    at: str = "",
    form: TaskForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    done = acts.acts_of(found)
    offices = offices_with_people(found.division_code, today)
    against = {kind: acts.refusal_of(kind, found, done, scope, today) for kind in DO}
    possible = [
        {
            "kind": kind,
            "form": form if kind == at and form is not None else _form(kind, found, offices),
            "refusal": refusal if kind == at else None,
        }
        for kind in DO
        if against[kind] is None or (kind == at and refusal is not None)
    ]
    names = _file_names(done)
    context: dict[str, Any] = {
        "task": in_words(found, today),
        "stayed": [] if found.ended_on else stays_behind(found.case, found.arisen_by, today),
        "clock": clock_of(found.task),
        "counted": certificate(found.task, found.state, found.since),
        "acts": [_shown(act, names, found.division_code) for act in done],
        "possible": possible,
        # Whose it is not, and a task that has ended, need no list of refusals.
        "near": [one for one in against.values() if one is not None and one.code == "task.not-now"],
        "sees_case": cases_within(scope).filter(pk=found.case_id).exists(),
    }
    return render(request, "casework/task.html", context, status=status)


def _shown(act: TaskAct, names: dict[str, str], division_code: str) -> dict[str, Any]:
    """An act with its words, the name of the office it went to, its files by name."""
    return {
        "act": act,
        "words": DONE[act.kind],
        "to": office_name(act.to_office, division_code, act.done_on) if act.to_office else None,
        "files": [(digest, names.get(digest, digest)) for digest in act.files],
    }


def _form(kind: str, found: TaskStanding, offices: Any) -> TaskForm:
    returned = found.state == TaskStanding.State.RETURNED
    others = {o: name for o, name in offices.items() if returned or o != found.office}
    return TaskForm(kind=kind, offices=others)


def _file_names(done: list[TaskAct]) -> dict[str, str]:
    digests = {digest for act in done for digest in act.files}
    if not digests:
        return {}
    rows = EvidenceFile.objects.filter(digest__in=digests).values_list("digest", "name")
    return dict(rows)


def _officials_only(request: HttpRequest) -> None:
    """Tasks are between offices; an enterprise is not told of them."""
    if not scope_of_request(request).has_office:
        raise Http404
