"""What of a case rests on a file, and what becomes void when its days are stated anew."""

from __future__ import annotations

from django.db.models import TextField
from django.db.models.functions import Cast

from phaseout.casework.cases.signing.telling import of_void
from phaseout.casework.models import NamedFile, Proposal
from phaseout.evidence.models import StatedDays


def named_by_an_act(digest: str) -> bool:
    """Whether an act of any case names the bytes of this digest."""
    return NamedFile.objects.filter(digest=digest).exists()


def void_what_waits(stated: StatedDays) -> None:
    """What waits for a signature and carries the file was read with other days: it is void, and
    shows why. It can be prepared again; the leader then signs what is there."""
    of_waiting = Proposal.objects.filter(state=Proposal.State.WAITING)
    naming = of_waiting.alias(told=Cast("facts", TextField())).filter(
        told__contains=stated.file.digest
    )
    for waiting in naming.select_for_update():
        waiting.state = Proposal.State.VOID
        waiting.settled_by, waiting.settled_on = stated.by, stated.stated_on
        waiting.answer = f"所附文件“{stated.file.name}”的日期于{stated.stated_on}更正。"
        waiting.save(update_fields=["state", "settled_by", "settled_on", "answer"])
        of_void(waiting)
