"""New versions out of the staging tables, and what follows from them: set-based, table by table.

All of it runs inside the transaction that takes the import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from psycopg import DataError

from phaseout.facts.tables import FACT_TABLES
from phaseout.registry.capacity.registering import book_import
from phaseout.registry.imports.absent import keeps_list
from phaseout.registry.imports.kept_rows import Kept
from phaseout.registry.imports.matching import differs, same_key, time_span
from phaseout.registry.imports.staging import staged
from phaseout.registry.partitions import make_months, months_in
from phaseout.registry.present_state import (
    bring_enterprises_up_to_date,
    bring_lines_up_to_date,
)
from phaseout.registry.standing import owner_of

Told = Callable[[str, int], None]
"""Called as (table, versions begun)."""

NOTHING_KEPT = Kept(0)


class NotWhole(Exception):
    """The files of a table do not hold what the check wrote there."""


@dataclass(frozen=True, slots=True)
class Writing:
    """One import being written on a business day."""

    import_id: int
    day: date
    tables: tuple[str, ...]
    """those with rows, in the order of `facts.tables`"""
    kept: Kept = NOTHING_KEPT
    """those of them whose rows are kept as files"""
    by: int | None = None
    """who takes the import"""
    absent: Mapping[str, Any] = field(default_factory=dict)
    """columns that the files do not have (`absent.take_over`)"""

    def write(self, told: Told | None = None) -> None:
        """End the versions that are succeeded, begin the new ones, bring the present state and the
        list of touched enterprises up to date."""
        self._run("CREATE TEMP TABLE changed_owner (kind text, id text) ON COMMIT DROP")
        self.kept.bring_owners("changed_owner")
        if "monitoring" in self.kept:
            make_months(self.kept.months)
        elif "monitoring" in self.tables:
            make_months(months_in(staged(self.import_id, "monitoring")))
        for table in self.tables:
            begun = self._bring(table) if table in self.kept else self._succeed(table)
            if told is not None:
                told(table, begun)
        self._end_what_is_no_longer_listed()
        self._bring_up_to_date()
        self._touch()
        self._run("DROP TABLE changed_owner")

    def _bring(self, table: str) -> int:
        """Begin versions that meet nothing; returns how many."""
        try:
            begun = self.kept.bring(table, self.day)
        except DataError as spoilt:
            raise NotWhole(table) from spoilt
        if begun != self.kept.tables[table]:
            raise NotWhole(table)
        return begun

    def _succeed(self, table: str) -> int:
        """End what the staged rows say otherwise, begin what they say; returns how many begun."""
        self._end(table)
        return self._begin(table)

    def _is_staged(self, table: str) -> bool:
        return table in self.tables and table not in self.kept

    def _end(self, table: str) -> int:
        return self._counted(
            f"UPDATE fact_{table} AS v SET replaced_by_id = %(import)s, replaced_on = %(day)s "
            f"FROM {staged(self.import_id, table)} AS s WHERE v.replaced_by_id IS NULL "
            f"AND {same_key(table)} AND {differs(table)}{self._span(table)}",
            table,
        )

    def _begin(self, table: str) -> int:
        columns = [f'"{name}"' for name in FACT_TABLES[table]]
        return self._counted(
            f"INSERT INTO fact_{table} AS v ({', '.join(columns)}, taken_by_id, known_on) "
            f"SELECT {', '.join('s.' + name for name in columns)}, %(import)s, %(day)s "
            f"FROM {staged(self.import_id, table)} AS s WHERE NOT EXISTS (SELECT 1 "
            f"FROM fact_{table} AS v WHERE v.replaced_by_id IS NULL AND {same_key(table)}"
            f"{self._span(table)})",
            table,
        )

    def _span(self, table: str) -> str:
        return time_span(table, staged(self.import_id, table))

    def _end_what_is_no_longer_listed(self) -> None:
        """A list is told as a whole: what an outlet or an energy value no longer lists ends. What
        met nothing had no list before; where the file has no such column, the list stays."""
        if self._tells("outlets", "permitted_concentrations"):
            self._end_unlisted("permitted", "outlets", "v.outlet_id = o.outlet_id")
        if self._tells("outlets", "conditions"):
            owner = "v.owner_kind = 'outlet' AND v.owner_id = o.outlet_id"
            self._end_unlisted("conditions", "outlets", owner)
        if self._tells("energy", "conditions"):
            owner = "v.owner_kind = 'energy' AND v.owner_id = o.fact_id"
            self._end_unlisted("conditions", "energy", owner)

    def _tells(self, table: str, column: str) -> bool:
        """Whether staged rows tell a list as a whole."""
        return self._is_staged(table) and not keeps_list(self.absent, table, column)

    def _end_unlisted(self, table: str, owners: str, owned: str) -> None:
        listed = (
            f"AND NOT EXISTS (SELECT 1 FROM {staged(self.import_id, table)} AS s "
            f"WHERE {same_key(table)})"
            if table in self.tables
            else ""
        )
        self._counted(
            f"UPDATE fact_{table} AS v SET replaced_by_id = %(import)s, replaced_on = %(day)s "
            f"FROM {staged(self.import_id, owners)} AS o "
            f"WHERE v.replaced_by_id IS NULL AND {owned} {listed}",
            table,
        )

    def _bring_up_to_date(self) -> None:
        if "enterprises" in self.tables:
            bring_enterprises_up_to_date(self._keys("enterprises", "uscc"))
        if "lines" in self.tables:
            keys = self._keys("lines", "line_id")
            bring_lines_up_to_date(keys)
            book_import(self.import_id, self.day, keys, by=self.by)

    def _keys(self, table: str, key: str) -> str:
        if table in self.kept:
            return f"SELECT {key} FROM fact_{table} WHERE taken_by_id = {int(self.import_id)}"
        return f"SELECT {key} FROM {staged(self.import_id, table)}"

    def _touch(self) -> None:
        self._run(
            "INSERT INTO registry_touched (uscc) SELECT DISTINCT uscc FROM ("
            "SELECT id AS uscc FROM changed_owner WHERE kind = 'uscc' UNION ALL "
            "SELECT l.uscc FROM changed_owner AS c JOIN fact_lines AS l ON l.line_id = c.id "
            "WHERE c.kind = 'line' AND l.replaced_by_id IS NULL UNION ALL "
            "SELECT l.uscc FROM changed_owner AS c JOIN fact_outlets AS o ON o.outlet_id = c.id "
            "JOIN fact_lines AS l USING (line_id) WHERE c.kind = 'outlet' "
            "AND o.replaced_by_id IS NULL AND l.replaced_by_id IS NULL) AS touched ORDER BY 1"
        )

    def _counted(self, change: str, table: str) -> int:
        """Run a change, note the owners of the rows it changed; returns how many rows."""
        owner, kind = owner_of(table)
        query = (
            f"WITH changed AS ({change} RETURNING v.{owner} AS id), noted AS ("
            f"INSERT INTO changed_owner SELECT DISTINCT '{kind}', id FROM changed) "
            "SELECT count(*) FROM changed"
        )
        with connection.cursor() as cursor:
            cursor.execute(query, {"import": self.import_id, "day": self.day})
            ((count,),) = cursor.fetchall()
        return int(count)

    def _run(self, query: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(query)


def in_order(tables: Iterable[str]) -> tuple[str, ...]:
    """These fact tables in the order of `facts.tables`."""
    given = set(tables)
    return tuple(table for table in FACT_TABLES if table in given)
