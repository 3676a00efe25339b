"""What follows from a failed standard, which consequence governs, and who acts where.

The order of `rank` is our reading of clauses (3) to (9); docs/judgement/composition.md gives the
reasons. Periods are not repeated here: `term` and `extension_term` name rows of procedural_terms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from phaseout.law.norms.records import DatedRow, Row


@dataclass(frozen=True, slots=True)
class Consequence(DatedRow):
    """What the law attaches to a finding of a dimension; `clause` is the article of the law.

    when_reason      the reason a finding must bear; empty: every finding that may open a case
    instead          yes: takes the place of the general consequence of its dimension
    rank             the lowest governs the line
    turn             the lowest has to be carried out first, whatever governs
    makes_outdated   at_once; on_failed_cure: only once the ordered cure has failed; no_longer: the
                     capacity has left, something is still owed
    opinions_clause  clause of the Opinions
    term, extension_term  row ids of procedural_terms, or empty: no period is set
    """

    dimension: str
    consequence: str
    when_reason: str
    instead: str
    rank: int
    turn: int
    makes_outdated: str
    opinions_clause: int
    term: str
    extension_term: str
    basis_zh: str
    basis_en: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class DutyScope(Row):
    """A function that acts under a clause only for lines of one industry."""

    opinions_clause: int
    function: str
    industry: str


@dataclass(frozen=True, slots=True)
class EnergyLink(DatedRow):
    """Whether an edition of the catalogue treats a failed energy standard as the eliminate class.

    `state` is on or off; an authority changes it by a decision of kind `parameter` with the
    subject `energy_link.<catalogue>` and the value on or off.
    """

    catalogue: str
    state: str
    zh: str
    en: str


TABLES: Mapping[str, type[Row]] = {
    "consequences": Consequence,
    "duty_scopes": DutyScope,
    "energy_links": EnergyLink,
}
