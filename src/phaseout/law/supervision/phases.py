"""In which stages of a case a decision is awaited, and in which one is being carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from phaseout.law.norms.shipped import listed, rows_of

AWAITING, DECIDED = "awaiting", "decided"
BLOCK = "@block"
"""Stands for the blocks of every procedure: their stages end so (`order.filed`)."""


@dataclass(frozen=True, slots=True)
class _Phase:
    procedure: str
    stages: str
    phase: str
    note: str


def stages_in(phase: str) -> Mapping[str, tuple[str, ...]]:
    """Procedure (or `BLOCK`) → the stages of its main track that are in this phase; of a block
    without its prefix."""
    rows = rows_of(__package__, "phases", _Phase)
    return {row.procedure: listed(row.stages) for row in rows if row.phase == phase}
