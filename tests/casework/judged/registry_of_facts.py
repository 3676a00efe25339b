"""A registry filled from a facts folder by the registry's own writing, without the pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
from django.db import connection

from phaseout.accounts.models import User
from phaseout.facts import take
from phaseout.facts.tables import FACT_TABLES
from phaseout.law.norms import NormBook
from phaseout.registry.imports.staging import clear, stage
from phaseout.registry.imports.writing import Writing, in_order
from phaseout.registry.models import Import, Touched


def fill_registry(facts: Path, on: date) -> None:
    """Take the good rows of `facts` into the registry on the day `on`."""
    with duckdb.connect() as engine:
        take(facts, engine, NormBook.load(), bad_rows="leave_out")
        write_facts_of(engine, on)


def write_facts_of(engine: duckdb.DuckDBPyConnection, on: date) -> None:
    brought = _import(on)
    rows = stage(engine, brought.pk)
    Writing(brought.pk, on, in_order(rows)).write()
    clear(brought.pk)


def change(table: str, values: Mapping[str, object], where: str, on: date) -> None:
    """Succeed the standing versions of `table` that meet `where` by copies with other values."""
    brought = _import(on)
    columns = list(FACT_TABLES[table])
    chosen = ", ".join("%s" if name in values else f'"{name}"' for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE fact_{table} SET replaced_by_id = %s, replaced_on = %s "
            f"WHERE replaced_by_id IS NULL AND {where} RETURNING id",
            [brought.pk, on],
        )
        ended = [id_ for (id_,) in cursor.fetchall()]
        assert ended, "nothing was changed"
        cursor.execute(
            f"INSERT INTO fact_{table} ({names}, taken_by_id, known_on) "
            f"SELECT {chosen}, %s, %s FROM fact_{table} WHERE id = ANY(%s)",
            [*(values[name] for name in columns if name in values), brought.pk, on, ended],
        )
    touch_all()


def touch_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Touched._meta.db_table} (uscc) SELECT uscc FROM registry_enterprise"
        )


def _import(on: date) -> Import:
    user, _ = User.objects.get_or_create(username="importer")
    return Import.objects.create(by=user, received_on=on)
