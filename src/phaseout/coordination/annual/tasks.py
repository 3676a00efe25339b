"""What the adopted plan of the year asks to exit, as the report names it: read once, when the
figures are frozen, and kept with them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from phaseout.coordination.planning.adopted import goals, plan_of
from phaseout.findings.export import plain

EXIT = "exit"


def task_of(year: int) -> dict[str, Any] | None:
    """The edition in force at the end of the year with its goals of exit, added up by industry and
    unit; None: no plan of the year was adopted. `untold`: lines planned whose capacity nobody
    told; they are in no amount."""
    plan = plan_of(year)
    if plan is None:
        return None
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    lines, untold = 0, 0
    for goal in goals(plan, on=date(year, 12, 31)):
        if goal.aim != EXIT:
            continue
        lines, untold = lines + goal.lines, untold + goal.untold
        for amount in goal.amounts:
            sums[goal.industry, amount.unit] += amount.planned
    return {
        "edition": plan.edition,
        "document": plan.document,
        "adopted_on": plan.adopted_on.isoformat(),
        "digest": plan.digest,
        "url": plan.url,
        "lines": lines,
        "untold": untold,
        "goals": [[*key, plain(amount)] for key, amount in sorted(sums.items())],
    }
