"""Tasks in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from phaseout.casework.models import TaskStanding
from phaseout.law.procedures import PROCEDURES, procedure, versions
from phaseout.law.procedures.records import TaskRule
from phaseout.law.refusals import Bilingual

State = TaskStanding.State
STATES: Mapping[str, Bilingual] = {
    State.ARISEN: ("待接受", "waits to be accepted"),
    State.ACCEPTED: ("办理中", "under way"),
    State.RETURNED: ("已退回", "returned"),
    State.REPORTED: ("已报告", "reported on"),
}
DONE: Mapping[str, Bilingual] = {
    "accept": ("接受任务", "accepted the task"),
    "return": ("退回任务", "returned the task"),
    "report": ("报告办理情况", "reported what was done"),
    "urge": ("催办", "urged the holder"),
    "transfer": ("转办", "transferred the task"),
}


@cache
def task_names() -> Mapping[str, Bilingual]:
    """Task → what it is called, over all procedures."""
    return {rule.id: rule.name for rule in _rules()}


def task_words(task: str, item: str = "") -> Bilingual:
    """«配合停止供电», with what it is about where one act raises several."""
    zh, en = task_names().get(task, (task, task))
    return (f"{zh}：{item}", f"{en}: {item}") if item else (zh, en)


def _rules() -> Iterator[TaskRule]:
    for name in PROCEDURES:
        for first, _ in versions(name):
            yield from procedure(name, version=first.isoformat()).tasks
