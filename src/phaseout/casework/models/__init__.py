"""Findings and cases, as the database keeps them."""

from phaseout.casework.models.case import Act, Case, Ground, Register
from phaseout.casework.models.finding import (
    DIMENSIONS,
    VERDICTS,
    Finding,
    JudgementRun,
    Reasoning,
)

__all__ = [
    "DIMENSIONS",
    "VERDICTS",
    "Act",
    "Case",
    "Finding",
    "Ground",
    "JudgementRun",
    "Reasoning",
    "Register",
]
