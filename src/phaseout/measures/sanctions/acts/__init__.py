"""What can be done in this room. One function, one durable transaction, one appended row.

    impose                              a named officer makes a sanction on a ground that was found
    answer_task, acknowledge            an authority says what it did; that it took a release in
    draw_up, correct, send, resend      records of the credit publicity, their batches
    record_receipt                      what the receiver did with each row
    object_to, answer_objection         by the enterprise; by another than who imposed
    ask_repair, answer_repair           by the rule in force on the day
    register_bank, list_credit, support, answer_list    the credit lists of clause (13)

`releasing` follows the acts of cases: what ends a ground releases its sanctions in the same
transaction, and who does not exit after all is supported no more.
"""

from phaseout.measures.sanctions.acts.answering import acknowledge, answer_task
from phaseout.measures.sanctions.acts.contesting import (
    answer_objection,
    answer_repair,
    ask_repair,
    object_to,
)
from phaseout.measures.sanctions.acts.crediting import (
    answer_list,
    list_credit,
    register_bank,
    support,
)
from phaseout.measures.sanctions.acts.imposing import impose
from phaseout.measures.sanctions.acts.recording import correct, draw_up
from phaseout.measures.sanctions.acts.sending import record_receipt, resend, send

__all__ = [
    "acknowledge",
    "answer_list",
    "answer_objection",
    "answer_repair",
    "answer_task",
    "ask_repair",
    "correct",
    "draw_up",
    "impose",
    "list_credit",
    "object_to",
    "record_receipt",
    "register_bank",
    "resend",
    "send",
    "support",
]
