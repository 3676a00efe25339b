"""Which versions stand: SQL for the rows of a fact table, of some enterprises, as of a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from phaseout.facts.tables import FACT_TABLES

OF_ENTERPRISES = ("enterprises", "lines", "allowances", "permits")
OF_OUTLETS = ("permitted", "monitoring")
VERSIONED = tuple(table for table in FACT_TABLES if table != "unit_factors")


def owner_of(table: str) -> tuple[str, str]:
    """(column, kind) of whose fact a row of the table is."""
    if table == "conditions":
        return "owner_id", "condition"  # the row of its owner says so too
    if table in OF_ENTERPRISES:
        return "uscc", "uscc"
    return ("outlet_id", "outlet") if table in OF_OUTLETS else ("line_id", "line")


@dataclass(slots=True)
class Standing:
    """The versions that stand: of the enterprises `usccs` (None: of all), as known at the end of
    the day `known_on` (None: now).

    Lines and outlets are looked up first: with their ids as values the database reads only the
    readings of these outlets, month by month by index.
    """

    usccs: Collection[str] | None = None
    known_on: date | None = None
    lines: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.usccs is not None:
            self.usccs = list(self.usccs)
            self.lines = self._ids("line_id", "lines")
            self.outlets = self._ids("outlet_id", "outlets")

    def query(self, table: str) -> tuple[str, dict[str, Any]]:
        """SQL of the rows of `table` in the columns of `facts.tables`, and its parameters."""
        columns = ", ".join(f'v."{name}"' for name in FACT_TABLES[table])
        return f"SELECT {columns} FROM fact_{table} AS v WHERE {self.where(table)}", self.parameters

    def where(self, table: str) -> str:
        """The condition on versions `v` of `table`."""
        stands = (
            "v.replaced_by_id IS NULL"
            if self.known_on is None
            else "v.known_on <= %(day)s AND (v.replaced_on IS NULL OR v.replaced_on > %(day)s)"
        )
        return stands if self.usccs is None else f"{stands} AND {self._owned(table)}"

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "day": self.known_on,
            "usccs": self.usccs,
            "lines": self.lines,
            "outlets": self.outlets,
        }

    def _owned(self, table: str) -> str:
        if table in OF_ENTERPRISES:
            return "v.uscc = ANY(%(usccs)s)"
        if table in OF_OUTLETS:
            return "v.outlet_id = ANY(%(outlets)s)"
        if table == "conditions":
            return (
                "(v.owner_kind = 'outlet' AND v.owner_id = ANY(%(outlets)s) OR "
                "v.owner_kind = 'energy' AND v.owner_id IN "
                "(SELECT e.fact_id FROM fact_energy AS e WHERE e.line_id = ANY(%(lines)s)))"
            )
        return "v.line_id = ANY(%(lines)s)"

    def _ids(self, column: str, table: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT v.{column} FROM fact_{table} AS v WHERE {self.where(table)}",
                self.parameters,
            )
            return [found for (found,) in cursor.fetchall()]
