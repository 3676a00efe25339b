"""What can be done: one function, one durable transaction, one appended `PriceAct`.

    assessing      assess
    determining    determine, end
    consuming      take_consumption
    issuing        issue, receive
    paying         notify, collect, charge_late, remit
    knowing        record_share
    watering       bill_water, collect_water
    signing        sign_notice

Each takes who acts and on which day; sent twice under one `key` it happens once.
"""

from phaseout.measures.prices.acts.assessing import assess
from phaseout.measures.prices.acts.consuming import take_consumption
from phaseout.measures.prices.acts.determining import determine, end
from phaseout.measures.prices.acts.issuing import issue, receive
from phaseout.measures.prices.acts.knowing import record_share
from phaseout.measures.prices.acts.paying import charge_late, collect, notify, remit
from phaseout.measures.prices.acts.signing import sign_notice
from phaseout.measures.prices.acts.watering import bill_water, collect_water

__all__ = [
    "assess",
    "bill_water",
    "charge_late",
    "collect",
    "collect_water",
    "determine",
    "end",
    "issue",
    "notify",
    "receive",
    "record_share",
    "remit",
    "sign_notice",
    "take_consumption",
]
