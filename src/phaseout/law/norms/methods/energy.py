"""Unit energy consumption: grades, corrections, names across editions, own factors, known gaps.

The figures are those of `energy_method.md` section 3, each with the clause it comes from. How a
correction is computed is its `form`; `energy.sql` knows the forms, this table the figures:

    add           limit + coefficient                        when the choice or range fits
    add_linear    limit + coefficient × (x − base) / per     x − base kept within [low, high]
    add_table     limit + value between the points of the table; no value outside them
    times         limit or value × coefficient               when the choice fits
    times_linear  limit × (intercept + coefficient × x / per)
    times_power   value × (x / base) ^ exponent
    unknown       the correction exists, its figures are not in our record

where x is the fact's condition `key`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from phaseout.law.norms.records import DatedRow, Row


@dataclass(frozen=True, slots=True)
class EnergyGrade(Row):
    """What a grade of a limit stands for: `existing` plants, `new` plants, or a `target` only."""

    grade: str
    stands_for: str
    label_zh: str
    label_en: str


@dataclass(frozen=True, slots=True)
class EnergyCorrection(DatedRow):
    """One figure of a correction. Empty product, process or grade: all of the rows that name it.

    `target` is value or limit. `phase` orders the steps: 1 add, 2 times, 3 times, 4 add.
    The gate (`gate_key gate_operator gate_value`) must hold, or nothing is corrected.
    `choice` lists texts with |; `above` is outside, `up_to` inside the range it opens.
    `outside` says what a given text or number means that fits no line: none (no correction) or
    undetermined (no verdict, a person decides). `missing` says what the correction could do when
    its input is not given: relaxes, tightens, either.
    """

    correction: str
    product_zh: str
    process_zh: str
    grade: str
    target: str
    phase: int
    form: str
    key: str
    gate_key: str
    gate_operator: str
    gate_value: Decimal | None
    base: Decimal | None
    coefficient: Decimal | None
    per: Decimal | None
    exponent: Decimal | None
    intercept: Decimal | None
    low: Decimal | None
    high: Decimal | None
    choice: str
    above: Decimal | None
    up_to: Decimal | None
    outside: str
    missing: str
    label_zh: str
    label_en: str


@dataclass(frozen=True, slots=True)
class EnergyCorrectionPoint(Row):
    """A point of a correction table; between two neighbours the addition is linear."""

    correction: str
    process_zh: str
    point: Decimal
    addition: Decimal


@dataclass(frozen=True, slots=True)
class EnergyName(Row):
    """Another name of the same thing: a product, process or indicator renamed by a later edition,
    or an energy as plants name it beside its names in the factor table.

    `product_zh` narrows it to one product; empty: all. A finding that rests on such a name of a
    product, process or indicator is provisional (`name_by_correspondence`).
    """

    kind: str
    product_zh: str
    name_zh: str
    same_as_zh: str


@dataclass(frozen=True, slots=True)
class EnergySpecialFactor(Row):
    """An energy that one standard counts by its own factor. Empty product or indicator: all."""

    product_zh: str
    indicator_zh: str
    energy_zh: str
    factor_zh: str


@dataclass(frozen=True, slots=True)
class EnergyGap(DatedRow):
    """What we know to be missing: the document (`source_id`) that holds for the product, or stands
    nearest to it, and whose figures we do not have. Empty product: the whole industry."""

    industry: str
    product_zh: str
    reason: str
    text_zh: str
    text_en: str


TABLES: Mapping[str, type[Row]] = {
    "energy_grades": EnergyGrade,
    "energy_corrections": EnergyCorrection,
    "energy_correction_points": EnergyCorrectionPoint,
    "energy_names": EnergyName,
    "energy_special_factors": EnergySpecialFactor,
    "energy_gaps": EnergyGap,
}
