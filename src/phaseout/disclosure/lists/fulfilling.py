"""Tasks of cases that a list fulfils: put on it by an edition, taken off it by the end of a ground.

The task is the case's; who has it done is the department that publishes. So the task is reported
on by whoever publishes, with the edition named; where a ground has ended, by whoever did the act of
the case that ended it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from phaseout.accounts.models import User
from phaseout.casework.models import Act, TaskStanding
from phaseout.casework.tasks.acts import fulfil, held_open
from phaseout.disclosure.lists.models import DraftEntry, Edition, Listing
from phaseout.disclosure.lists.seats import known
from phaseout.law.lists.grounds import cause_words
from phaseout.law.lists.kinds import list_kind
from phaseout.law.lists.tasks import ENTER, LEAVE, ListTask, list_tasks


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
    """After an act of a case that ends a ground, and what stood is off: the task to take the firm
    off the list is done; what was to be put on a list and was not yet need not be any more."""
    procedure = act.case.procedure
    asked = [t for t in list_tasks() if t.procedure == procedure]
    open_ = held_open([act.case_id], {t.task for t in asked})
    done = []
    for task in open_:
        kinds = [t for t in asked if t.task == task.task]
        said = _said(act, kinds, task)
        if said:
            done.append((task, said))
    if done:
        name = (act.organisation_zh, act.organisation_en)
        fulfil(done, by=act.by, office=act.office, name=name, today=act.done_on, key=act.key)


def _said(act: Act, asked: Sequence[ListTask], task: TaskStanding) -> str:
    """What became of the list; empty: nothing that fulfils this task."""
    kinds = [one.kind for one in asked]
    listed = list(
        Listing.objects.filter(case_id=act.case_id, list_kind__in=kinds)
        .select_related("ending", "entered_in")
        .order_by("pk")
    )
    over = [one for one in listed if hasattr(one, "ending")]
    if asked[0].done_by == LEAVE and over:
        last = over[-1]
        return (
            f"已从《{list_kind(last.list_kind).words[0]}》移出，{last.ending.on}："
            f"{cause_words(last.ending.cause)[0]}。"
        )
    if asked[0].done_by == LEAVE and not listed:
        return "没有列入过已公布的名单，无须移出。"
    if asked[0].done_by == ENTER and act.case.closed_on is not None and not listed:
        return f"案件已于{act.case.closed_on}了结，此前没有公布过列入的名单，不再列入。"
    return ""
