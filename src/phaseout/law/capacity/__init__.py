"""The law of the capacity ledger: the states a tonne of capacity can be in, and what may move it.

    accounts()                     the states, in order, each with its source
    registration, adjusted         postings when the registry tells a capacity (anew)
    moved(stocks, sources, to)     postings that move what stands in some accounts into another
    act_moves(procedure, act)      what an act of a case moves; exit_form(acts) into which exit
    must_be_lawful(kind, …)        refuses postings that no law knows
    ledger_units()                 in which units capacity is counted and shown

A posting is so much into (plus) or out of (minus) an account of a holder; those of one booking sum
to zero. Pure: amounts, days and holders come as arguments. What is exited is counted once because
it can only leave an account that holds it.
"""

from phaseout.law.capacity.accounts import (
    EXITED,
    GIVEN_UP,
    LIVE,
    MUST_LEAVE,
    ORIGIN,
    REGISTERED,
    Account,
    LedgerUnit,
    account,
    accounts,
    keys_of,
    ledger_units,
)
from phaseout.law.capacity.acting import ActMove, act_moves, exit_form, holding_acts
from phaseout.law.capacity.moving import (
    Booking,
    Holder,
    Posting,
    Stock,
    Told,
    adjusted,
    moved,
    must_be_lawful,
    opposite,
    registration,
    transferred,
)

__all__ = [
    "EXITED",
    "GIVEN_UP",
    "LIVE",
    "MUST_LEAVE",
    "ORIGIN",
    "REGISTERED",
    "Account",
    "ActMove",
    "Booking",
    "Holder",
    "LedgerUnit",
    "Posting",
    "Stock",
    "Told",
    "account",
    "accounts",
    "act_moves",
    "adjusted",
    "exit_form",
    "holding_acts",
    "keys_of",
    "ledger_units",
    "moved",
    "must_be_lawful",
    "opposite",
    "registration",
    "transferred",
]
