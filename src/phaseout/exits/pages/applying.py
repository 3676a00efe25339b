"""自愿退出的申请路径: its steps with their days, and what the person may do in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.powers import Role
from phaseout.accounts.requests import officials, scope_of_request, today_of, ways
from phaseout.exits import acts
from phaseout.exits.acts.applying import LEVELS, STEPS, Reviewed, Task, reviewing, reviews
from phaseout.exits.applying import path_of
from phaseout.exits.forms import ReviewForm, TaskForm
from phaseout.exits.pages.entering import exit_case
from phaseout.exits.standing import ExitStanding, standing_of
from phaseout.exits.subjects import seat_in
from phaseout.law.dismantling import steps_of_year
from phaseout.law.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def application(request: HttpRequest, pk: int) -> HttpResponse:
    exit_ = standing_of(exit_case(request, pk))
    review = ReviewForm(request.POST if "opinion" in request.POST else None)
    task = TaskForm(
        request.POST if "notice" in request.POST else None, initial=_days(exit_, today_of(request))
    )
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        try:
            if _done(request, pk, review, task):
                messages.success(request, _("已办理。"))
                return redirect("exit-application", pk=pk)
        except Refusal as refused:
            refusal, status = refused, 409
    context = {
        "exit": exit_,
        "case": exit_.case,
        "steps": path_of(exit_),
        "review": review if _may_review(request, exit_) else None,
        "level": _level(exit_),
        "level_words": LEVELS[_level(exit_)],
        "task": task if _may_set(request, exit_) else None,
        "known": bool(_days(exit_, today_of(request))),
        "refusal": refusal,
    }
    return render(request, "exits/application.html", context, status=status)


def _done(request: HttpRequest, pk: int, review: ReviewForm, task: TaskForm) -> bool:
    if review.is_bound and review.is_valid():
        given = review.cleaned_data
        reviewed = Reviewed(
            given["level"], given["opinion"], given["reason"], given["on_paper"]
        )  # fmt: skip
        acts.review(pk, reviewed, **ways(request, given["key"]))
        return True
    if task.is_bound and task.is_valid():
        given = task.cleaned_data
        days = {step: given[step] for step in STEPS}
        acts.set_task(pk, Task(given["notice"], days), **ways(request, given["key"]))
        return True
    return False


def _level(exit_: ExitStanding) -> str:
    """Whose review is next."""
    return "city" if any(act.item == "county" for act in reviews(exit_)) else "county"


def _may_review(request: HttpRequest, exit_: ExitStanding) -> bool:
    seat = reviewing(exit_.case, scope_of_request(request), today_of(request))
    waits = exit_.case.stage == "applied" and len(reviews(exit_)) < len(LEVELS)
    return seat is not None and waits


def _may_set(request: HttpRequest, exit_: ExitStanding) -> bool:
    seat = seat_in(exit_.case, scope_of_request(request), today_of(request), Role.OFFICER)
    agreed = {act.item for act in reviews(exit_) if act.content["opinion"] == "agree"}
    return seat is not None and set(LEVELS) <= agreed


def _days(exit_: ExitStanding, today: date) -> dict[str, Any]:
    """The days of the year's task notice, where one is on record."""
    known = steps_of_year(today.year, exit_.case.line.industry)
    return {step: row.by for step, row in known.items()}
