"""What the room keeps. All of it is appended to only."""

from phaseout.measures.funds.models.act import FundAct
from phaseout.measures.funds.models.ledger import Account, Entry, Income, Payment
from phaseout.measures.funds.models.programme import (
    Allocation,
    Application,
    Programme,
    ProgrammeUse,
    Share,
)

__all__ = [
    "Account",
    "Allocation",
    "Application",
    "Entry",
    "FundAct",
    "Income",
    "Payment",
    "Programme",
    "ProgrammeUse",
    "Share",
]
