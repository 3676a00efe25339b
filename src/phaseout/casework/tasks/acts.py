"""What can be done with a task. One function, one durable transaction, one appended row.

    accept(…)       its holder takes it on
    return_(…)      its holder sends it back with a reason; the office of the case sees to it
    report(…)       its holder says what was done, with files; ends a task that ends by report
    urge(…)         催办 by the office of the case
    transfer(…)     to another office: by the leader of the holder, or by the office of the case
    fulfil(…)       what a task asked for was done by an act of a room above (a list published)

Each takes who acts and on which day. The task is held while it is done: of two who act at once one
comes second and is told what happened. Sent twice under one `key` it happens once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import Count

from phaseout.accounts.models import User
from phaseout.accounts.organisations import office_name
from phaseout.accounts.scope import Scope
from phaseout.casework.acts.transactions import again_after_a_deadlock, hold
from phaseout.casework.cases.refusing import key_used
from phaseout.casework.models import TaskAct, TaskStanding
from phaseout.casework.tasks import refusing
from phaseout.casework.tasks.clocks import last_day
from phaseout.casework.tasks.holding import office_in, offices_with_people, whose
from phaseout.casework.tasks.telling import tell_of_acts, tell_of_an_act
from phaseout.casework.tasks.wording import STATES
from phaseout.evidence.models import EvidenceFile
from phaseout.law.refusals import Bilingual, Refusal

Kind, State = TaskAct.Kind, TaskStanding.State

_FROM: dict[str, tuple[frozenset[str], Bilingual]] = {
    Kind.ACCEPT: (
        frozenset({State.ARISEN}),
        ("只有待接受的任务可以接受", "only one that waits to be accepted can be"),
    ),
    Kind.RETURN: (
        frozenset({State.ARISEN, State.ACCEPTED}),
        ("只有待接受或办理中的任务可以退回", "only one that is new or under way can be returned"),
    ),
    Kind.REPORT: (
        frozenset({State.ACCEPTED}),
        ("接受之后才能报告", "it is accepted first, then reported on"),
    ),
    Kind.URGE: (
        frozenset({State.ARISEN, State.ACCEPTED}),
        ("只有待接受或办理中的任务可以催办", "only one that is new or under way can be urged"),
    ),
    Kind.TRANSFER: (
        frozenset({State.ARISEN, State.ACCEPTED, State.RETURNED}),
        ("已报告的任务不再转办", "one that was reported on is not transferred any more"),
    ),
}


class Acting(NamedTuple):
    """Who acts on a task, for which function of a department, by its name on that day."""

    by: User
    office: str
    name: Bilingual


@again_after_a_deadlock
@transaction.atomic(durable=True)
def accept(task_id: int, *, by: User, scope: Scope, today: date, key: UUID) -> TaskAct:
    """Its holder takes the task on; from now on the days to report run.

    Raises:
        Refusal: `task.of-another`, `task.ended`, `task.not-now`, `key_used_for_another_act`.
    """
    return _do(Kind.ACCEPT, task_id, by, scope, today, key)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def return_(
    task_id: int, *, by: User, scope: Scope, today: date, key: UUID, reason: str
) -> TaskAct:
    """Its holder sends it back. Raises as `accept`; `task.no-reason`."""
    return _do(Kind.RETURN, task_id, by, scope, today, key, reason=reason)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def report(
    task_id: int,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    reason: str,
    files: Collection[str] = (),
) -> TaskAct:
    """Its holder says what was done. Raises as `return_`; `task.file-unknown`."""
    return _do(Kind.REPORT, task_id, by, scope, today, key, reason=reason, files=files)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def urge(task_id: int, *, by: User, scope: Scope, today: date, key: UUID, reason: str) -> TaskAct:
    """催办: the office of the case reminds the holder. Raises as `return_`; `task.urged-today`."""
    return _do(Kind.URGE, task_id, by, scope, today, key, reason=reason)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def transfer(
    task_id: int, *, by: User, scope: Scope, today: date, key: UUID, reason: str, to_office: str
) -> TaskAct:
    """To another office, whose clock begins anew. Raises as `return_`; `task.office-unknown`."""
    return _do(Kind.TRANSFER, task_id, by, scope, today, key, reason=reason, to_office=to_office)


def held_open(cases: Collection[int], tasks: Collection[str]) -> list[TaskStanding]:
    """The open tasks of these names in these cases, held until the transaction ends: for a room
    whose act will `fulfil` them. Held before anything that an act of a case takes later."""
    return list(
        TaskStanding.objects.select_for_update(of=("self",), no_key=True)
        .filter(case_id__in=cases, task__in=tasks, ended_on=None)
        .select_related("case")
        .order_by("pk")
    )


def fulfil(
    done: Sequence[tuple[TaskStanding, str]],
    *,
    by: User,
    office: str,
    name: Bilingual,
    today: date,
    key: UUID,
) -> list[TaskAct]:
    """What tasks asked for was done: each is reported on by who did it, whoever holds it.

    In the transaction of the act of the room above that did it, on tasks of `held_open`; so no
    scope is asked here: who may do that act is that room's matter. A task that an act of its case
    ends stays open for that act.

    Args:
        done: the task and what is said of it.
        office: the function of the department that did it, with its name on that day.
        key: of the act of the room; each report has its own key, made of it.
    """
    places = _places(task for task, _ in done)
    acts = []
    for task, reason in done:
        act = _row(
            Kind.REPORT,
            task,
            places.get(_named(task), 0) + 1,
            Acting(by, office, name),
            today=today,
            reason=reason,
            key=uuid5(NAMESPACE_URL, f"phaseout:fulfil:{key}:{task.pk}"),
        )
        apply(act, task)
        acts.append(act)
    TaskAct.objects.bulk_create(acts)
    tasks = [task for task, _ in done]
    TaskStanding.objects.bulk_update(
        tasks, ["state", "since", "due", "ended_on", "office", "accepted_by"], batch_size=500
    )
    tell_of_acts(list(zip(acts, tasks, strict=True)), today)
    return acts


def _named(task: TaskStanding) -> tuple[int, str, str, int]:
    return (task.case_id, task.task, task.item, task.arisen_by)


def _places(tasks: Iterable[TaskStanding]) -> dict[tuple[int, str, str, int], int]:
    """How many acts there are of each task."""
    named = ("case_id", "task", "item", "arisen_by")
    rows = TaskAct.objects.filter(case_id__in={task.case_id for task in tasks}).order_by()
    return {row[:4]: row[4] for row in rows.values_list(*named).annotate(n=Count("pk"))}


def _do(
    kind: str,
    task_id: int,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    *,
    reason: str = "",
    files: Collection[str] = (),
    to_office: str = "",
) -> TaskAct:
    hold(key)
    task = _held(task_id)
    before = TaskAct.objects.select_related("case").filter(key=key).first()
    if before is not None:
        return _same(before, kind, task, by)
    acts = acts_of(task)
    office = _examine(kind, task, acts, scope, today)
    _said(kind, reason, files, task, to_office, today)
    acting = Acting(by, office, office_name(office, task.division_code, today))
    act = _row(
        kind,
        task,
        len(acts) + 1,
        acting,
        today=today,
        reason=reason.strip(),
        key=key,
        files=sorted(set(files)),
        to_office=to_office,
    )
    act.save(force_insert=True)
    apply(act, task)
    # Told first: once it stands with another office, who sent it there may see the case no more.
    tell_of_an_act(act, task, today)
    task.save()
    return act


def _row(
    kind: str,
    task: TaskStanding,
    place: int,
    acting: Acting,
    *,
    today: date,
    reason: str,
    key: UUID,
    files: Sequence[str] = (),
    to_office: str = "",
) -> TaskAct:
    """The row of an act on the task, not yet written."""
    return TaskAct(
        case_id=task.case_id,
        task=task.task,
        item=task.item,
        arisen_by=task.arisen_by,
        place=place,
        kind=kind,
        done_on=today,
        by=acting.by,
        office=acting.office,
        organisation_zh=acting.name[0],
        organisation_en=acting.name[1],
        to_office=to_office,
        reason=reason,
        files=list(files),
        key=key,
    )


def _held(task_id: int) -> TaskStanding:
    return (
        TaskStanding.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__enterprise")
        .get(pk=task_id)
    )


def acts_of(task: TaskStanding) -> list[TaskAct]:
    """What was done with the task, in order; people with them."""
    return list(
        TaskAct.objects.filter(
            case_id=task.case_id, task=task.task, item=task.item, arisen_by=task.arisen_by
        )
        .select_related("by")
        .order_by("place")
    )


def apply(act: TaskAct, task: TaskStanding) -> None:
    """What an act makes of the standing; nothing is written."""
    if act.kind == Kind.ACCEPT:
        task.state, task.accepted_by_id = State.ACCEPTED, act.by_id
    elif act.kind == Kind.RETURN:
        task.state, task.accepted_by_id = State.RETURNED, None
    elif act.kind == Kind.REPORT:
        task.state = State.REPORTED
        if task.reported:
            task.ended_on = act.done_on
    elif act.kind == Kind.TRANSFER:
        task.office, task.accepted_by_id = act.to_office, None
        task.state = State.ACCEPTED if act.to_office == task.case_office else State.ARISEN
    else:
        return  # urging moves no clock
    task.since = act.done_on
    task.due = last_day(task.task, task.state, task.since)


def refusal_of(
    kind: str, task: TaskStanding, acts: list[TaskAct], scope: Scope, today: date
) -> Refusal | None:
    """Why the person cannot do it now; None if he can. For pages."""
    try:
        _examine(kind, task, acts, scope, today)
    except Refusal as refusal:
        return refusal
    return None


def _same(act: TaskAct, kind: str, task: TaskStanding, by: User) -> TaskAct:
    told = (act.kind, act.by_id, act.case_id, act.task, act.item, act.arisen_by)
    if told != (kind, by.pk, task.case_id, task.task, task.item, task.arisen_by):
        raise key_used()
    return act


def _examine(kind: str, task: TaskStanding, acts: list[TaskAct], scope: Scope, today: date) -> str:
    """The office in which it is done."""
    office = office_in(kind, task, scope)
    if office is None:
        raise refusing.of_another(kind, whose(kind, task, today))
    if task.ended_on is not None:
        raise refusing.ended(kind, task.ended_on)
    states, needs = _FROM[kind]
    if task.state not in states:
        raise refusing.not_now(kind, STATES[task.state], needs, acts[-1] if acts else None)
    if kind == Kind.URGE and any(a.kind == kind and a.done_on == today for a in acts):
        raise refusing.urged_today()
    return office


def _said(
    kind: str, reason: str, files: Collection[str], task: TaskStanding, to: str, today: date
) -> None:
    if kind != Kind.ACCEPT and not 0 < len(reason.strip()) <= refusing.LONGEST_REASON:
        raise refusing.reason_missing(kind)
    if kind == Kind.TRANSFER:
        returned = task.state == State.RETURNED  # may be sent back to where it came from
        if to not in offices_with_people(task.division_code, today) or (
            to == task.office and not returned
        ):
            raise refusing.office_unknown(to)
    kept = set(EvidenceFile.objects.filter(digest__in=files).values_list("digest", flat=True))
    for digest in files:
        if digest not in kept:
            raise refusing.file_unknown(kind, digest)
