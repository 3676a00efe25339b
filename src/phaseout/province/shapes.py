"""What is made before it is written: enterprises, lines, outlets, and the rows of the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from phaseout.province.menu import Kind

Cell = str
"""Every cell is text by the time it is written; an empty text is *not known*."""

TABLES: Mapping[str, tuple[str, ...]] = {
    "enterprises": ("uscc", "name", "division_code", "industry", "employees", "address"),
    "lines": (
        "line_id",
        "uscc",
        "name",
        "industry",
        "division_code",
        "product",
        "capacity",
        "capacity_unit",
        "commissioned_on",
        "approved_on",
        "status",
    ),
    "equipment": ("equipment_id", "line_id", "type", "attribute", "value", "unit", "status"),
    "energy": (
        "line_id",
        "product",
        "process",
        "indicator",
        "period_start",
        "period_end",
        "value",
        "unit",
        "conditions",
    ),
    "energy_inputs": (
        "line_id",
        "product",
        "indicator",
        "period_start",
        "period_end",
        "energy",
        "quantity",
        "unit",
        "kgce_per_unit",
    ),
    "outputs": ("line_id", "product", "period_start", "period_end", "quantity", "unit"),
    "outlets": (
        "outlet_id",
        "line_id",
        "medium",
        "source",
        "limit_kind",
        "standard",
        "permitted_concentrations",
        "conditions",
    ),
    "monitoring": (
        "outlet_id",
        "pollutant_code",
        "time",
        "averaging",
        "value",
        "unit",
        "flag",
        "o2",
        "flow",
        "manual",
    ),
    "allowances": ("uscc", "pollutant_code", "year", "tonnes", "kind"),
    "tests": (
        "sample_id",
        "line_id",
        "product",
        "characteristic",
        "value",
        "unit",
        "sampled_on",
        "retest_of",
        "uncertainty",
    ),
    "hazards": ("hazard_id", "line_id", "criterion", "found_on", "note"),
    "permits": ("uscc", "kind", "number", "valid_from", "valid_to"),
}
"""The tables of `shared/spec/facts.md` and their columns, in the order they are written."""


class Rows:
    """Rows by table, in the order they were made."""

    def __init__(self) -> None:
        self.by_table: dict[str, list[tuple[Cell, ...]]] = {table: [] for table in TABLES}

    def add(self, table: str, *cells: Cell) -> None:
        """One row; as many cells as the table has columns.

        Raises:
            ValueError: another number of cells.
        """
        if len(cells) != len(TABLES[table]):
            raise ValueError(f"{table} has {len(TABLES[table])} columns, not {len(cells)}")
        self.by_table[table].append(cells)


@dataclass(frozen=True, slots=True)
class Line:
    """A fictional production line. `share_of_capacity` is what it makes of its capacity a year."""

    line_id: str
    kind: Kind
    name: str
    product: str
    capacity: float
    commissioned_on: date
    approved_on: date | None
    status: str
    in_english: bool


@dataclass(frozen=True, slots=True)
class Enterprise:
    """A fictional enterprise, number `number` of its province."""

    number: int
    uscc: str
    name: str
    division_code: str
    industry: str
    employees: int | None
    address: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Spell:
    """Hours `first` to `last` (both inside) of the window in which something is different: a data
    mark other than N, a factor on the concentration, or no reading at all (`mark` is empty)."""

    first: int
    last: int
    mark: str
    factor: float


@dataclass(frozen=True, slots=True)
class Series:
    """One pollutant of one outlet: `level` is the measured mean in `unit`, `swing` its relative
    spread, `noise` the seed of its noise."""

    code: str
    unit: str
    level: float
    swing: float
    digits: int
    noise: int


@dataclass(frozen=True, slots=True)
class Plan:
    """How an outlet is to be measured through the window: a reading every `step` hours."""

    outlet_id: str
    step: int
    flow: float
    o2: float | None
    series: tuple[Series, ...]
    spells: tuple[Spell, ...] = field(default=())
