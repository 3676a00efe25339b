"""What the norm book offers to a kind of line on a day: the rows a made-up value is made around.

When no edition is in force on the day, the rows of the nearest other edition lend their names and
sizes, so that the fact exists and the judgement says that our record has a hole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from phaseout.law.norms.book import NormBook
from phaseout.law.norms.records import (
    DatedRow,
    EmissionLimit,
    EnergyFactor,
    EnergyLimit,
    EquipmentEntry,
    HazardCriterion,
    ProductLimit,
)
from phaseout.province.menu import Kind

D = TypeVar("D", bound=DatedRow)

EXISTING_GRADES = ("limit", "grade3")
NEW_GRADES = ("access", "grade2")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One energy indicator of a product: the limit of an existing and of a new line."""

    existing: EnergyLimit
    new: EnergyLimit

    def limit_for(self, built_on: date) -> EnergyLimit:
        """The row for a line built on that day: new when built under this edition."""
        start = self.new.effective_from
        return self.new if start is not None and built_on >= start else self.existing


class Menu:
    """The norm book, asked the few questions that making a province needs; answers are kept."""

    def __init__(self, book: NormBook) -> None:
        self._book = book
        self._energy: dict[tuple[str, date], tuple[Indicator, ...]] = {}
        self._emission: dict[tuple[str, str, str, date], tuple[EmissionLimit, ...]] = {}
        self._products: dict[tuple[str, str, date], tuple[ProductLimit, ...]] = {}
        self._hazards: dict[tuple[str, date], tuple[HazardCriterion, ...]] = {}
        self._factors: dict[tuple[str, date], EnergyFactor] = {}
        self._thresholds = {
            (row.equipment_type_zh, row.attribute_en, row.threshold)
            for row in book.equipment_catalogue
        }

    def indicators(self, kind: Kind, on: date) -> tuple[Indicator, ...]:
        """The energy indicators of a kind of line in the edition in force on `on`."""
        key = (kind.kind, on)
        if key not in self._energy:
            self._energy[key] = _indicators(self._book.energy_limits, kind, on)
        return self._energy[key]

    def emission(
        self, industry: str, source: str, code: str, on: date
    ) -> tuple[EmissionLimit, ...]:
        """Rows with a figure for the pollutant at that source, of the industry or of all."""
        key = (industry, source, code, on)
        if key not in self._emission:
            mine = (
                row
                for row in self._book.emission_limits
                if row.industry in (industry, "all")
                and row.source_zh == source
                and row.pollutant_code == code
                and row.value is not None
            )
            self._emission[key] = tuple(_nearest(mine, on))
        return self._emission[key]

    def characteristics(self, industry: str, product: str, on: date) -> tuple[ProductLimit, ...]:
        """Characteristics of the product in the editions in force on `on`."""
        key = (industry, product, on)
        if key not in self._products:
            mine = (
                row
                for row in self._book.product_standards
                if row.industry == industry and row.product_zh == product
            )
            self._products[key] = _unique(_nearest(mine, on))
        return self._products[key]

    def hazards(self, industry: str, on: date) -> tuple[HazardCriterion, ...]:
        """Criteria of the industry whose source is in force on `on`."""
        key = (industry, on)
        if key not in self._hazards:
            self._hazards[key] = tuple(
                row
                for row in self._book.hazard_criteria
                if row.industry == industry and self._in_force(row.source_id, on)
            )
        return self._hazards[key]

    def factor(self, energy: str, on: date) -> EnergyFactor:
        """Coal equivalent of one unit of the energy.

        Raises:
            KeyError: the norm book knows no such energy.
        """
        key = (energy, on)
        if key not in self._factors:
            rows = [
                row
                for row in self._book.energy_factors
                if row.energy_zh == energy and row.kgce_per_unit is not None
            ]
            if not rows:
                raise KeyError(energy)
            self._factors[key] = next((row for row in rows if row.holds_on(on)), rows[0])
        return self._factors[key]

    def thresholds(self, equipment_type: str, attribute: str) -> list[Decimal]:
        """The bounds that catalogues set for that attribute, in rising order."""
        found: set[Decimal] = set()
        for kind, name, threshold in self._thresholds:
            if kind == equipment_type and name == attribute and attribute != "presence":
                found.update(Decimal(part) for part in threshold.split(";") if part)
        return sorted(found)

    def _in_force(self, source_id: str, on: date) -> bool:
        source = self._book.source(source_id)
        day = on.isoformat()
        return source.effective_from <= day and day <= (source.effective_to or "9999")


def equipment_known(book: NormBook) -> frozenset[tuple[str, str]]:
    """Every pair of equipment type and attribute that a catalogue names."""
    return frozenset(
        (row.equipment_type_zh, row.attribute_en)
        for row in book.equipment_catalogue
        if isinstance(row, EquipmentEntry)
    )


def _indicators(rows: Sequence[EnergyLimit], kind: Kind, on: date) -> tuple[Indicator, ...]:
    mine = [
        row
        for row in rows
        if row.industry == kind.industry
        and row.product_zh in kind.products
        and row.process_zh in kind.processes
        and row.grade in EXISTING_GRADES + NEW_GRADES
        and row.value is not None
    ]
    nearest = _nearest(mine, on)
    found: dict[tuple[str, str, str], dict[bool, EnergyLimit]] = {}
    for row in nearest:
        grades = found.setdefault((row.product_zh, row.process_zh, row.indicator_zh), {})
        grades.setdefault(row.grade in NEW_GRADES, row)
    return tuple(
        Indicator(grades.get(False, any_row), grades.get(True, any_row))
        for grades in found.values()
        for any_row in [next(iter(grades.values()))]
    )


def _nearest(rows: Iterable[D], on: date) -> list[D]:
    """The rows in force on `on`; if none is, those of the edition that begins nearest to it."""
    known = list(rows)
    holding = [row for row in known if row.holds_on(on)]
    if holding or not known:
        return holding
    nearest = min(known, key=lambda row: abs(((row.effective_from or on) - on).days))
    return [row for row in known if row.source_id == nearest.source_id]


def _unique(rows: Iterable[ProductLimit]) -> tuple[ProductLimit, ...]:
    found: dict[str, ProductLimit] = {}
    for row in rows:
        found.setdefault(row.characteristic_zh, row)
    return tuple(found.values())
