"""Who is told of a task: the office it has arisen in, the one it was sent to, both when it is
overdue."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from phaseout.accounts.powers import Role
from phaseout.casework.models import Notice, TaskAct, TaskStanding
from phaseout.casework.tasks.clocks import last_day
from phaseout.casework.tasks.holding import AT_WORK, users_of

SLICE = 2000
ARISEN, OVERDUE = "arisen", "overdue"

COUNTED = """
UPDATE casework_taskstanding AS t SET due = c.due
FROM unnest(%s::bigint[], %s::date[]) AS c(id, due) WHERE t.id = c.id AND t.ended_on IS NULL
"""
TELL = """
INSERT INTO casework_notice
  (user_id, case_id, kind, about, item, place, due, step, given_on, recorded_at)
SELECT DISTINCT w.user_id, t.case_id, 'task', t.task, t.item, t.arisen_by, t.due, %(step)s,
  %(on)s::date, now()
FROM casework_taskstanding AS t JOIN watchers AS w
  ON w.office = ANY({offices}) AND w.role = ANY(%(roles)s)
    AND t.division_code LIKE w.prefix || '%%'
WHERE t.ended_on IS NULL AND t.state <> 'reported' AND {which}
ON CONFLICT DO NOTHING
"""
ROLES = {
    TaskAct.Kind.RETURN: ("returned", "case"),
    TaskAct.Kind.REPORT: ("reported", "case"),
    TaskAct.Kind.URGE: ("urged", "holder"),
    TaskAct.Kind.TRANSFER: ("transferred", "holder"),
}
"""Act → the step it is told as, and which office is told."""


def sweep_tasks(last: date | None, on: date) -> int:
    """Count the clocks of tasks that have arisen, tell their offices; tell of those whose last day
    passed since the last sweep. Inside the sweep, with `watchers` laid. Returns the notices."""
    notices = 0
    while ids := _count_some():
        notices += _tell(ARISEN, on, "t.id = ANY(%(ids)s)", "ARRAY[t.office]", ids=ids)
    if last is None or last < on:
        notices += _tell(
            OVERDUE,
            on,
            "t.due >= %(after)s AND t.due < %(on)s",
            "ARRAY[t.office, t.case_office]",
            after=last or date.min,
        )
    return notices


def _count_some() -> list[int]:
    """The next tasks whose clock was not counted yet and can be."""
    rows = TaskStanding.objects.filter(ended_on=None, due=None).exclude(
        state=TaskStanding.State.REPORTED
    )
    found = []
    for one in rows.order_by("pk").iterator(chunk_size=SLICE):
        due = last_day(one.task, one.state, one.since)
        if due is not None:
            found.append((one.pk, due))
        if len(found) == SLICE:
            break
    if found:
        with connection.cursor() as cursor:
            cursor.execute(COUNTED, [list(column) for column in zip(*found, strict=True)])
    return [pk for pk, _ in found]


def _tell(step: str, on: date, which: str, offices: str, **given: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            TELL.format(which=which, offices=offices),
            {"step": step, "on": on, "roles": [Role.OFFICER, Role.LEADER], **given},
        )
        return int(cursor.rowcount)


def tell_of_an_act(act: TaskAct, task: TaskStanding, today: date) -> None:
    """Tell the other side of what was done, in the act's own transaction."""
    if act.kind not in ROLES:
        return
    step, side = ROLES[TaskAct.Kind(act.kind)]
    office = task.case_office if side == "case" else task.office
    Notice.objects.bulk_create(
        [
            Notice(
                user_id=user,
                case_id=task.case_id,
                kind=Notice.Kind.TASK,
                about=task.task,
                item=task.item,
                place=task.arisen_by,
                due=task.due,
                step=f"{step}-{act.place}",
                given_on=today,
            )
            for user in users_of(office, task.division_code, today, AT_WORK)
            if user != act.by_id
        ],
        ignore_conflicts=True,
    )
