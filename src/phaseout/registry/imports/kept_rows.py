"""Checked rows that meet nothing registered: kept as files, and brought to their place by one COPY.

Most rows of a large import say something of which nothing is registered yet. They need no
comparing, and are not laid in the database twice: the check writes them beside the evidence as the
table of versions is to hold them, in the order of its key, and the taking copies the files. Of the
day of the taking, which the check cannot know, a mark holds the place that is drawn when the files
are in already, so that no cell can hold it.

That they meet nothing holds as long as nobody changed the registry (`Import.seen`). The files can
always be made again from the evidence, like the staging tables: `Kept.is_there` and the number of
rows copied tell whether they are whole.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from django.conf import settings
from django.db import connection, transaction

from phaseout.facts.tables import FACT_TABLES
from phaseout.registry.copying import copy_file
from phaseout.registry.models.versions import KEYS
from phaseout.registry.standing import owner_of

WORTH_IT = 500
"""A table of fewer rows is staged in the database, where it is compared in no time."""
MOST_ASKED = 500_000
"""Of more keys than that the database is not asked whether it knows them."""

TOGETHER = frozenset({"outlets", "energy", "permitted", "conditions"})
"""Lists follow their owner, and are told as a whole: all of these by one way or by the other."""
SIDE_BY_SIDE = 2
"""So many files are written at a time."""
_LISTS = ("permitted", "conditions")
_FOLDER = ".checked"
_OWNERS = "owners.csv"


@dataclass(frozen=True, slots=True)
class Kept:
    """The files of one check of one import: table → rows, and the months of the readings."""

    import_id: int
    mark: str = ""
    tables: Mapping[str, int] = field(default_factory=dict)
    months: tuple[date, ...] = ()

    def __contains__(self, table: object) -> bool:
        return table in self.tables

    def as_json(self) -> dict[str, Any]:
        """What the row of the import remembers."""
        if not self.tables:
            return {}
        months = [month.isoformat() for month in self.months]
        return {"mark": self.mark, "tables": dict(self.tables), "months": months}

    @classmethod
    def of(cls, import_id: int, told: Mapping[str, Any]) -> Kept:
        """As it was remembered."""
        if not told:
            return cls(import_id)
        months = tuple(date.fromisoformat(month) for month in told["months"])
        return cls(import_id, told["mark"], told["tables"], months)

    @property
    def folder(self) -> Path:
        return _root() / f"{self.import_id}-{self.mark}"

    def is_there(self) -> bool:
        """Whether every file is there."""
        names = [f"{table}.csv" for table in self.tables]
        return not names or all((self.folder / name).exists() for name in (*names, _OWNERS))

    def bring(self, table: str, day: date) -> int:
        """Copy the rows of a table to the versions, as known on `day`; returns how many."""
        columns = [*FACT_TABLES[table], "taken_by_id", "known_on"]
        marked = self.mark.encode(), day.isoformat().encode()
        return copy_file(self.folder / f"{table}.csv", f"fact_{table}", columns, marked)

    def bring_owners(self, target: str) -> None:
        """Copy (kind, id) of whose facts the rows are into the table `target`."""
        if self.tables:
            copy_file(self.folder / _OWNERS, target, ["kind", "id"])


def keep_new(engine: duckdb.DuckDBPyConnection, import_id: int, rows: Mapping[str, int]) -> Kept:
    """Write the tables of `facts` that meet nothing registered; `rows` says how many each has."""
    forget_kept(import_id)
    new = [table for table in rows if table not in _LISTS and _is_new(engine, table, rows[table])]
    chosen = _with_lists(new, rows)
    if not chosen:
        return Kept(import_id)
    months = _months(engine) if "monitoring" in chosen else ()
    kept = Kept(import_id, secrets.token_hex(16), {t: rows[t] for t in chosen}, months)
    kept.folder.mkdir(parents=True, mode=0o750)
    # Side by side: sorting and writing are the engine's work, a query is done by one thread of it.
    with ThreadPoolExecutor(SIDE_BY_SIDE) as writing:
        large_first = sorted(chosen, key=rows.__getitem__, reverse=True)
        work = [writing.submit(_write, engine, kept, table) for table in large_first]
        work.append(writing.submit(_write_owners, engine, kept))
    for each in work:
        each.result()
    return kept


def forget_kept(import_id: int) -> None:
    """Remove what any check of the import kept, once the transaction around is whole."""
    folders = list(_root().glob(f"{int(import_id)}-*"))

    def remove() -> None:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)

    if folders:
        transaction.on_commit(remove)


def _root() -> Path:
    return Path(settings.EVIDENCE_ROOT) / _FOLDER


def _with_lists(new: Collection[str], rows: Mapping[str, int]) -> list[str]:
    owners = {table for table in rows if table in TOGETHER and table not in _LISTS}
    together = TOGETHER if owners <= set(new) else frozenset[str]()
    return [table for table in rows if (table in together if table in TOGETHER else table in new)]


def _is_new(engine: duckdb.DuckDBPyConnection, table: str, rows: int) -> bool:
    """Whether the rows are worth it, and no version stands of any of their keys."""
    if rows < WORTH_IT:
        return False
    if not _exists(f"SELECT 1 FROM fact_{table}", []):
        return True
    key = KEYS[table][0]
    found = engine.execute(
        f'SELECT DISTINCT "{key}" FROM facts.{table} LIMIT {MOST_ASKED + 1}'
    ).fetchall()
    if len(found) > MOST_ASKED:
        return False
    given: list[Any] = [[value for (value,) in found]]
    span = ""
    if table == "monitoring":
        given += engine.execute(f"SELECT min(time), max(time) FROM facts.{table}").fetchall()[0]
        span = " AND time BETWEEN %s AND %s"
    standing = f'SELECT 1 FROM fact_{table} WHERE replaced_by_id IS NULL AND "{key}" = ANY(%s)'
    return not _exists(standing + span, given)


def _exists(query: str, given: Iterable[Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({query})", list(given))
        ((found,),) = cursor.fetchall()
    return bool(found)


def _months(engine: duckdb.DuckDBPyConnection) -> tuple[date, ...]:
    months = "SELECT DISTINCT date_trunc('month', time)::DATE FROM facts.monitoring ORDER BY 1"
    return tuple(month for (month,) in engine.execute(months).fetchall())


def _write(engine: duckdb.DuckDBPyConnection, kept: Kept, table: str) -> None:
    columns, key = (
        ", ".join(f'"{name}"' for name in names) for names in (FACT_TABLES[table], KEYS[table])
    )
    # In the order of the key an index grows at its end, which costs the database far less.
    _copy(
        engine,
        f"SELECT {columns}, {kept.import_id} AS taken_by_id, '{kept.mark}' AS known_on "
        f"FROM facts.{table} ORDER BY {key}",
        kept.folder / f"{table}.csv",
    )


def _write_owners(engine: duckdb.DuckDBPyConnection, kept: Kept) -> None:
    owners = [(table, *owner_of(table)) for table in kept.tables]
    _copy(
        engine,
        " UNION ".join(f"SELECT '{kind}', {column} FROM facts.{t}" for t, column, kind in owners),
        kept.folder / _OWNERS,
    )


def _copy(engine: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    with engine.cursor() as own:  # a connection serves one thread at a time
        own.execute(f"COPY ({query}) TO '{file}' (FORMAT csv, HEADER false)")
