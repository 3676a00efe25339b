"""The notices of cases in words: what was told is kept as facts, and said where it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from phaseout.accounts.scope import Scope
from phaseout.casework.models import Case, CaseDeadline, TaskStanding
from phaseout.casework.tasks.holding import tasks_seen
from phaseout.casework.watching.wording import (
    ESCALATION,
    LAPSE,
    REMINDER,
    TASKS,
    notice_words,
    outside_words,
)
from phaseout.notices.models import Notice
from phaseout.notices.saying import Said, number_of, settle, speak

PREFIX = "case:"
ASKS = frozenset({REMINDER, LAPSE, ESCALATION})
"""Kinds of notices about periods that ask for something."""


def says(notices: Sequence[Notice], scope: Scope) -> dict[int, Said]:
    """Primary key → words; cases that this person no longer sees are left out. Two queries."""
    asked = {number_of(one) for one in notices}
    cases = Case.objects.select_related("enterprise").in_bulk(asked)
    places = _task_pages(notices, scope)
    own = bool(scope.grants) and all(grant.uscc for grant in scope.grants)
    found = {}
    for notice in notices:
        case = cases.get(number_of(notice))
        if case is None:
            continue
        task = places.get((case.pk, notice.about, notice.item, notice.place))
        page = reverse("own-case" if own else "case", args=[case.pk])
        found[notice.pk] = Said(
            words=notice_words(notice, case),
            outside=outside_words(notice, case),
            url=reverse("task", args=[task]) if task else page,
            label=case.number,
            whose=case.enterprise.name,
        )
    return found


def _task_pages(notices: Sequence[Notice], scope: Scope) -> Mapping[tuple[Any, ...], int]:
    """Ids of the tasks that the notices speak of and the person may see; one query or none."""
    asked = Q(pk__in=[])
    for one in notices:
        if one.kind in TASKS:
            asked |= Q(
                case=number_of(one), task=one.about, item=one.item, arisen_by=one.place
            )  # fmt: skip
    if asked == Q(pk__in=[]):
        return {}
    seen = TaskStanding.objects.filter(asked).filter(tasks_seen(scope))
    found = seen.values_list("case_id", "task", "item", "arisen_by", "pk")
    return {(case, task, item, by): pk for case, task, item, by, pk in found}


def settled(notices: Sequence[Notice], on: date) -> set[int]:
    """Those whose task has ended or was reported on, or whose period goes on no more. Two queries.
    That a right is over, or a last day moved, asks for nothing and stays."""
    tasks, periods = _tasks_done(notices), _periods_going(notices)
    found = set()
    for one in notices:
        case = number_of(one)
        if one.kind in TASKS and not one.step.startswith(("returned", "reported")):
            if (case, one.about, one.item, one.place) in tasks:
                found.add(one.pk)
        elif one.kind in ASKS and (case, one.about, one.place, one.due) not in periods:
            found.add(one.pk)
    return found


def _tasks_done(notices: Sequence[Notice]) -> set[tuple[Any, ...]]:
    cases = {number_of(one) for one in notices if one.kind in TASKS}
    ended = Q(ended_on__isnull=False) | Q(state=TaskStanding.State.REPORTED)
    rows = TaskStanding.objects.filter(ended, case__in=cases)
    return set(rows.values_list("case_id", "task", "item", "arisen_by"))


def _periods_going(notices: Sequence[Notice]) -> set[tuple[Any, ...]]:
    cases = {number_of(one) for one in notices if one.kind in ASKS}
    rows = CaseDeadline.objects.filter(case__in=cases, going=True)
    return set(rows.values_list("case_id", "period", "opened_by", "due"))


def say_notices() -> None:
    """Called when the site starts."""
    speak(PREFIX, says)
    settle(PREFIX, settled)
