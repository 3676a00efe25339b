"""From when a surcharge binds, and from when it is late: what the documents say, with their clause.

No document found makes service of the determination a condition of the charge (decision 0058):
tiered prices were fixed years after the consumption they are of. Lateness is another matter: it
counts from the payment notice.
"""

from __future__ import annotations

from dataclasses import dataclass

from phaseout.law.judgement.explain.english import clause_en
from phaseout.law.prices.asking import Measure
from phaseout.law.prices.readings import table
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Beginning:
    """One thing that a document says of the beginning of a charge, or of lateness."""

    source_id: str
    clause: str
    confidence: str
    words: Bilingual

    @property
    def cited(self) -> Bilingual:
        """The clause as it is written, and in English."""
        return self.clause, clause_en(self.clause)


def beginnings(measure: Measure | str) -> tuple[Beginning, ...]:
    """What is on record for a measure, and for all, in the order of the table."""
    return tuple(
        Beginning(cells["source_id"], cells["clause"], cells["confidence"],
                  (cells["zh"], cells["en"]))
        for cells in table("beginnings")
        if cells["measure"] in ("", str(measure))
    )  # fmt: skip
