"""Which task of a case is fulfilled when its firm enters a list, or leaves it (`tables/tasks.csv`).

>>> [one.task for one in tasks_of("yellow-energy", "energy", ENTER)]
['yellow_list']
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from phaseout.law.lists.tables import table
from phaseout.law.norms import Confidence

ENTER, LEAVE = "enter", "leave"


@dataclass(frozen=True, slots=True)
class ListTask:
    """In a procedure: the task that is done by entering a list of this kind, or by leaving it."""

    kind: str
    procedure: str
    task: str
    done_by: str
    source_id: str
    clause: str
    confidence: Confidence
    note: str


@cache
def list_tasks() -> tuple[ListTask, ...]:
    """The tasks that cases raise for lists, and the list that does each."""
    return table("tasks", ListTask)


def tasks_of(kind: str, procedure: str, done_by: str) -> tuple[ListTask, ...]:
    """The tasks that entering (or leaving) the list fulfils in a case of the procedure."""
    wanted = (kind, procedure, done_by)
    return tuple(t for t in list_tasks() if (t.kind, t.procedure, t.done_by) == wanted)
