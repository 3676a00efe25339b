"""Who is slow: figures against our own thresholds, and the measure these propose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from phaseout.law.norms.records import Confidence
from phaseout.law.norms.shipped import rows_of
from phaseout.law.refusals import Bilingual
from phaseout.law.supervision.figures import Share, figure
from phaseout.law.supervision.measures import measure_kind


@dataclass(frozen=True, slots=True)
class Threshold:
    """A row of `thresholds.csv`: more than `over` per cent of a figure proposes a measure. Both
    days inside, an open end is None."""

    measure: str
    figure: str
    over: Decimal
    unit: str
    effective_from: date
    effective_to: date | None
    source_id: str
    clause: str
    confidence: Confidence
    reason_zh: str
    reason_en: str

    @property
    def key(self) -> str:
        """Names the threshold, whatever its number: `circular:overdue`."""
        return f"{self.measure}:{self.figure}"

    @property
    def reason(self) -> Bilingual:
        return self.reason_zh, self.reason_en


@dataclass(frozen=True, slots=True)
class Crossed:
    """A threshold that a figure passes."""

    threshold: Threshold
    share: Share

    @property
    def key(self) -> str:
        return self.threshold.key


@dataclass(frozen=True, slots=True)
class Proposed:
    """The gravest measure proposed, with the thresholds that propose it; `also`: those of milder
    measures, which are passed as well."""

    kind: str
    because: tuple[Crossed, ...]
    also: tuple[Crossed, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(one.key for one in (*self.because, *self.also))


def thresholds(on: date) -> tuple[Threshold, ...]:
    """The thresholds in force on a day, in the order of the table."""
    return tuple(
        row
        for row in rows_of(__package__, "thresholds", Threshold)
        if row.effective_from <= on <= (row.effective_to or date.max)
    )


def crossed(shares: Mapping[str, Share], on: date) -> tuple[Crossed, ...]:
    """The thresholds passed by these figures (key → share). What is not known, or of too few, or
    exactly at a threshold passes none."""
    found = []
    for row in thresholds(on):
        share = shares.get(row.figure, Share())
        if share.passes(row.over, figure(row.figure).least):
            found.append(Crossed(row, share))
    return tuple(found)


def proposal(shares: Mapping[str, Share], on: date) -> Proposed | None:
    """The gravest measure that the figures of one office propose; None: none does."""
    all_ = crossed(shares, on)
    if not all_:
        return None
    kind = max((one.threshold.measure for one in all_), key=lambda one: measure_kind(one).weight)
    because = tuple(one for one in all_ if one.threshold.measure == kind)
    return Proposed(kind, because, tuple(one for one in all_ if one.threshold.measure != kind))
