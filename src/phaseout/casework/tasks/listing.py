"""The list of tasks: which ones, in which order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.organisations import office_name
from phaseout.accounts.scope import Scope
from phaseout.casework.models import TaskStanding
from phaseout.casework.tasks.holding import tasks_held, tasks_raised, tasks_seen
from phaseout.casework.tasks.wording import STATES, task_words

State = TaskStanding.State
BY_DAY = ("due", "id")
WHICH: Mapping[str, str | Promise] = {
    "open": _("本机关未了任务"),
    "mine": _("我接受的"),
    "overdue": _("已逾期"),
    "returned": _("被退回，待转办"),
    "others": _("等其他机关办理"),
    "ended": _("已了结"),
    "seen": _("权限内各机关的"),
}
FIRST, SEEN = "open", "seen"


def tasks(which: str, scope: Scope, user_id: int, today: date) -> QuerySet[TaskStanding]:
    """The tasks of a list, with what a row needs. Who works in no office sees those in scope."""
    rows = TaskStanding.objects.select_related("case__enterprise", "accepted_by")
    held = tasks_held(scope) if _works(scope) else tasks_seen(scope)
    waiting = Q(ended_on=None) & ~Q(state=State.REPORTED)
    if which == "mine":
        return rows.filter(held, waiting, accepted_by=user_id)
    if which == "overdue":
        return rows.filter(held, waiting, due__lt=today)
    if which == "returned":
        return rows.filter(tasks_raised(scope), ended_on=None, state=State.RETURNED)
    if which == "others":
        return rows.filter(tasks_raised(scope) & ~tasks_held(scope), ended_on=None)
    if which == "seen":  # those that have a last day, of whatever office
        return rows.filter(tasks_seen(scope), waiting, due__isnull=False)
    if which == "ended":
        return rows.filter(held).exclude(waiting)
    return rows.filter(held, waiting)


def in_words(task: TaskStanding, today: date) -> TaskStanding:
    """The task with its words: `words`, `state_words`, `office_words`, `overdue`."""
    task.words = task_words(task.task, task.item)  # type: ignore[attr-defined]
    task.state_words = STATES[task.state]  # type: ignore[attr-defined]
    task.office_words = office_name(task.office, task.division_code, today)  # type: ignore[attr-defined]
    task.raised_by = office_name(task.case_office, task.division_code, today)  # type: ignore[attr-defined]
    return task


def of_case(case_id: int, today: date) -> list[TaskStanding]:
    """The tasks of a case with their words, for its page; one query."""
    rows = TaskStanding.objects.filter(case_id=case_id).select_related("accepted_by")
    return [in_words(task, today) for task in rows.order_by("ended_on", "arisen_by", "id")]


def _works(scope: Scope) -> bool:
    return tasks_held(scope) != Q(pk__in=[])
