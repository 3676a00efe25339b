"""What an import would change: staged rows beside the versions that stand, table by table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import duckdb
from django.db import connection

from phaseout.facts.schema import tables
from phaseout.facts.tables import FACT_TABLES
from phaseout.registry.imports.absent import keeps_list
from phaseout.registry.imports.kept_rows import Kept
from phaseout.registry.imports.matching import differs, same_key, time_span
from phaseout.registry.imports.staging import staged
from phaseout.registry.models.versions import KEYS

SHOWN = 12
"""So many examples of new and of changed rows are kept for each table."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One table: how many staged rows are new, changed, unchanged; examples of the first two.

    `seen` sums up which versions the rows met: where it and the counts are the same, the import
    would do the same.
    """

    new: int
    changed: int
    unchanged: int
    seen: str
    samples: dict[str, list[dict[str, Any]]]

    @property
    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ("new", "changed", "unchanged")}

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def compare(
    import_id: int, staged_tables: Collection[str], absent: Mapping[str, Any] | None = None
) -> dict[str, Comparison]:
    """Table → what its staged rows would do. Lists that are taken apart count with their owner.

    Args:
        absent: what `absent.take_over` found of columns that the files do not have.
    """
    return {
        table: _compare(import_id, table, staged_tables, absent or {})
        for table in tables()
        if table in staged_tables
    }


def all_new(engine: duckdb.DuckDBPyConnection, kept: Kept) -> dict[str, Comparison]:
    """Table → what its kept rows would do: of none of them is anything registered."""
    return {
        table: Comparison(count, 0, 0, "0", {"new": _new_samples(engine, table)})
        for table, count in kept.tables.items()
        if table in tables()
    }


def _new_samples(engine: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    names = list(FACT_TABLES[table])
    cells = [_as_the_database_writes(table, name) for name in names]
    if table == "outlets":
        names.append("permitted_concentrations")
        cells.append(
            "(SELECT string_agg(p.pollutant_code || '=' || p.value || ' ' || p.unit, ';' "
            "ORDER BY p.pollutant_code) FROM facts.permitted AS p WHERE p.outlet_id = s.outlet_id)"
        )
    query = f"SELECT {', '.join(cells)} FROM facts.{table} AS s LIMIT {SHOWN}"
    nothing: list[str | None] = [None] * len(names)
    return [_sample(table, names, list(row), nothing) for row in engine.execute(query).fetchall()]


def _as_the_database_writes(table: str, name: str) -> str:
    """SQL (engine) of a cell as PostgreSQL writes it: 35 and not 35.0."""
    text = f's."{name}"::VARCHAR'
    return f"regexp_replace({text}, '[.]0$', '')" if FACT_TABLES[table][name] == "DOUBLE" else text


def _compare(
    import_id: int, table: str, staged_tables: Collection[str], absent: Mapping[str, Any]
) -> Comparison:
    joined = _joined(import_id, table, staged_tables, absent)
    with connection.cursor() as cursor:
        # A hash of each version met, summed up: the order of the rows plays no part.
        cursor.execute(
            "SELECT count(*) FILTER (WHERE version IS NULL), "
            "count(*) FILTER (WHERE version IS NOT NULL AND differs), "
            "count(*) FILTER (WHERE version IS NOT NULL AND NOT differs), "
            "coalesce(sum(hashint8extended(version, 0)::numeric), 0) "
            f"FROM ({joined}) AS joined"
        )
        ((new, changed, unchanged, seen),) = cursor.fetchall()
    samples = {
        kind: _samples(table, joined, condition)
        for kind, count, condition in (
            ("changed", changed, "version IS NOT NULL AND differs"),
            ("new", new, "version IS NULL"),
        )
        if count
    }
    return Comparison(new, changed, unchanged, str(seen), samples)


def _joined(
    import_id: int, table: str, staged_tables: Collection[str], absent: Mapping[str, Any]
) -> str:
    """SQL: every staged row with the version it meets, both as arrays of texts."""
    rows = staged(import_id, table)
    pairs = [(f's."{name}"::text', f'v."{name}"::text') for name in FACT_TABLES[table]]
    changed, lists = differs(table), ""
    if table == "outlets":
        ours = "staged_list.text"
        if keeps_list(absent, table, "permitted_concentrations"):
            ours = "coalesce(staged_list.text, standing_list.text)"
        pairs.append((ours, "standing_list.text"))
        changed = f"({changed} OR {ours} IS DISTINCT FROM standing_list.text)"
        lists = _permitted(import_id, staged_tables)
    said, stands = (", ".join(pair[at] for pair in pairs) for at in (0, 1))
    return (
        f"SELECT v.id AS version, {changed} AS differs, ARRAY[{said}] AS ours, "
        f"ARRAY[{stands}] AS theirs FROM {rows} AS s LEFT JOIN fact_{table} AS v "
        f"ON v.replaced_by_id IS NULL AND {same_key(table)}{time_span(table, rows)} {lists}"
    )


def _permitted(import_id: int, staged_tables: Collection[str]) -> str:
    """SQL that joins the permitted concentrations of an outlet as one text: staged, standing."""
    text = (
        "string_agg(p.pollutant_code || '=' || p.value || ' ' || p.unit, ';' "
        "ORDER BY p.pollutant_code) AS text"
    )
    if "permitted" in staged_tables:
        of_import = (
            f"SELECT outlet_id, {text} FROM {staged(import_id, 'permitted')} AS p GROUP BY 1"
        )
    else:
        of_import = "SELECT NULL::text AS outlet_id, NULL::text AS text"
    return (
        f"LEFT JOIN ({of_import}) AS staged_list ON staged_list.outlet_id = s.outlet_id "
        f"LEFT JOIN LATERAL (SELECT {text} FROM fact_permitted AS p "
        "WHERE p.outlet_id = v.outlet_id AND p.replaced_by_id IS NULL) AS standing_list ON true"
    )


def _samples(table: str, joined: str, condition: str) -> list[dict[str, Any]]:
    names = [*FACT_TABLES[table], *(["permitted_concentrations"] if table == "outlets" else [])]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT ours, theirs FROM ({joined}) AS joined WHERE {condition} LIMIT {SHOWN}"
        )
        return [_sample(table, names, ours, theirs) for ours, theirs in cursor.fetchall()]


def _sample(
    table: str, names: list[str], ours: list[str | None], theirs: list[str | None]
) -> dict[str, Any]:
    """The row as its key, and every cell that the import says otherwise: (before, after)."""
    natural = tables()[table].key if "fact_id" in KEYS[table] else KEYS[table]
    new, old = dict(zip(names, ours, strict=True)), dict(zip(names, theirs, strict=True))
    return {
        "key": {name: new.get(name) for name in natural},
        "cells": {
            name: [old[name], new[name]]
            for name in names
            if name not in natural and name != "fact_id" and new[name] != old[name]
        },
    }
