"""What can be done: one function, one durable transaction, one appended `SupervisionAct`.

    drawing      adopt, dismiss          an officer of a leading office, on what the figures say
    signing      sign, decline           its leader, another person than who drew it up
    holding      record, hand_over       what took place; firms handed on to the inspections
    answering    answer, check           the office supervised answers; who supervises checks
    lifting      lift                    its leader, once everything demanded is met

Each takes who acts and on which day; sent twice under one `key` it happens once.
"""

from phaseout.coordination.supervision.acts.alike import Demanded
from phaseout.coordination.supervision.acts.answering import answer, check
from phaseout.coordination.supervision.acts.drawing import Drawn, adopt, dismiss, would_say
from phaseout.coordination.supervision.acts.holding import Held, hand_over, record
from phaseout.coordination.supervision.acts.lifting import lift
from phaseout.coordination.supervision.acts.signing import decline, sign

__all__ = [
    "Demanded",
    "Drawn",
    "Held",
    "adopt",
    "answer",
    "check",
    "decline",
    "dismiss",
    "hand_over",
    "lift",
    "record",
    "sign",
    "would_say",
]
