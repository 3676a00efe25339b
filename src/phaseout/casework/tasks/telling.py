"""Who is told of a task: the office it has arisen in, the one it was sent to, both when it is
overdue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from phaseout.accounts.powers import Role
from phaseout.casework.acts.following import follow
from phaseout.casework.models import Act, TaskAct, TaskStanding
from phaseout.casework.tasks.clocks import last_day
from phaseout.casework.tasks.holding import AT_WORK, users_of
from phaseout.notices.models import Notice

SLICE = 2000
ARISEN, OVERDUE, URGED = "arisen", "overdue", "urged"
KINDS = {ARISEN: "task", OVERDUE: "urged"}
"""Step → kind of the notice."""

COUNTED = """
UPDATE casework_taskstanding AS t SET due = c.due
FROM unnest(%s::bigint[], %s::date[]) AS c(id, due) WHERE t.id = c.id AND t.ended_on IS NULL
"""
TELL = """
INSERT INTO notices_notice
  (user_id, subject, kind, about, item, place, due, step, given_on, recorded_at)
SELECT DISTINCT w.user_id, 'case:' || t.case_id, %(kind)s, t.task, t.item, t.arisen_by, t.due,
  %(step)s, %(on)s::date, now()
FROM casework_taskstanding AS t JOIN watchers AS w
  ON w.office = ANY({offices}) AND w.role = ANY(%(roles)s)
    AND t.division_code LIKE w.prefix || '%%'
WHERE t.ended_on IS NULL AND t.state <> 'reported' AND {which}
ON CONFLICT DO NOTHING
"""
ROLES = {
    TaskAct.Kind.RETURN: ("returned", "case"),
    TaskAct.Kind.REPORT: ("reported", "case"),
    TaskAct.Kind.URGE: (URGED, "holder"),
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
            {
                "step": step,
                "kind": KINDS[step],
                "on": on,
                "roles": [Role.OFFICER, Role.LEADER],
                **given,
            },
        )
        return int(cursor.rowcount)


def tell_of_an_act(act: TaskAct, task: TaskStanding, today: date) -> None:
    """Tell the other side of what was done, in the act's own transaction."""
    tell_of_acts([(act, task)], today)


def tell_of_acts(done: Sequence[tuple[TaskAct, TaskStanding]], today: date) -> None:
    """Tell the other side of each act; who works in an office is asked once."""
    people: dict[tuple[str, str], list[int]] = {}
    notices = []
    for act, task in done:
        if act.kind not in ROLES:
            continue
        step, side = ROLES[TaskAct.Kind(act.kind)]
        at = (task.case_office if side == "case" else task.office, task.division_code)
        if at not in people:
            people[at] = users_of(*at, today, AT_WORK)
        kind = "urged" if step == URGED else "task"
        told = [user for user in people[at] if user != act.by_id]
        notices += _notices(task, f"{step}-{act.place}", kind, told, today)
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def _notices(
    task: TaskStanding, step: str, kind: str, users: Iterable[int], today: date
) -> list[Notice]:
    return [
        Notice(
            user_id=user,
            subject=f"case:{task.case_id}",
            kind=kind,
            about=task.task,
            item=task.item,
            place=task.arisen_by,
            due=task.due,
            step=step,
            given_on=today,
        )
        for user in users
    ]


NEW_TASKS = f"""
SELECT FROM casework_taskstanding WHERE case_id = %(case)s AND ended_on IS NULL AND due IS NULL
  AND state <> '{TaskStanding.State.REPORTED}'
"""


def tell_of_new_tasks(act: Act) -> None:
    """Count the clocks of the tasks that an act of the case has raised and tell their offices, in
    the act's own transaction. What cannot be counted yet is told by the sweep once it can."""
    rows = list(
        TaskStanding.objects.filter(case=act.case_id, ended_on=None, due=None).exclude(
            state=TaskStanding.State.REPORTED
        )
    )
    told = []
    for one in rows:
        one.due = last_day(one.task, one.state, one.since)
    counted = [one for one in rows if one.due is not None]
    for one in counted:
        users = users_of(one.office, one.division_code, act.done_on, AT_WORK)
        told += _notices(one, ARISEN, KINDS[ARISEN], users, act.done_on)
    if counted:
        TaskStanding.objects.bulk_update(counted, ["due"])
        Notice.objects.bulk_create(told, ignore_conflicts=True)


def follow_acts() -> None:
    """Called when the site starts."""
    follow(tell_of_new_tasks, where=NEW_TASKS)
