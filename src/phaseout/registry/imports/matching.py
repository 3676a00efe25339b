"""How a staged row finds the version that stands: SQL shared by comparing and writing."""

from __future__ import annotations

from django.db import connection

from phaseout.facts.tables import FACT_TABLES
from phaseout.registry.models.versions import KEYS, VERSIONS


def same_key(table: str, one: str = "s", other: str = "v") -> str:
    """SQL that is true where both rows have the same key."""
    return " AND ".join(_same(table, name, one, other) for name in KEYS[table])


def _same(table: str, name: str, one: str, other: str) -> str:
    field = VERSIONS[table]._meta.get_field(name)
    if not field.null:
        return f'{one}."{name}" = {other}."{name}"'
    # Not IS NOT DISTINCT FROM, which no index and no hash join serves. No text of a fact is empty.
    return f"coalesce({one}.\"{name}\"::text, '') = coalesce({other}.\"{name}\"::text, '')"


def content(table: str) -> tuple[str, ...]:
    """The columns that are not of the key."""
    return tuple(name for name in FACT_TABLES[table] if name not in KEYS[table])


def differs(table: str, one: str = "s", other: str = "v") -> str:
    """SQL that is true where the two rows say different things."""
    ours, theirs = (", ".join(f'{row}."{name}"' for name in content(table)) for row in (one, other))
    return f"ROW({ours}) IS DISTINCT FROM ROW({theirs})"


def time_span(table: str, rows: str, version: str = "v") -> str:
    """For readings: SQL of the span of time of the staged `rows`, so that no month outside is
    looked at; for other tables nothing."""
    if table != "monitoring":
        return ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(time), max(time) FROM {rows}")
        ((first, last),) = cursor.fetchall()
    return f" AND {version}.time BETWEEN '{first}' AND '{last}'" if first else " AND false"
