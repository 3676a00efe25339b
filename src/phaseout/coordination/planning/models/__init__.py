"""What the room keeps. Every table is appended to only: the database refuses the rest."""

from phaseout.coordination.planning.models.act import PlanAct
from phaseout.coordination.planning.models.consultation import (
    Answer,
    Asked,
    Consultation,
    Opinion,
    Reply,
)
from phaseout.coordination.planning.models.plan import (
    Edition,
    Goal,
    GoalAmount,
    Measure,
    Milestone,
    PlannedLine,
    WorkPlan,
)

__all__ = [
    "Answer",
    "Asked",
    "Consultation",
    "Edition",
    "Goal",
    "GoalAmount",
    "Measure",
    "Milestone",
    "Opinion",
    "PlanAct",
    "PlannedLine",
    "Reply",
    "WorkPlan",
]
