"""The capacity ledger: what stands registered, found outdated, in a case, exited, tonne by tonne.

    balances(Asked(...))        what stands on a day, by product and unit, or by what else is asked
    exited_between(…)           what went into the exits in a span of days, net of what came back
    stocks_of(line_ids)         what stands in each account of these lines now
    book_import(…)              the registry's own bookings, in the transaction of the import
    book_standings(…)           found outdated, or no longer, in the transaction of the judgement
    book_act(…)                 what an act of a case moves, in the transaction of the act
    counter, correct, replace, transfer_line      acts by hand, each with its reason (`by_hand`)
    check()                     recomputes; names the first wrong entry

Units: the ledger's own (`law.capacity.ledger_units`: t/a for all masses a year); whatever does not
convert is counted in itself. Days are business days, both ends inside.
"""

from phaseout.registry.capacity.balances import Asked, Balance, balances, exited_between
from phaseout.registry.capacity.booking import stocks_of
from phaseout.registry.capacity.registering import book_import
from phaseout.registry.capacity.standings import Stands, book_standings

__all__ = [
    "Asked",
    "Balance",
    "Stands",
    "balances",
    "book_import",
    "book_standings",
    "exited_between",
    "stocks_of",
]
