"""What exists now, out of the versions that stand: enterprises, their sites, their lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection

_ENTERPRISE = ("name", "division_code", "industry", "employees", "address")
_LINE = (
    "name",
    "industry",
    "division_code",
    "product",
    "capacity",
    "capacity_unit",
    "commissioned_on",
    "approved_on",
    "status",
)


def bring_enterprises_up_to_date(keys: str, given: Mapping[str, Any] | None = None) -> None:
    """Enterprises whose USCC the query `keys` yields; `given` are its parameters."""
    columns = ", ".join(_ENTERPRISE)
    _run(
        f"INSERT INTO registry_enterprise AS p (uscc, {columns}) SELECT uscc, {columns} "
        f"FROM fact_enterprises WHERE replaced_by_id IS NULL AND uscc IN ({keys}) "
        f"ON CONFLICT (uscc) DO UPDATE SET {_taken_over(_ENTERPRISE)} "
        f"WHERE {_changed(_ENTERPRISE)}",
        given,
    )


def bring_lines_up_to_date(keys: str, given: Mapping[str, Any] | None = None) -> None:
    """Lines whose id the query `keys` yields, and the sites they stand on."""
    standing = f"FROM fact_lines AS v WHERE v.replaced_by_id IS NULL AND v.line_id IN ({keys})"
    _run(
        "INSERT INTO registry_site (enterprise_id, division_code, name) "
        f"SELECT DISTINCT v.uscc, v.division_code, '' {standing} ON CONFLICT DO NOTHING",
        given,
    )
    columns, columns_v = ", ".join(_LINE), ", ".join(f"v.{name}" for name in _LINE)
    linked = (*_LINE, "enterprise_id", "site_id")
    _run(
        f"INSERT INTO registry_productionline AS p (line_id, {columns}, enterprise_id, site_id) "
        f"SELECT v.line_id, {columns_v}, v.uscc, (SELECT s.id FROM registry_site AS s "
        "WHERE s.enterprise_id = v.uscc AND s.division_code = v.division_code AND s.name = '') "
        f"{standing} ON CONFLICT (line_id) DO UPDATE SET {_taken_over(linked)} "
        f"WHERE {_changed(linked)}",
        given,
    )


def _taken_over(columns: tuple[str, ...]) -> str:
    return ", ".join(f"{name} = excluded.{name}" for name in columns)


def _changed(columns: tuple[str, ...]) -> str:
    ours, theirs = (", ".join(f"{row}.{name}" for name in columns) for row in ("p", "excluded"))
    return f"ROW({ours}) IS DISTINCT FROM ROW({theirs})"


def _run(query: str, given: Mapping[str, Any] | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, None if given is None else dict(given))
