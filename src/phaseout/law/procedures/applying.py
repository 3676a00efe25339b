"""Cases that an application opens: nothing was found, so the table says whose they are."""

from __future__ import annotations

from dataclasses import dataclass

from phaseout.law.periods.certificate import Citation
from phaseout.law.procedures.rows import AppliedForRow, citation, rows, split


@dataclass(frozen=True, slots=True)
class AppliedFor:
    """Whose case an application opens: its dimension, the function that leads it, and why."""

    act: str
    dimension: str
    lead: str
    clauses: tuple[Citation, ...]


def applied_for(procedure: str, act: str) -> AppliedFor:
    """Whose case the act opens.

    >>> whose = applied_for("exit", "apply_exit")
    >>> whose.dimension, whose.lead
    ('technology', 'eic')

    Raises:
        KeyError: the act opens no case on an application.
    """
    for row in rows(AppliedForRow, "applied_for"):
        if (row.procedure, row.act) == (procedure, act):
            clauses = tuple(
                citation(row.source_id, clause, row.confidence) for clause in split(row.clause)
            )
            return AppliedFor(row.act, row.dimension, row.lead, clauses)
    raise KeyError(f"{act} of {procedure} is not in applied_for.csv")
