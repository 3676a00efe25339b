"""The ways of supervision that clause (20) names, from the mildest to the gravest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from phaseout.law.norms.records import Confidence
from phaseout.law.norms.shipped import rows_of
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class MeasureKind:
    """A row of `measures.csv`. `demands`: made with the measure (`now`) or with the record of what
    took place (`later`); `record` `yes`: it takes place on a day and is recorded afterwards."""

    kind: str
    weight: int
    demands: str
    record: str
    zh: str
    en: str
    title_zh: str
    says_zh: str
    says_en: str
    source_id: str
    clause: str
    confidence: Confidence

    @property
    def name(self) -> Bilingual:
        return self.zh, self.en

    @property
    def says(self) -> Bilingual:
        return self.says_zh, self.says_en

    @property
    def takes_place(self) -> bool:
        """Whether it is on a day, with people, and has a record."""
        return self.record == "yes"


def measure_kinds() -> tuple[MeasureKind, ...]:
    """The measures of clause (20), from the mildest on as the table has them."""
    return rows_of(__package__, "measures", MeasureKind)


@cache
def measure_kind(kind: str) -> MeasureKind:
    """Raises `KeyError` for a kind that the table does not have."""
    return {one.kind: one for one in measure_kinds()}[kind]
