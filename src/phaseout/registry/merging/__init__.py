"""One enterprise, one entry: look for entries that are the same, and let a person say so.

proposals(scope)       pairs that look like one enterprise, and why
merge_enterprises      a person says they are one: lines and facts follow as new versions
part_enterprises       the same person or another takes it back, by another act
tell_apart             a person says they are two: the pair is proposed no more
same_enterprise(s)     the codes of all entries that are one by now
"""

from phaseout.registry.merging.acts import merge_enterprises, part_enterprises, tell_apart
from phaseout.registry.merging.family import same_enterprise, same_enterprises
from phaseout.registry.merging.proposals import Proposal, proposals

__all__ = [
    "Proposal",
    "merge_enterprises",
    "part_enterprises",
    "proposals",
    "same_enterprise",
    "same_enterprises",
    "tell_apart",
]
