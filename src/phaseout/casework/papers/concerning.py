"""What of a case concerns a task: its holder reads that, and not the whole file.

It is what the act that raised the task issued or served, the files that this act names, and what
the holder's own office did in the case. (Whom a copy line names reads the case by its clause: the
line names functions that lead or cooperate there.) The policies of the tables say the same
(web, migration 0004).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from phaseout.accounts.scope import Scope
from phaseout.casework.cases.listing import (
    offices_with_tasks,
    reads_whole,
    tasks_held_in,
)
from phaseout.casework.models import Act, Case, CaseTask, TaskStanding


def concerned(scope: Scope, *acts: str) -> Q:
    """Condition on rows of a case.

    Args:
        acts: the columns that lead to the acts to look at; the first is who made the row.
    """
    found = Q(pk__in=[])
    held = tasks_held_in(scope)
    if not held:
        return found
    for tasks in (CaseTask, TaskStanding):
        for act in acts:
            raised = tasks.objects.filter(
                held, case=OuterRef("case"), arisen_by=OuterRef(f"{act}__place")
            )
            found |= Q(Exists(raised))
    for office, prefix in offices_with_tasks(scope):
        found |= Q(**{f"{acts[0]}__office": office}, case__division_code__startswith=prefix)
    return found


def places_read(case: Case, acts: Iterable[Act], scope: Scope) -> frozenset[int]:
    """The places of the acts of which the person reads what they carry."""
    acts = list(acts)
    if reads_whole(case, scope):
        return frozenset(act.place for act in acts)
    held = tasks_held_in(scope)
    raised: set[int] = set()
    if held:
        for tasks in (CaseTask, TaskStanding):
            raised |= set(tasks.objects.filter(held, case=case).values_list("arisen_by", flat=True))
    own = {
        office
        for office, prefix in offices_with_tasks(scope)
        if case.division_code.startswith(prefix)
    }
    return frozenset(act.place for act in acts if act.place in raised or act.office in own)
