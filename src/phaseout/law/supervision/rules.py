"""Single figures of our own, each dated and with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from phaseout.law.norms.records import Confidence
from phaseout.law.norms.shipped import rows_of
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of `rules.csv`; both days inside, an open end is None."""

    key: str
    value: Decimal
    unit: str
    effective_from: date
    effective_to: date | None
    source_id: str
    clause: str
    confidence: Confidence
    zh: str
    en: str

    @property
    def reason(self) -> Bilingual:
        return self.zh, self.en


def rule(key: str, on: date) -> Rule:
    """The rule in force on a day.

    Raises:
        LookupError: none is; add the row then in force to tables/rules.csv.
    """
    for row in rows_of(__package__, "rules", Rule):
        if row.key == key and row.effective_from <= on <= (row.effective_to or date.max):
            return row
    raise LookupError(f"supervision/rules.csv has no row {key!r} in force on {on}")
