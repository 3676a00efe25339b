"""Typed norm records: one frozen class per table, fields named as the columns of the table.

Both ends of a validity are inside; None at an end is open. A `value` of None says that the
edition sets no figure. Text columns that may be absent are empty strings, never None.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar


class Confidence(StrEnum):
    """How sure we are of a row. Only `verified` supports a finding that is not provisional."""

    VERIFIED = "verified"
    RECALLED_HIGH = "recalled-high"
    RECALLED_MEDIUM = "recalled-medium"


@dataclass(frozen=True, slots=True)
class Source:
    """A document that norm rows cite. Dates are kept as printed: a year or a month may be all
    that is known (`effective_from="2017"`)."""

    source_id: str
    number: str
    title_zh: str
    title_en: str
    issuer: str
    issued_on: str
    effective_from: str
    effective_to: str
    superseded_by: str
    url: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Row:
    """What every norm row has. `row_id` is `table/source_id/number` and lasts for ever."""

    row_id: str
    source_id: str
    clause: str
    evidence: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class DatedRow(Row):
    """A row with a validity."""

    effective_from: date | None
    effective_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on `day`; both ends are inside."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )


@dataclass(frozen=True, slots=True)
class EnergyLimit(DatedRow):
    """A mandatory limit of unit product energy consumption (能耗限额)."""

    industry: str
    product_zh: str
    product_en: str
    process_zh: str
    process_en: str
    indicator_zh: str
    indicator_en: str
    unit: str
    applies_to: str
    grade: str
    comparator: str
    value: Decimal | None
    condition: str


@dataclass(frozen=True, slots=True)
class EnergyFactor(DatedRow):
    """What one unit of an energy counts in kilograms of coal equivalent (kgce)."""

    energy_zh: str
    energy_en: str
    unit: str
    kgce_per_unit: Decimal | None
    basis: str


@dataclass(frozen=True, slots=True)
class EmissionLimit(DatedRow):
    """An emission limit of one pollutant at one kind of outlet."""

    medium: str
    industry: str
    source_zh: str
    source_en: str
    pollutant_zh: str
    pollutant_en: str
    pollutant_code: str
    averaging: str
    unit: str
    limit_kind: str
    comparator: str
    value: Decimal | None
    reference_o2_percent: Decimal | None
    condition: str


@dataclass(frozen=True, slots=True)
class EquipmentEntry(DatedRow):
    """A catalogue entry: one test of one attribute of one kind of equipment."""

    class_: str
    industry: str
    equipment_type_zh: str
    equipment_type_en: str
    attribute_zh: str
    attribute_en: str
    comparator: str
    threshold: str
    unit: str
    exceptions_zh: str
    exceptions_en: str
    deadline: date | None


@dataclass(frozen=True, slots=True)
class HazardCriterion(Row):
    """A criterion of a major accident hazard. Its validity is that of its source document."""

    industry: str
    criterion_zh_short: str
    criterion_en: str


@dataclass(frozen=True, slots=True)
class ProductLimit(DatedRow):
    """A limit of one characteristic of one product. `value_text` keeps the digits as printed:
    they say to how many places a result is rounded before it is compared (GB/T 8170)."""

    industry: str
    product_zh: str
    product_en: str
    characteristic_zh: str
    characteristic_en: str
    comparator: str
    value: Decimal | None
    unit: str

    @property
    def digits(self) -> int:
        """Decimal places of the limit as printed."""
        exponent = self.value.as_tuple().exponent if self.value is not None else 0
        return -int(exponent) if int(exponent) < 0 else 0

    @property
    def last_place(self) -> Decimal:
        """One unit in the last printed place of the limit: 0.01 for `0.06`, 1 for `45`."""
        return Decimal(1).scaleb(-self.digits)


@dataclass(frozen=True, slots=True)
class PriceRule(DatedRow):
    """A surcharge of an electricity or water price. Bands and surcharges are kept as printed:
    some documents print a range or alternatives."""

    measure: str
    industry: str
    subject_zh: str
    subject_en: str
    indicator_en: str
    unit: str
    band_low: str
    band_high: str
    surcharge: str
    surcharge_unit: str
    condition: str


@dataclass(frozen=True, slots=True)
class ProceduralTerm(Row):
    """A period of procedure. `length` as printed: a number, a month-day, or empty."""

    term_en: str
    term_zh: str
    length: str
    unit: str
    starts_on: str


@dataclass(frozen=True, slots=True)
class CreditField(Row):
    """A field of a record of the national credit publicity."""

    record: str
    seq: str
    field_code: str
    name_zh: str
    meaning_en: str
    required: str
    format: str
    max_length: str
    allowed_values: str
    note: str


T = TypeVar("T")


def parse(kind: type[T], cells: Mapping[str, str]) -> T:
    """A record of `kind` from the cells of one table line.

    Raises:
        ValueError: a cell does not fit its field; the message names column and value.
    """
    hints = _hints(kind)  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        column = field.name.rstrip("_")
        try:
            values[field.name] = _convert(hints[field.name], cells[column])
        except KeyError:
            raise ValueError(f"column {column!r} is missing") from None
        except (ValueError, ArithmeticError) as problem:
            raise ValueError(f"{column} = {cells[column]!r}: {problem}") from None
    return kind(**values)


_hints = cache(typing.get_type_hints)


def _convert(hint: Any, text: str) -> Any:
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    if type(None) in options and text == "":
        return None
    target = options[0]
    if target is date:
        return date.fromisoformat(text)
    if target is str:
        return text
    return target(text)
