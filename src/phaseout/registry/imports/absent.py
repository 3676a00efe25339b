"""Columns that a file does not have: what is registered in them stays. An empty cell empties.

A file that leaves a column out says nothing about it; a cell that is there and empty says that
nothing is known. So the staged rows take over what stands in the columns that are absent, before
they are compared: what is shown, and what is then written, is the whole row.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from django.db import connection

from phaseout.facts.tables import FACT_TABLES
from phaseout.registry.imports.matching import same_key, time_span
from phaseout.registry.imports.staging import staged
from phaseout.registry.models.versions import KEYS

Absent = Mapping[str, tuple[str, ...]]
"""Table → its optional columns that the files do not have."""

LISTS = frozenset({"permitted_concentrations", "conditions"})
"""Columns that are taken apart into lists: absent, the registered list stays as it is."""


def take_over(import_id: int, absent: Absent, staged_tables: Container[str]) -> dict[str, Any]:
    """Fill the absent columns of staged rows with what stands; a row that meets nothing stays.

    Returns table → `columns` that are absent and `rows` that keep something in them; tables of
    which no row meets anything are left out.
    """
    found = {}
    for table, columns in absent.items():
        if table in staged_tables and (met := _met(import_id, table)):
            kept = _fill(import_id, table, columns)
            found[table] = {"columns": list(columns), "rows": kept, "met": met}
    return found


def keeps_list(absent: Mapping[str, Any], table: str, column: str) -> bool:
    """Whether the list of a table that is being imported stays as it is registered.

    Args:
        absent: as `take_over` returned it.
    """
    return column in absent.get(table, {}).get("columns", ())


def _met(import_id: int, table: str) -> int:
    return _counted(f"SELECT count(*) FROM {_pairs(import_id, table)}")


def _fill(import_id: int, table: str, columns: tuple[str, ...]) -> int:
    """Returns how many rows took something over."""
    own = [f'"{c}"' for c in columns if c in FACT_TABLES[table] and c not in KEYS[table]]
    if not own:
        return 0
    ours, theirs = (", ".join(f"{row}.{name}" for name in own) for row in ("s", "v"))
    taken = ", ".join(f"{name} = v.{name}" for name in own)
    rows = staged(import_id, table)
    return _counted(
        f"WITH filled AS (UPDATE {rows} AS s SET {taken} FROM fact_{table} AS v "
        f"WHERE v.replaced_by_id IS NULL AND {same_key(table)}{time_span(table, rows)} "
        f"AND ROW({ours}) IS DISTINCT FROM ROW({theirs}) RETURNING 1) SELECT count(*) FROM filled"
    )


def _pairs(import_id: int, table: str) -> str:
    rows = staged(import_id, table)
    return (
        f"{rows} AS s JOIN fact_{table} AS v ON v.replaced_by_id IS NULL AND {same_key(table)}"
        f"{time_span(table, rows)}"
    )


def _counted(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        ((count,),) = cursor.fetchall()
    return int(count)
