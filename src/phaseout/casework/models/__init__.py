"""Findings and cases, as the database keeps them."""

from phaseout.casework.models.act import Act, Ground
from phaseout.casework.models.case import Case, Register
from phaseout.casework.models.checkpoint import Checkpoint
from phaseout.casework.models.finding import (
    DIMENSIONS,
    VERDICTS,
    Finding,
    FindingTally,
    JudgementRun,
    Reasoning,
)
from phaseout.casework.models.paper import IssuedPaper, NamedFile, PaperReceipt
from phaseout.casework.models.proceeding import CaseDeadline, CaseTask, Proposal
from phaseout.casework.models.saved import SavedFilter
from phaseout.casework.models.standing import LineStanding

__all__ = [
    "DIMENSIONS",
    "VERDICTS",
    "Act",
    "Case",
    "CaseDeadline",
    "CaseTask",
    "Checkpoint",
    "Finding",
    "FindingTally",
    "Ground",
    "IssuedPaper",
    "JudgementRun",
    "LineStanding",
    "NamedFile",
    "PaperReceipt",
    "Proposal",
    "Reasoning",
    "Register",
    "SavedFilter",
]
