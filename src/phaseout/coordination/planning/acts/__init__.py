"""What can be done: one function, one durable transaction, one appended `PlanAct`.

    drafting     draft_plan: the first draft, every change of it, and an amendment
    consulting   consult, give_opinion, answer_opinion
    adopting     submit, send_back, adopt

Each takes who acts and on which day; sent twice under one `key` it happens once.
"""

from phaseout.coordination.planning.acts.adopting import adopt, send_back, submit
from phaseout.coordination.planning.acts.consulting import (
    answer_opinion,
    consult,
    give_opinion,
    named_offices,
)
from phaseout.coordination.planning.acts.drafting import Edits, LineEdit, TextEdit, draft_plan

__all__ = [
    "Edits",
    "LineEdit",
    "TextEdit",
    "adopt",
    "answer_opinion",
    "consult",
    "draft_plan",
    "give_opinion",
    "named_offices",
    "send_back",
    "submit",
]
