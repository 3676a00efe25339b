"""What an import brings, between its check and its taking: one table a fact table, unlogged.

The rows lie in the schema `staging` until the import is taken or given up. They can always be made
again from the files, so a crash of the server may empty them: `is_whole` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import duckdb
from django.db import connection

from phaseout.facts.tables import FACT_TABLES
from phaseout.registry.copying import from_engine, scratch_folder
from phaseout.registry.models.versions import KEYS
from phaseout.registry.standing import VERSIONED

FEW = 500
"""Up to so many rows the planner may guess: any plan is good."""

Told = Callable[[str, int, int], None]
"""Called as (table, rows staged so far, rows in all)."""


def staged(import_id: int, table: str) -> str:
    """The name of the staging table."""
    return f"staging.import_{int(import_id)}_{table}"


def stage(
    engine: duckdb.DuckDBPyConnection, import_id: int, told: Told | None = None
) -> Mapping[str, int]:
    """Copy the facts of `engine` into the staging tables of an import; returns table → rows, for
    tables that have any. What an earlier check left is replaced."""
    clear(import_id)
    found = {
        table: int(engine.execute(f"SELECT count(*) FROM facts.{table}").fetchall()[0][0])
        for table in VERSIONED
    }
    rows = {table: count for table, count in found.items() if count}
    total, done = sum(rows.values()), 0
    with scratch_folder() as folder:
        for table, count in rows.items():
            _create(import_id, table)
            columns = FACT_TABLES[table]
            listed = ", ".join(f'"{name}"' for name in columns)
            query = f"SELECT {listed} FROM facts.{table}"
            from_engine(engine, query, staged(import_id, table), columns, folder)
            done += count
            if told is not None:
                told(table, done, total)
    _analyse(import_id, [table for table, count in rows.items() if count > FEW])
    return rows


def is_whole(import_id: int, rows: Mapping[str, int]) -> bool:
    """Whether the staging tables still hold as many rows as were staged."""
    there = _there(import_id)
    if not all(staged(import_id, table) in there for table in rows):
        return False
    with connection.cursor() as cursor:
        for table, count in rows.items():
            cursor.execute(f"SELECT count(*) FROM {staged(import_id, table)}")
            if cursor.fetchall() != [(count,)]:
                return False
    return True


def clear(import_id: int) -> None:
    """Drop the staging tables of an import."""
    if names := _there(import_id):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {', '.join(sorted(names))}")


def _create(import_id: int, table: str) -> None:
    columns = ", ".join(f'"{name}"' for name in FACT_TABLES[table])
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE UNLOGGED TABLE {staged(import_id, table)} AS "
            f"SELECT {columns} FROM fact_{table} WITH NO DATA"
        )


def _analyse(import_id: int, tables: Iterable[str]) -> None:
    # New tables have no statistics, and the planner would guess a handful of rows.
    with connection.cursor() as cursor:
        for table in tables:
            key = ", ".join(f'"{name}"' for name in KEYS[table])
            cursor.execute(f"ANALYZE {staged(import_id, table)} ({key})")


def _there(import_id: int) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'staging.' || relname FROM pg_class WHERE relkind = 'r' AND relnamespace = "
            "'staging'::regnamespace AND relname LIKE %s",
            [f"import\\_{int(import_id)}\\_%"],
        )
        return {name for (name,) in cursor.fetchall()}
