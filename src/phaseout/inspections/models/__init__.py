"""What the room keeps. All of it is appended to only, but for `Draft`."""

from phaseout.inspections.models.act import InspectionAct
from phaseout.inspections.models.plan import Draw, Plan, PlanLine, Recusal
from phaseout.inspections.models.tip import Knock, Tip, TipPerson
from phaseout.inspections.models.visit import (
    AssignedInspector,
    Assignment,
    Draft,
    Handover,
    Record,
    RecordImport,
)

__all__ = [
    "AssignedInspector",
    "Assignment",
    "Draft",
    "Draw",
    "Handover",
    "InspectionAct",
    "Knock",
    "Plan",
    "PlanLine",
    "Record",
    "RecordImport",
    "Recusal",
    "Tip",
    "TipPerson",
]
