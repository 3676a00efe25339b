"""Tasks of cases that a list fulfils: put on it by an edition, taken off it by the end of a ground.

The task is the case's; who has it done is the department that publishes. So the task is reported
on by whoever publishes, with the edition named; where a ground has ended, by whoever did the act of
the case that ended it. Where a case ends before anything was published, the daily job says so the
day after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from phaseout.accounts.models import User
from phaseout.casework.models import Act, TaskStanding
from phaseout.casework.tasks.acts import fulfil, held_open
from phaseout.disclosure.lists.models import DraftEntry, Edition, Listing
from phaseout.disclosure.lists.seats import known
from phaseout.law.lists.grounds import cause_words
from phaseout.law.lists.kinds import list_kind
from phaseout.law.lists.tasks import ENTER, LEAVE, ListTask, list_tasks

ANNOUNCED = "address"
"""The item of a closing act that says where the case was announced (公告并结案)."""


def hold_tasks(list_kind: str, entries: Iterable[DraftEntry]) -> list[TaskStanding]:
    """The tasks that an edition with these entries will fulfil, held. Taken before the log: an act
    of a case has its tasks first, too."""
    named = {t.task for t in list_tasks() if t.kind == list_kind and t.done_by == ENTER}
    if not named:
        return []
    return held_open({entry.case_id for entry in entries}, named)


def fulfil_by_edition(
    tasks: Sequence[TaskStanding], edition: Edition, *, by: User, today: date, key: UUID
) -> None:
    """Those who publish report on the tasks, with the edition."""
    zh = edition.title[0]
    said = f"已列入《{zh}》（{edition.document}），{edition.published_on}公布。"
    office = known(edition.list_kind).function
    name = (edition.organisation_zh, edition.organisation_en)
    fulfil([(one, said) for one in tasks], by=by, office=office, name=name, today=today, key=key)


def fulfil_by_end(act: Act) -> None:
    """After an act of a case has taken its firm off a list: the task to do so is done."""
    asked = [t for t in _asked(act.case.procedure) if t.done_by == LEAVE]
    done = []
    for task in held_open([act.case_id], {t.task for t in asked}) if asked else ():
        over = _listed(task, asked).filter(ending__isnull=False).last()
        if over is not None:
            zh, why = list_kind(over.list_kind).words[0], cause_words(over.ending.cause)[0]
            done.append((task, f"已从《{zh}》移出，{over.ending.on}：{why}。"))
    _report(act, done, act.done_on)


def fulfil_what_is_left(today: date) -> int:
    """Tasks of cases that ended before `today`: nobody is to be put on a list or taken off it any
    more. Reported in the name of who closed the case. Returns how many.
    """
    names = {t.task for t in list_tasks()}
    found = TaskStanding.objects.filter(task__in=names, ended_on=None, case__closed_on__lt=today)
    cases = sorted(set(found.values_list("case_id", flat=True)))
    return sum(_fulfil_left(case, names, today) for case in cases)


@transaction.atomic(durable=True)
def _fulfil_left(case_id: int, names: set[str], today: date) -> int:
    last = Act.objects.filter(case_id=case_id).order_by("place").last()
    assert last is not None  # it was opened by one
    done = [
        (task, _left(task, _asked(task.case.procedure), last))
        for task in held_open([case_id], names)
    ]
    _report(last, done, today)
    return len(done)


def _left(task: TaskStanding, asked: Sequence[ListTask], last: Act) -> str:
    """What is said of a task that was left when its case ended by its last act."""
    entering = any(t.task == task.task and t.done_by == ENTER for t in asked)
    listed = _listed(task, asked).select_related("entered_in").last()
    if listed is None and entering and last.facts.get(ANNOUNCED):
        return f"案件已于{task.case.closed_on}公告并结案：{last.facts[ANNOUNCED]}。"
    if listed is None:
        return (
            f"案件已于{task.case.closed_on}了结，此前没有公布过列入的名单，不再列入。"
            if entering
            else "没有列入过已公布的名单，无须移出。"
        )
    edition = listed.entered_in  # published before publication did the tasks
    zh = f"《{edition.title[0]}》（{edition.document}）"
    return f"已列入{zh}，{edition.published_on}公布。" if entering else f"已从{zh}移出。"


def _asked(procedure: str) -> list[ListTask]:
    return [t for t in list_tasks() if t.procedure == procedure]


def _listed(task: TaskStanding, asked: Sequence[ListTask]) -> QuerySet[Listing]:
    """How the case of a task stood on the lists that the task is about."""
    kinds = [t.kind for t in asked if t.task == task.task]
    found = Listing.objects.filter(case_id=task.case_id, list_kind__in=kinds)
    return found.select_related("ending").order_by("pk")


def _report(act: Act, done: Sequence[tuple[TaskStanding, str]], today: date) -> None:
    if done:
        name = (act.organisation_zh, act.organisation_en)
        fulfil(done, by=act.by, office=act.office, name=name, today=today, key=act.key)
