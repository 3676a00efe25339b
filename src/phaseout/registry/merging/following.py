"""What follows an enterprise into another, and goes back: versions ended and begun, set-based."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection

from phaseout.facts.tables import FACT_TABLES
from phaseout.registry.capacity.registering import book_import
from phaseout.registry.models.versions import KEYS
from phaseout.registry.present_state import bring_enterprises_up_to_date, bring_lines_up_to_date

HELD = ("permits", "allowances")
"""Facts of the enterprise itself, whose key names it."""


def follow(drop: str, keep: str, change: int, today: date) -> None:
    """Everything of `drop` becomes `keep`'s, by the change of that number."""
    given = {"drop": drop, "keep": keep, "change": change, "day": today}
    _run(_end("enterprises", "v.uscc = %(drop)s"), given)
    for table in ("lines", *HELD):
        _run(_end(table, "v.uscc = %(drop)s"), given)
        _run(
            _begin(
                table,
                "%(keep)s",
                "o.uscc = %(drop)s AND o.replaced_by_id = %(change)s AND "
                f"NOT EXISTS (SELECT 1 FROM fact_{table} AS k WHERE k.replaced_by_id IS NULL "
                f"AND {_same_key(table, 'k.uscc = %(keep)s')})",
            ),
            given,
        )
    _bring_lines_of(keep, change, today, {drop: keep})


def go_back(merge: int, drop: str, keep: str, change: int, today: date) -> None:
    """What followed by the change `merge` goes back to `drop`, by the change of that number."""
    given = {"merge": merge, "drop": drop, "keep": keep, "change": change, "day": today}
    _run(_begin("enterprises", "%(drop)s", "o.replaced_by_id = %(merge)s"), given)
    bring_enterprises_up_to_date("SELECT %(drop)s", given)
    moved = "SELECT line_id FROM fact_lines WHERE replaced_by_id = %(merge)s AND uscc = %(drop)s"
    _run(_end("lines", f"v.uscc = %(keep)s AND v.line_id IN ({moved})"), given)
    _run(
        _begin("lines", "%(drop)s", f"o.replaced_by_id = %(change)s AND o.line_id IN ({moved})"),
        given,
    )
    for table in HELD:
        _run(_end(table, "v.uscc = %(keep)s AND v.taken_by_id = %(merge)s"), given)
        _run(_begin(table, "%(drop)s", "o.replaced_by_id = %(merge)s AND o.uscc = %(drop)s"), given)
    _bring_lines_of(drop, change, today, {keep: drop})


def hand_over(line_id: str, to: str, change: int, today: date) -> None:
    """One line becomes `to`'s, by the change of that number (a sale)."""
    given = {"line": line_id, "to": to, "change": change, "day": today}
    _run(_end("lines", "v.line_id = %(line)s"), given)
    _run(_begin("lines", "%(to)s", "o.line_id = %(line)s AND o.replaced_by_id = %(change)s"), given)
    bring_lines_up_to_date("SELECT %(line)s", {"line": line_id})


def _end(table: str, which: str) -> str:
    return (
        f"UPDATE fact_{table} AS v SET replaced_by_id = %(change)s, replaced_on = %(day)s "
        f"WHERE v.replaced_by_id IS NULL AND {which}"
    )


def _begin(table: str, uscc: str, which: str) -> str:
    """New versions that say what the versions `o` said, of the enterprise `uscc`."""
    columns = [name for name in FACT_TABLES[table] if name != "uscc"]
    listed = ", ".join(f'"{name}"' for name in columns)
    copied = ", ".join(f'o."{name}"' for name in columns)
    return (
        f"INSERT INTO fact_{table} (uscc, {listed}, taken_by_id, known_on) "
        f"SELECT {uscc}, {copied}, %(change)s, %(day)s FROM fact_{table} AS o WHERE {which}"
    )


def _same_key(table: str, uscc: str) -> str:
    others = [name for name in KEYS[table] if name != "uscc"]
    same = [f'k."{name}" IS NOT DISTINCT FROM o."{name}"' for name in others]
    return " AND ".join([uscc, *same] if "uscc" in KEYS[table] else same)


def _bring_lines_of(uscc: str, change: int, today: date, heirs: Mapping[str, str]) -> None:
    """The present state of its lines, and their capacity on the ledger, which follows them."""
    keys = "SELECT line_id FROM fact_lines WHERE replaced_by_id IS NULL AND uscc = %(uscc)s"
    bring_lines_up_to_date(keys, {"uscc": uscc})
    book_import(change, today, keys, {"uscc": uscc}, heirs=heirs)


def _run(query: str, given: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, {name: v for name, v in given.items() if f"%({name})s" in query})
