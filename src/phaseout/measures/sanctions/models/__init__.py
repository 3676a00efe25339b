"""What the room keeps. Every table is appended to only: the database refuses the rest."""

from phaseout.measures.sanctions.models.act import SanctionAct
from phaseout.measures.sanctions.models.credit import Bank, CreditListing
from phaseout.measures.sanctions.models.record import Batch, BatchRow, CreditRecord, RowOutcome
from phaseout.measures.sanctions.models.sanction import (
    Release,
    ReleaseNotice,
    Sanction,
    SanctionTask,
)

__all__ = [
    "Bank",
    "Batch",
    "BatchRow",
    "CreditListing",
    "CreditRecord",
    "Release",
    "ReleaseNotice",
    "RowOutcome",
    "Sanction",
    "SanctionAct",
    "SanctionTask",
]
