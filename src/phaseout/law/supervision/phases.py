"""Which stages of a case come before its first decision and which after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from phaseout.law.norms.shipped import listed, rows_of

EXAMINING, DECIDED = "examining", "decided"


@dataclass(frozen=True, slots=True)
class _Phase:
    procedure: str
    stages: str
    phase: str
    note: str


def stages_in(phase: str) -> Mapping[str, tuple[str, ...]]:
    """Procedure → the stages of its main track that are in this phase."""
    rows = rows_of(__package__, "phases", _Phase)
    return {row.procedure: listed(row.stages) for row in rows if row.phase == phase}
