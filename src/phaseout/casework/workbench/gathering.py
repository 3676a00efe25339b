"""What waits for a person: read by the indexes of what is going, a few rows of each kind.

Numbers are counted to a hundred only: whoever has more than that needs no exact number, and the
page costs the same with a million cases.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.casework.cases.signing.waiting import rule_of, to_sign
from phaseout.casework.models import CaseDeadline, Proposal, TaskStanding
from phaseout.casework.tasks.holding import offices_of, tasks_held, tasks_raised
from phaseout.casework.tasks.listing import in_words
from phaseout.casework.watching.mine import deadlines_of
from phaseout.casework.watching.pausing import paused
from phaseout.casework.watching.wording import period_words

SOON = timedelta(days=10)
COUNTED = 100
RETURNED = timedelta(days=60)
ROWS = {"lapsed": 8, "soon": 8, "later": 4}
OTHERS = 5
DUTIES = ("duty", "measure")
State = TaskStanding.State


@dataclass(frozen=True, slots=True)
class Workbench:
    """Rows by section and their numbers (`COUNTED` means that many or more)."""

    deadlines: dict[str, list[CaseDeadline]]
    tasks: list[TaskStanding]
    others: list[TaskStanding]
    proposals: dict[str, list[Proposal]]
    counts: Counter[str]
    works: bool

    @property
    def empty(self) -> bool:
        return not self.counts


def gather(user: User, scope: Scope, today: date) -> Workbench:
    """Everything on the page: five queries, and one more where a period may stand still."""
    deadlines, tasks = _deadlines(scope, today), _tasks(scope, today)
    proposals = _proposals(user, scope, today)
    shown = _grouped({key: rows[: ROWS[key]] for key, rows in deadlines.items()})
    still = paused(one for rows in shown.values() for one in rows)
    for one in (one for rows in shown.values() for one in rows):
        one.words = period_words(one.case, one.period)
        one.paused = one.pk in still
    listed = _grouped({key: tasks[key][:OTHERS] for key in ("tasks", "others")})
    prepared = _grouped({key: rows[:OTHERS] for key, rows in proposals.items()})
    for proposal in (one for rows in prepared.values() for one in rows):
        rule = rule_of(proposal)
        name = (proposal.kind, proposal.kind) if rule is None else rule.name
        proposal.words = name
    return Workbench(
        deadlines=shown,
        tasks=[in_words(one, today) for one in listed.get("tasks", [])],
        others=[in_words(one, today) for one in listed.get("others", [])],
        proposals=prepared,
        counts=_count({**deadlines, **tasks, **proposals}),
        works=bool(offices_of(scope)),
    )


def _deadlines(scope: Scope, today: date) -> dict[str, QuerySet[CaseDeadline]]:
    """Lapsed, within ten days, later. Who works in no office oversees what lies in scope."""
    rows = CaseDeadline.objects.select_related("case__enterprise").order_by("due", "id")
    if offices_of(scope):
        rows = rows.filter(deadlines_of(scope))
    else:
        officials = Scope(tuple(grant for grant in scope.grants if not grant.uscc))
        rows = rows.filter(officials.findings(), going=True, kind__in=DUTIES)
    soon = today + SOON
    return {
        "lapsed": rows.filter(due__lt=today, kind__in=DUTIES),
        "soon": rows.filter(due__gte=today, due__lte=soon),
        "later": rows.filter(due__gt=soon),
    }


def _tasks(scope: Scope, today: date) -> dict[str, QuerySet[TaskStanding]]:
    rows = (
        TaskStanding.objects.filter(ended_on=None)
        .select_related("case__enterprise", "accepted_by")
        .order_by("due", "id")
    )
    held = rows.filter(tasks_held(scope)).exclude(state__in=[State.REPORTED, State.RETURNED])
    back = Q(state=State.RETURNED) & tasks_raised(scope)
    away = tasks_raised(scope) & ~tasks_held(scope)
    return {
        "tasks": held,
        "overdue": held.filter(due__lt=today),
        "others": rows.filter(back | away),
    }


def _proposals(user: User, scope: Scope, today: date) -> dict[str, QuerySet[Proposal]]:
    """What I sign, what came back to me, what I wait for."""
    mine = Proposal.objects.filter(prepared_by=user)
    declined = mine.filter(state=Proposal.State.DECLINED, settled_on__gte=today - RETURNED)
    found = {
        "sign": to_sign(scope, user),
        "returned": declined,
        "waiting": mine.filter(state=Proposal.State.WAITING),
    }
    whole = ("case__enterprise", "prepared_by", "settled_by")
    return {key: rows.select_related(*whole).order_by("id") for key, rows in found.items()}


def _grouped(parts: dict[str, QuerySet[Any]]) -> dict[str, list[Any]]:
    """Several lists of a table, with one query."""
    marked = [rows.annotate(is_of=_constant(key)) for key, rows in parts.items()]
    found: dict[str, list[Any]] = {}
    for row in marked[0].union(*marked[1:], all=True):
        found.setdefault(row.is_of, []).append(row)
    return found


def _count(asked: dict[str, QuerySet[Any]]) -> Counter[str]:
    """How many there are of each, up to a hundred: one query."""
    parts = [
        rows.order_by().annotate(is_of=_constant(key)).values_list("is_of")[:COUNTED]
        for key, rows in asked.items()
    ]
    return Counter(key for (key,) in parts[0].union(*parts[1:], all=True))


def _constant(text: str) -> Value:
    return Value(text, output_field=CharField())
