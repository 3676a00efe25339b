"""What the room keeps. All of it is appended to only."""

from phaseout.measures.prices.models.act import PriceAct
from phaseout.measures.prices.models.assessment import Assessment, Run
from phaseout.measures.prices.models.billing import (
    Bill,
    BillLine,
    Edition,
    LateCharge,
    Payment,
    PaymentNotice,
    Receipt,
)
from phaseout.measures.prices.models.consumption import Consumption, ConsumptionFile
from phaseout.measures.prices.models.determination import Determination, Ending
from phaseout.measures.prices.models.income import Entry, Posting
from phaseout.measures.prices.models.known import RenewableShare, WaterBill
from phaseout.measures.prices.models.notice import SurchargeNotice

__all__ = [
    "Assessment",
    "Bill",
    "BillLine",
    "Consumption",
    "ConsumptionFile",
    "Determination",
    "Edition",
    "Ending",
    "Entry",
    "LateCharge",
    "Payment",
    "PaymentNotice",
    "Posting",
    "PriceAct",
    "Receipt",
    "RenewableShare",
    "Run",
    "SurchargeNotice",
    "WaterBill",
]
