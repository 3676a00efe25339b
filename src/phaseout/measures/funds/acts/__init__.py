"""What can be done: one function, one durable transaction, one appended `FundAct`.

    programmes   make_programme, record_income
    applying     apply, accept_application, decline_application
    allocating   allocate_by_factors, allocate_decided
    paying       pay, return_money

Each takes who acts and on which day; sent twice under one `key` it happens once.
"""

from phaseout.measures.funds.acts.allocating import allocate_by_factors, allocate_decided
from phaseout.measures.funds.acts.applying import (
    Asked,
    accept_application,
    apply,
    decline_application,
)
from phaseout.measures.funds.acts.paying import pay, return_money
from phaseout.measures.funds.acts.programmes import make_programme, record_income

__all__ = [
    "Asked",
    "accept_application",
    "allocate_by_factors",
    "allocate_decided",
    "apply",
    "decline_application",
    "make_programme",
    "pay",
    "record_income",
    "return_money",
]
