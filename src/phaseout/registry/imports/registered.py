"""What the registry knows, laid beside the files that come in, and what it does not let in.

The intake (`facts.take`) finds here what rows may refer to, and asks here, table by table, which
rows must stay out: those of another territory, those that would move a line or an id from one
enterprise to another, periods that share days with registered ones, texts too long to be kept.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb

from phaseout.facts.asking import first_row
from phaseout.facts.ledger import Ledger
from phaseout.facts.row_checks import OVERLAPS
from phaseout.facts.schema import Kind, Table
from phaseout.registry.copying import to_engine

SCHEMA = "registered"

_KNOWN = {
    "enterprises": (
        {"uscc": "VARCHAR", "division_code": "VARCHAR"},
        "SELECT uscc, division_code FROM fact_enterprises WHERE replaced_by_id IS NULL",
    ),
    "lines": (
        {"line_id": "VARCHAR", "uscc": "VARCHAR", "division_code": "VARCHAR"},
        "SELECT line_id, uscc, division_code FROM fact_lines WHERE replaced_by_id IS NULL",
    ),
    "outlets": (
        {"outlet_id": "VARCHAR", "line_id": "VARCHAR"},
        "SELECT outlet_id, line_id FROM fact_outlets WHERE replaced_by_id IS NULL",
    ),
    "merged": (
        {"uscc": "VARCHAR", "into": "VARCHAR"},
        "SELECT uscc, merged_into_id FROM registry_enterprise WHERE merged_into_id IS NOT NULL",
    ),
}

LONGEST = {"name": 200, "address": 300, "note": 2_000, "conditions": 2_000}
LONGEST |= {"permitted_concentrations": 4_000}
LONGEST_KEY = 64
LONGEST_TEXT = 120
"""In characters. What is longer is a mistake, and no index could hold it."""

_KEPT_AS_TEXT = frozenset(
    {
        Kind.TEXT,
        Kind.CODE,
        Kind.NAME,
        Kind.CHOICE,
        Kind.POLLUTANT,
        Kind.STANDARD,
        Kind.CONDITIONS,
        Kind.PERMITTED,
    }
)


class Registered:
    """The registry as the intake sees it, for somebody who may import into `prefixes`.

    `prefixes` are the leading digits of the divisions; an empty one is the whole country.
    """

    def __init__(
        self, engine: duckdb.DuckDBPyConnection, prefixes: Collection[str], folder: Path
    ) -> None:
        self.engine = engine
        self.prefixes = sorted(prefixes)
        self.folder = folder
        self.rows: dict[str, int] = {}
        engine.execute(f"CREATE SCHEMA {SCHEMA}")
        for name, (columns, query) in _KNOWN.items():
            kinds = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
            engine.execute(f"CREATE TABLE {SCHEMA}.{name} ({kinds})")
            self.rows[name] = to_engine(engine, f"{SCHEMA}.{name}", columns, query, {}, folder)
        self._lay_outside()

    def check(self, ledger: Ledger, table: Table) -> None:
        """Refuse the rows of `table` that the registry does not let in."""
        self._check_texts(ledger, table)
        if self.rows["merged"]:
            self._check_merged(ledger, table)
        self._check_jurisdiction(ledger, table)
        if self.rows["lines"]:
            self._check_elsewhere(ledger, table)
            if table.name in OVERLAPS:
                self._check_overlaps(ledger, table)

    def outlets_outside(self) -> set[str]:
        """The registered outlets of lines outside the territory."""
        found = self.engine.execute("SELECT id FROM outside WHERE kind = 'outlets'").fetchall()
        return {outlet for (outlet,) in found}

    def _lay_outside(self) -> None:
        """Everything registered outside the territory, by kind."""
        found = self.engine.execute(
            "CREATE TEMP TABLE outside AS "
            "SELECT 'enterprises' AS kind, uscc AS id, division_code "
            f"FROM {SCHEMA}.enterprises WHERE {self._outside('division_code')} UNION ALL "
            f"SELECT 'lines', line_id, division_code FROM {SCHEMA}.lines "
            f"WHERE {self._outside('division_code')} UNION ALL "
            f"SELECT 'outlets', o.outlet_id, l.division_code FROM {SCHEMA}.outlets AS o "
            f"JOIN {SCHEMA}.lines AS l USING (line_id) WHERE {self._outside('l.division_code')}"
        ).fetchall()
        self.rows["outside"] = int(found[0][0])

    def _outside(self, column: str) -> str:
        inside = [f"starts_with({column}, '{prefix}')" for prefix in self.prefixes]
        return f"NOT ({' OR '.join(inside)})" if inside else "true"

    def _check_texts(self, ledger: Ledger, table: Table) -> None:
        """One pass counts what cannot be kept; only for what is found a second one looks where."""
        tests = _tests_of_texts(table)
        counted = ", ".join(f"count_if({test})" for _, _, test, _ in tests)
        counts = first_row(self.engine, f"SELECT {counted} FROM clean_{table.name}")
        for (name, code, test, most), count in zip(tests, counts, strict=True):
            if count:
                shown = f"replace(left(\"{name}\", 200), chr(0), '\u2400')"
                ledger.add(
                    table,
                    code,
                    f"SELECT row, '{name}', {shown}, '{most}', '{most}', 1 "
                    f"FROM clean_{table.name} WHERE {test}",
                )

    def _check_merged(self, ledger: Ledger, table: Table) -> None:
        if not any(column.name == "uscc" for column in table.columns):
            return
        ledger.add(
            table,
            "merged_enterprise",
            'SELECT t.row, \'uscc\', t.uscc, m."into", m."into", 1 '
            f"FROM clean_{table.name} AS t JOIN {SCHEMA}.merged AS m USING (uscc)",
        )

    def _check_jurisdiction(self, ledger: Ledger, table: Table) -> None:
        for kind, column in _points_to(table) if self.rows["outside"] else ():
            # What is registered outside stays out, even where the row itself names another place.
            ledger.add(
                table,
                "outside_jurisdiction",
                f"SELECT t.row, '{column}', t.{column}, o.division_code, o.division_code, 1 "
                f"FROM clean_{table.name} AS t JOIN outside AS o ON o.id = t.{column} "
                f"WHERE o.kind = '{kind}'",
            )
        if table.name in ("enterprises", "lines"):
            place = "t.division_code" if table.name == "enterprises" else _place_of_line(ledger)
            ledger.add(
                table,
                "outside_jurisdiction",
                f"SELECT row, 'division_code', place, place, place, 1 FROM (SELECT t.row, {place} "
                f"AS place FROM clean_{table.name} AS t) WHERE {self._outside('place')}",
            )

    def _check_elsewhere(self, ledger: Ledger, table: Table) -> None:
        """An id that is registered with another enterprise does not move by an import."""
        if table.name == "lines":
            ours, theirs = f"{SCHEMA}.lines", "t.uscc"
        elif table.name == "outlets":
            ours = f"(SELECT o.outlet_id, l.uscc FROM {SCHEMA}.outlets AS o JOIN {SCHEMA}.lines "
            ours += "AS l USING (line_id))"
            theirs = _enterprise_of_line(ledger)
        elif table.name in ("tests", "hazards"):
            ours, theirs = self._registered_ids(table), _enterprise_of_line(ledger)
        else:
            return
        key = table.key[0]
        ledger.add(
            table,
            "registered_elsewhere",
            f"SELECT t.row, '{key}', t.{key}, r.uscc, r.uscc, 1 FROM clean_{table.name} AS t "
            f"JOIN (SELECT DISTINCT {key}, uscc FROM {ours}) AS r USING ({key}) "
            f"WHERE r.uscc <> {theirs}",
        )

    def _registered_ids(self, table: Table) -> str:
        key = table.key[0]
        ids = self._values(f"SELECT DISTINCT {key} FROM clean_{table.name}")
        return self._fetched(
            f"known_{table.name}",
            {key: "VARCHAR", "uscc": "VARCHAR"},
            f"SELECT DISTINCT t.{key}, l.uscc FROM fact_{table.name} AS t "
            "JOIN fact_lines AS l ON l.line_id = t.line_id AND l.replaced_by_id IS NULL "
            f"WHERE t.replaced_by_id IS NULL AND t.{key} = ANY(%(ids)s)",
            ids,
        )

    def _check_overlaps(self, ledger: Ledger, table: Table) -> None:
        """A registered period that shares days with one that comes, and is not the same one."""
        lines = self._values(
            f"SELECT DISTINCT line_id FROM clean_{table.name} "
            f"WHERE line_id IN (SELECT line_id FROM {SCHEMA}.lines)"
        )
        apart = OVERLAPS[table.name]
        columns = dict.fromkeys(apart, "VARCHAR")
        columns |= {"period_start": "DATE", "period_end": "DATE"}
        listed = ", ".join(columns)
        periods = self._fetched(
            f"known_{table.name}",
            columns,
            f"SELECT {listed} FROM fact_{table.name} "
            "WHERE replaced_by_id IS NULL AND line_id = ANY(%(ids)s)",
            lines,
        )
        same = " AND ".join(f't."{name}" IS NOT DISTINCT FROM r."{name}"' for name in apart)
        ledger.add(
            table,
            "overlaps_registered",
            "SELECT row, 'period_start', CAST(t.period_start AS VARCHAR), min(span), min(span), 1 "
            f"FROM {ledger.good(table)} AS t JOIN (SELECT *, period_start || '/' || period_end "
            f"AS span FROM {periods}) AS r ON {same} AND t.period_start <= r.period_end "
            "AND r.period_start <= t.period_end AND (t.period_start <> r.period_start "
            "OR t.period_end <> r.period_end) GROUP BY row, t.period_start",
        )

    def _values(self, query: str) -> list[str]:
        found = self.engine.execute(f"SELECT * FROM ({query}) AS q (v) WHERE v IS NOT NULL")
        return [value for (value,) in found.fetchall()]

    def _fetched(self, name: str, columns: dict[str, str], query: str, ids: Sequence[str]) -> str:
        """The name of a temporary table with the rows of a query about these ids."""
        kinds = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        self.engine.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({kinds})")
        if ids:
            to_engine(self.engine, name, columns, query, {"ids": list(ids)}, self.folder)
        return name


def _tests_of_texts(table: Table) -> list[tuple[str, str, str, int]]:
    """(column, code, SQL that is true where the text cannot be kept, longest).

    Bytes are counted at once, characters one by one: only where the bytes are too many it may be
    that the characters are.
    """
    tests = []
    for column in table.columns:
        if column.kind in _KEPT_AS_TEXT:
            most = LONGEST.get(column.name, LONGEST_KEY if column.key else LONGEST_TEXT)
            cell = f'"{column.name}"'
            too_long = f"strlen({cell}) > {most} AND length({cell}) > {most}"
            tests.append((column.name, "too_long", too_long, most))
            tests.append((column.name, "not_printable", f"contains({cell}, chr(0))", most))
    return tests


def _points_to(table: Table) -> list[tuple[str, str]]:
    """(kind of what is registered, column of the table that names it)."""
    names = {column.name for column in table.columns}
    kinds = {"uscc": "enterprises", "line_id": "lines", "outlet_id": "outlets"}
    if table.name == "lines":
        kinds = {"line_id": "lines"}  # an enterprise of another city may have a line here
    return [(kind, column) for column, kind in kinds.items() if column in names]


def _place_of_line(ledger: Ledger) -> str:
    """SQL of where a line t lies: where it says, else where its enterprise does."""
    places = [f"(SELECT e.division_code FROM {SCHEMA}.enterprises AS e WHERE e.uscc = t.uscc)"]
    if "enterprises" in ledger.arrived:
        places.insert(
            0,
            "(SELECT any_value(e.division_code) FROM clean_enterprises AS e WHERE e.uscc = t.uscc)",
        )
    return f"coalesce(t.division_code, {', '.join(places)})"


def _enterprise_of_line(ledger: Ledger) -> str:
    """SQL of the enterprise that has the line of a row t."""
    places = [f"(SELECT l.uscc FROM {SCHEMA}.lines AS l WHERE l.line_id = t.line_id)"]
    if "lines" in ledger.arrived:
        places.insert(
            0, "(SELECT any_value(l.uscc) FROM clean_lines AS l WHERE l.line_id = t.line_id)"
        )
    return f"coalesce({', '.join(places)})"
