"""What the room of lists keeps. Only appended; the database refuses changes and deletion.

ListAct                     what somebody did for a list
Draft, DraftEntry           a list as it stood at a moment, with reasons; not public
Notice, Objection, Answer   who was told before publication, what they said, what was answered
Edition, Entry              what was published: public columns only
Amendment                   a value that a numbered correction says otherwise from then on
Listing, Ending             which ground stands on a list since which edition, and how it ended
LogEvent, LogNode, TreeHead the publication log: events, its Merkle tree, its signed heads
"""

from phaseout.disclosure.lists.models.act import ListAct
from phaseout.disclosure.lists.models.draft import (
    Amendment,
    Answer,
    Draft,
    DraftEntry,
    Notice,
    Objection,
)
from phaseout.disclosure.lists.models.edition import Edition, Ending, Entry, Listing
from phaseout.disclosure.lists.models.log import LogEvent, LogNode, TreeHead

__all__ = [
    "Amendment",
    "Answer",
    "Draft",
    "DraftEntry",
    "Edition",
    "Ending",
    "Entry",
    "ListAct",
    "Listing",
    "LogEvent",
    "LogNode",
    "Notice",
    "Objection",
    "TreeHead",
]
