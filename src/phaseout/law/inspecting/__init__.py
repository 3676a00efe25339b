"""How many people an inspection needs, dated: those who go together, witnesses where the firm does
not sign.

    people("officers", on).least        2
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phaseout.law.norms.records import Confidence
from phaseout.law.norms.shipped import rows_of

__all__ = ["People", "people"]


@dataclass(frozen=True, slots=True)
class People:
    """A row of `people.csv`: at least so many; `zh`, `en` name the basis. Both days inside, an open
    end is None."""

    what: str
    least: int
    effective_from: date
    effective_to: date | None
    source_id: str
    clause: str
    confidence: Confidence
    zh: str
    en: str


def people(what: str, on: date) -> People:
    """How many there must be on a day; `what`: officers, witnesses.

    Raises:
        LookupError: our record says nothing; add the row then in force to tables/people.csv.
    """
    for row in rows_of(__package__, "people", People):
        if row.what == what and row.effective_from <= on <= (row.effective_to or date.max):
            return row
    raise LookupError(f"inspecting/people.csv has no row {what!r} in force on {on}")
