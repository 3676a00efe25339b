"""The task of an exit to be counted in the year (clause 19): done by what counts it.

A confirmed exit raises it for the office of its case. An accepted return counts its rows; what no
return counted is counted by the report, when the government agrees to it. Who did either reports on
the task, as lists do on theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from phaseout.accounts.models import User
from phaseout.accounts.rows import whole_reach
from phaseout.casework.models import TaskStanding
from phaseout.casework.tasks.acts import fulfil, held_open
from phaseout.law.refusals import Bilingual

COUNT_IT = "report_capacity"


def fulfil_counted(
    line_ids: Iterable[str | None],
    year: int,
    said: str,
    *,
    by: User,
    office: str,
    name: Bilingual,
    today: date,
    key: UUID,
) -> int:
    """In the transaction of the act that counts these lines: the tasks of their exits of the year
    are done. Returns how many.

    Args:
        line_ids: lines that were counted with something; None is of no line of the register.
        said: what is said of it in each task.
        key: of the act.
    """
    lines = {one for one in line_ids if one}
    # The exit may have been led by another office than the one that counts.
    with whole_reach():
        waiting = TaskStanding.objects.filter(
            task=COUNT_IT, ended_on=None, arisen_on__year=year, case__line__in=lines
        )
        tasks = held_open(set(waiting.values_list("case_id", flat=True)), {COUNT_IT})
        counted = [(one, said) for one in tasks if one.arisen_on.year == year]
        fulfil(counted, by=by, office=office, name=name, today=today, key=key)
    return len(counted)
