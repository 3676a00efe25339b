"""The rows in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from phaseout.law.industries import ALL_INDUSTRIES
from phaseout.law.norms.book import TABLES, NormBook
from phaseout.law.norms.gaps import DIMENSION_TABLES
from phaseout.law.norms.records import Row
from phaseout.law.norms.validity import of_row


@dataclass(frozen=True, slots=True)
class InForce:
    """The rows that hold on a day, by table; `undated` are those whose document prints no day
    that would tell (a month or a year only)."""

    on: date
    rows: Mapping[str, tuple[Row, ...]]
    undated: tuple[Row, ...]


def in_force(
    book: NormBook,
    on: date,
    *,
    industry: str | None = None,
    dimension: str | None = None,
    product: str | None = None,
) -> InForce:
    """Every row that holds on the day `on`; both ends of a validity are inside.

    Args:
        industry: a key; the rows of every industry (`all`) come with it.
        dimension: energy, environment, quality, safety or technology; None: every table.
        product: part of the name of a product, outlet source or kind of equipment, in Chinese
            or English; capitals do not matter.
    """
    tables = [DIMENSION_TABLES[dimension]] if dimension else list(TABLES)
    if dimension == "energy":
        tables.append("energy_factors")
    found: dict[str, tuple[Row, ...]] = {}
    undated: list[Row] = []
    for table in tables:
        rows = [row for row in getattr(book, table) if _asked(row, industry, product)]
        holds = {
            row.row_id: of_row(row, book.sources.get(row.source_id)).holds_on(on) for row in rows
        }
        found[table] = tuple(row for row in rows if holds[row.row_id])
        undated += [row for row in rows if holds[row.row_id] is None]
    return InForce(on, {table: rows for table, rows in found.items() if rows}, tuple(undated))


_NAMES = (
    "product_zh", "product_en", "process_zh", "process_en", "source_zh", "source_en",
    "equipment_type_zh", "equipment_type_en", "subject_zh", "subject_en",
)  # fmt: skip


def _asked(row: Row, industry: str | None, product: str | None) -> bool:
    if industry is not None:
        own = getattr(row, "industry", None)
        if own is not None and own not in (industry, ALL_INDUSTRIES):
            return False
    if product is None:
        return True
    wanted = product.casefold()
    return any(wanted in str(getattr(row, name, "")).casefold() for name in _NAMES)
