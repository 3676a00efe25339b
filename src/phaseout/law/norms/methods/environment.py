"""How monitoring data are read: which marks count, what share suffices, how values are converted.

Sources of the rules: emission_method (docs/judgement/environment.md repeats them by section).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from phaseout.law.norms.records import DatedRow, Row


@dataclass(frozen=True, slots=True)
class DataMark(DatedRow):
    """A mark a reading may carry, by edition of HJ 212. `use`: valid, stopped or invalid.

    A stopped hour leaves the base of the capture rate; an invalid one does not. A mark without
    a row is not valid, reason unknown. `check_order` yes: the value may hide an exceedance.
    """

    mark: str
    meaning_zh: str
    meaning_en: str
    use: str
    check_order: str


@dataclass(frozen=True, slots=True)
class ValidityShare(DatedRow):
    """The least share of operating time with valid data, of a `span` (day or quarter)."""

    medium: str
    span: str
    share: Decimal


@dataclass(frozen=True, slots=True)
class ReplacementStep(DatedRow):
    """What stands in for a lost hour when a quantity is summed up.

    For a quarterly capture rate within [capture_from, capture_below) and a gap of more than
    `gap_above` and up to `gap_up_to` hours (None: any length): the largest hourly emission of
    the last `valid_hours` valid hours. No step fits: nothing is filled.
    """

    capture_from: Decimal
    capture_below: Decimal
    gap_above: int
    gap_up_to: int | None
    valid_hours: int


@dataclass(frozen=True, slots=True)
class EmissionFigure(Row):
    """A single figure of the arithmetic: oxygen in air, kilograms in a milligram."""

    figure: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class OxygenAmendment(Row):
    """An amendment that brings a reference oxygen, whose start was not seen.

    Acts before `not_before` are judged on the measured value in any case. The start is the
    decision of kind `parameter`, subject `o2_amendment_start`, key = source id, value = day.
    """

    amends: str
    not_before: date


@dataclass(frozen=True, slots=True)
class PermitRegime(DatedRow):
    """Since when, and by which text, the permitted concentration is the number to compare."""

    basis_zh: str
    basis_en: str


@dataclass(frozen=True, slots=True)
class IntegratedStandard(Row):
    """A standard for all trades (综合标准): gives way to an industry standard."""

    standard: str


@dataclass(frozen=True, slots=True)
class OutletCoverage(Row):
    """An outlet name that a row of another, wider name also covers, within one standard."""

    industry: str
    outlet_zh: str
    row_source_zh: str


@dataclass(frozen=True, slots=True)
class SourceFact(Row):
    """What the name of an outlet settles by itself: a condition key and its value."""

    source_zh: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class AlternativeKey(Row):
    """Two condition keys for one property in different units: either may be given."""

    key: str
    alternative: str


@dataclass(frozen=True, slots=True)
class ConditionWord(Row):
    """Another word for a value of a condition."""

    word: str
    means: str


@dataclass(frozen=True, slots=True)
class AllowanceKind(DatedRow):
    """A ceiling of total quantity, the span it is counted over and the article that rests on it."""

    kind: str
    span: str
    basis_zh: str
    basis_en: str


TABLES: Mapping[str, type[Row]] = {
    "data_marks": DataMark,
    "validity_shares": ValidityShare,
    "replacement_steps": ReplacementStep,
    "emission_figures": EmissionFigure,
    "oxygen_amendments": OxygenAmendment,
    "permit_regimes": PermitRegime,
    "integrated_standards": IntegratedStandard,
    "outlet_coverage": OutletCoverage,
    "source_facts": SourceFact,
    "alternative_keys": AlternativeKey,
    "condition_words": ConditionWord,
    "allowance_kinds": AllowanceKind,
}
