"""What can be done: one function, one durable transaction, one appended `InspectionAct`.

    planning     make_plan, approve_plan
    choosing     recuse, draw
    assigning    assign
    reassigning  reassign
    recording    record, sign_record
    tipping      receive_tip, accept_tip, decline_tip

Each takes who acts and on which day; sent twice under one `key` it happens once.
"""

from phaseout.inspections.acts.assigning import assign
from phaseout.inspections.acts.choosing import draw, recuse
from phaseout.inspections.acts.planning import approve_plan, make_plan
from phaseout.inspections.acts.reassigning import reassign
from phaseout.inspections.acts.recording import record, sign_record
from phaseout.inspections.acts.tipping import accept_tip, decline_tip, receive_tip

__all__ = [
    "accept_tip",
    "approve_plan",
    "assign",
    "decline_tip",
    "draw",
    "make_plan",
    "reassign",
    "receive_tip",
    "record",
    "recuse",
    "sign_record",
]
