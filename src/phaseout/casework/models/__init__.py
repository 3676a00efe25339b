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
from phaseout.casework.models.handed_in import HandedIn
from phaseout.casework.models.kept import KeptAct
from phaseout.casework.models.paper import IssuedPaper, NamedFile, PaperReceipt
from phaseout.casework.models.proceeding import CaseDeadline, CaseTask, Proposal
from phaseout.casework.models.saved import SavedFilter
from phaseout.casework.models.standing import LineStanding
from phaseout.casework.models.task import TaskAct, TaskStanding
from phaseout.casework.models.watching import (
    CalendarFeed,
    DeadlineAmendment,
    Lapse,
    LateComer,
    Recount,
    Sweep,
)

__all__ = [
    "DIMENSIONS",
    "VERDICTS",
    "Act",
    "CalendarFeed",
    "Case",
    "CaseDeadline",
    "CaseTask",
    "Checkpoint",
    "DeadlineAmendment",
    "Finding",
    "FindingTally",
    "Ground",
    "HandedIn",
    "IssuedPaper",
    "JudgementRun",
    "KeptAct",
    "Lapse",
    "LateComer",
    "LineStanding",
    "NamedFile",
    "PaperReceipt",
    "Proposal",
    "Reasoning",
    "Recount",
    "Register",
    "SavedFilter",
    "Sweep",
    "TaskAct",
    "TaskStanding",
]
