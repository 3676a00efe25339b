"""What can be done: one function, one durable transaction, one appended `EmployeeAct`.

    planning    open_settlement, record_procedure, confirm_plan, override_claims
    listing     take_list, assess
    settling    record_payments, record_steps
    standards   record_standard

Each takes who acts and on which day; sent twice under one `key` it happens once.
"""

from phaseout.measures.employees.acts.listing import assess, take_list
from phaseout.measures.employees.acts.planning import (
    Meeting,
    confirm_plan,
    open_settlement,
    override_claims,
    record_procedure,
)
from phaseout.measures.employees.acts.settling import record_payments, record_steps
from phaseout.measures.employees.acts.standards import record_standard

__all__ = [
    "Meeting",
    "assess",
    "confirm_plan",
    "open_settlement",
    "override_claims",
    "record_payments",
    "record_procedure",
    "record_standard",
    "record_steps",
    "take_list",
]
