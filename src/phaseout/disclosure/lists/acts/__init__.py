"""What can be done for a list. One function, one durable transaction, one appended act.

    draft(…)            拟定: the list as the acts of all cases have made it at this moment
    correct(…)          拟定更正: the newest edition with values said otherwise, and why
    open_objections(…)  公布前告知: firms that would enter may object until a last day
    object_to(…)        the firm objects, before publication or while it stands on the list
    answer(…)           an objection is answered; upheld, the ground is not published, or cancelled
    sign(…), return_(…) a leader signs the digest of what was read, or returns it with a reason
    publish(…)          the edition, with its number and digest; events go to the log
    cancel(…)           撤销: what was entered by mistake

What ends by an act of a case leaves by itself, in the act's own transaction
(`ending.end_what_ended`); what counts from a later day, on that day (`end_what_is_over`).
Each takes who acts, within which scope, on which day; sent twice under one key it happens once.
"""

from phaseout.disclosure.lists.acts.contesting import answer, object_to, open_objections
from phaseout.disclosure.lists.acts.drafting import correct, draft
from phaseout.disclosure.lists.acts.ending import cancel, end_what_is_over
from phaseout.disclosure.lists.acts.publishing import publish
from phaseout.disclosure.lists.acts.signing import return_, sign

__all__ = [
    "answer",
    "cancel",
    "correct",
    "draft",
    "end_what_is_over",
    "object_to",
    "open_objections",
    "publish",
    "return_",
    "sign",
]
