"""What an import brings, between its check and its taking: one table a fact table, unlogged.

The rows lie in the schema `staging` until the import is taken or given up. They can always be made
again from the files, so a crash of the server may empty them: `is_whole` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping

import duckdb
from django.db import connection, transaction

from phaseout.accounts.rows import whole_reach
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


def rows_of(engine: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Table → rows, for the tables of facts that have any."""
    counted = " UNION ALL ".join(
        f"SELECT '{table}', count(*) FROM facts.{table}" for table in VERSIONED
    )
    found = dict(engine.execute(counted).fetchall())
    return {table: found[table] for table in VERSIONED if found[table]}


@transaction.atomic
def stage(
    engine: duckdb.DuckDBPyConnection,
    import_id: int,
    told: Told | None = None,
    *,
    but: Container[str] = (),
) -> Mapping[str, int]:
    """Copy the facts of `engine` into the staging tables of an import; returns table → rows, for
    tables that have any. What an earlier check left is replaced.

    `but` names tables that need not be staged.
    """
    clear(import_id)
    rows = {table: count for table, count in rows_of(engine).items() if table not in but}
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
        # Whoever gives an import up on a page does so in a role that owns no table.
        with whole_reach(), connection.cursor() as cursor:
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
