"""Findings and cases, as the database keeps them."""

from phaseout.casework.models.case import Act, Case, Ground, Register
from phaseout.casework.models.finding import (
    DIMENSIONS,
    VERDICTS,
    Finding,
    FindingTally,
    JudgementRun,
    Reasoning,
)
from phaseout.casework.models.saved import SavedFilter
from phaseout.casework.models.standing import LineStanding

__all__ = [
    "DIMENSIONS",
    "VERDICTS",
    "Act",
    "Case",
    "Finding",
    "FindingTally",
    "Ground",
    "JudgementRun",
    "LineStanding",
    "Reasoning",
    "Register",
    "SavedFilter",
]
